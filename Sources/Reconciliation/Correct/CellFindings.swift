import Records

/// The findings that can lead to a correction or stand behind one, by row: errors and omissions of cells, and records that
/// another record repeats.
struct CellFindings: Sendable {
    private let findings: [Finding]
    /// Those of row r: `indices[starts[r]..<starts[r + 1]]`.
    private let indices: [UInt32]
    private let starts: [UInt32]

    init(_ findings: [Finding], rows: Int) {
        func concerns(_ finding: Finding) -> Bool {
            guard (0..<rows).contains(finding.row) else { return false }
            if finding.kind == .duplicate { return finding.otherRow != nil }
            return finding.field != nil && (finding.severity == .error || finding.kind == .omission)
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

    func has(_ row: Int) -> Bool { starts[row] != starts[row + 1] }

    /// One with a suggestion before one without, otherwise in their order.
    func first(_ row: Int, _ field: Int) -> Finding? {
        var found: Finding?
        for index in Int(starts[row])..<Int(starts[row + 1]) {
            let place = Int(indices[index])
            guard findings[place].field == field else { continue }
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
