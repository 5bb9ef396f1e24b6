import Records

/// Leaves out what another finding explains: a telephone number in the id column is one error, not also an id of the wrong form.
enum Explained {
    /// `findings`: of whole records, sorted by row.
    static func left(_ findings: [Finding]) -> [Finding] {
        var left: [Finding] = []
        left.reserveCapacity(findings.count)
        var start = 0
        while start < findings.count {
            var end = start + 1
            while end < findings.count, findings[end].row == findings[start].row { end += 1 }
            let group = findings[start..<end]
            let explaining = group.count == 1 ? [] : group.filter { explains[$0.check] != nil }
            if explaining.isEmpty {
                left += group
            } else {
                left += group.filter { finding in
                    !explaining.contains { other in
                        (other.field == nil || other.field == finding.field)
                            && explains[other.check]?.contains(finding.check) == true
                    }
                }
            }
            start = end
        }
        return left
    }

    private static let explains = Dictionary(
        uniqueKeysWithValues: Check.all.filter { !$0.explains.isEmpty }.map { ($0.name, $0.explains) })
}

extension Explained {
    /// What is said of a cell that holds something of another kind.
    static let byCellsOfAnotherField: Set<String> = [
        "bad-code", "bad-date", "bad-division", "bad-ethnic-group", "bad-phone", "bad-resident-id", "malformed-value",
        "name-in-latin", "resident-id-checksum", "unusual-pattern", "other-document", "date-order",
    ]
}
