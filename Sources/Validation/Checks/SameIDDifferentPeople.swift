import Records

extension Check {
    /// One valid id on records whose names and birth dates are both different. Members of one household whose ids were
    /// exchanged in typing, mostly. A record whose birth date is the one in the id is taken for the owner. Ids of others (a
    /// guardian's) and numbers that people share (a household's) are left alone.
    static let sameIDDifferentPeople = Check(
        "same-id-different-people", .duplicate, .error,
        title: Text(en: "One id on different people", zh: "同一号码用于不同的人"),
        search: .table { facts in
            guard let birthField = facts.roles.birthDate, !facts.roles.names.isEmpty else { return [] }
            let fields = facts.records.schema.fields
            return fields.indices.filter { $0 == facts.roles.residentID || fields[$0].kind == .identifier }.flatMap {
                SharedIDs(facts, field: $0, birthField: birthField).hits()
            }
        },
        message: { finding, records in
            let roles = RecordRoles.of(records.schema)
            guard let other = finding.otherRow, let birthField = roles.birthDate else {
                return Text(en: "the id is used by different people", zh: "同一号码用于不同的人")
            }
            func person(_ row: Int) -> String {
                let name = roles.names.map { records.value(row, $0) }.filter { !$0.isEmpty }.joined(separator: " ")
                return "\(Wording.quoted(name)) \(records.value(row, birthField))"
            }
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let key = records.key(other)
            return Text(
                en: "\(name) \(cell) stands here on \(person(finding.row)) and on record \(key.recordID) of "
                    + "\(key.source) on \(person(other)): one of the two has somebody else's number",
                zh: "\(name) \(cell)在本记录属于\(person(finding.row))，而在来源 \(key.source) 的记录 \(key.recordID) 属于"
                    + "\(person(other))：其中一人的号码有误")
        })
}

/// The rows that share an id, by field.
private struct SharedIDs {
    let facts: Facts
    let field: Int
    let birthField: Int

    init(_ facts: Facts, field: Int, birthField: Int) {
        self.facts = facts
        self.field = field
        self.birthField = birthField
    }

    /// Values of an identifier in a hundred up to which it is a person's own, and the same on two people a mistake.
    private static let mostShared = 2

    func hits() -> [(row: Int, hit: Hit)] {
        let column = facts.records.columns[field]
        let isResidentID = facts.records.schema.fields[field].kind == .residentID
        let rows = RowsByCode(column)
        var hits: [(row: Int, hit: Hit)] = []
        var shared = 0
        facts.records.withView { view in
            for code in 1..<max(1, column.values.count) where rows.count(of: code) > 1 {
                // Not as they stand in the files: the same records are to have the same finding.
                let group = rows.rows(of: code).sorted(by: view.precedes)
                if isResidentID {
                    let id = facts.ids[field][code]
                    guard id.isValid, !id.endsInZeros else { continue }
                    let owner = group.first { facts.day($0, birthField) == id.birth } ?? group[0]
                    hits += strangers(in: group, to: owner)
                } else if column.isWellFormed[code] {
                    let found = strangers(in: group, to: group[0])
                    if !found.isEmpty { shared += 1 }
                    hits += found
                }
            }
        }
        return isResidentID || shared * 100 <= column.values.count * Self.mostShared ? hits : []
    }

    private func strangers(in group: [Int], to owner: Int) -> [(row: Int, hit: Hit)] {
        group.compactMap { row in
            guard row != owner,
                BirthAgreement(facts.day(row, birthField), facts.day(owner, birthField)) == .apart,
                namesDiffer(row, owner)
            else { return nil }
            return (row, Hit(field: field, otherRow: owner))
        }
    }

    /// Three quarters of the characters in common still count as one name with a slip. Names in different scripts cannot
    /// be told apart so, and missing ones neither.
    private func namesDiffer(_ row: Int, _ other: Int) -> Bool {
        let (left, right) = (name(row), name(other))
        guard !left.isEmpty, !right.isEmpty, Script.hasHan(left) == Script.hasHan(right) else { return false }
        let a = left.unicodeScalars.sorted()
        let b = right.unicodeScalars.sorted()
        var (i, j, common) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                common += 1
                i += 1
                j += 1
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return Double(2 * common) < 0.75 * Double(a.count + b.count)
    }

    private func name(_ row: Int) -> String {
        facts.roles.names.map { facts.records.value(row, $0) }.joined()
    }
}
