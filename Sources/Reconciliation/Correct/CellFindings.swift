import Records

/// The findings that can lead to a correction (errors and omissions of cells, and records that another record repeats) or
/// stand behind one, by row.
struct CellFindings: Sendable {
    private let findings: [Finding]
    /// Those of row r: `indices[starts[r]..<starts[r + 1]]`.
    private let indices: [UInt32]
    private let starts: [UInt32]

    init(_ findings: [Finding], rows: Int) {
        func concerns(_ finding: Finding) -> Bool {
            guard (0..<rows).contains(finding.row) else { return false }
            if finding.kind == .duplicate { return finding.otherRow != nil }
            return finding.field != nil
        }
        var starts = [UInt32](repeating: 0, count: rows + 1)
        for finding in findings where concerns(finding) { starts[finding.row + 1] += 1 }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        var next = starts
        var indices = [UInt32](repeating: 0, count: Int(starts[rows]))
        for (index, finding) in findings.enumerated() where concerns(finding) {
            indices[Int(next[finding.row])] = UInt32(index)
            next[finding.row] += 1
        }
        self.findings = findings
        self.indices = indices
        self.starts = starts
    }

    /// Whether it can lead to a correction by itself.
    private func leads(_ finding: Finding) -> Bool {
        finding.kind == .duplicate || finding.kind == .omission || finding.severity == .error
    }

    func has(_ row: Int) -> Bool {
        (starts[row]..<starts[row + 1]).contains { leads(findings[Int(indices[Int($0)])]) }
    }

    /// That can lead to a correction of the cell: one with a suggestion before one without, otherwise in their order.
    func first(_ row: Int, _ field: Int) -> Finding? { first(row, field, where: leads) }

    /// That stands behind a correction which something else led to: the same, or else a lesser one.
    func behind(_ row: Int, _ field: Int) -> Finding? { first(row, field) ?? first(row, field) { !leads($0) } }

    private func first(_ row: Int, _ field: Int, where isMeant: (Finding) -> Bool) -> Finding? {
        var found: Finding?
        for index in Int(starts[row])..<Int(starts[row + 1]) {
            let place = Int(indices[index])
            guard findings[place].field == field, isMeant(findings[place]) else { continue }
            let finding = findings[place]
            if !finding.suggestion.isEmpty { return finding }
            if found == nil { found = finding }
        }
        return found
    }

    /// That the record stands for the same person as another one that `isOther` accepts.
    func duplicate(_ row: Int, _ isOther: (Int) -> Bool) -> Finding? {
        for index in Int(starts[row])..<Int(starts[row + 1]) {
            let place = Int(indices[index])
            guard findings[place].kind == .duplicate, let other = findings[place].otherRow, isOther(other) else {
                continue
            }
            return findings[place]
        }
        return nil
    }
}
