package import Records

/// Cells that a check found wrong or empty and knows the value of: as if that stood in them.
package struct CellRepairs: Sendable {
    /// Per field: by row the repair. Empty for fields without any.
    private let repairs: [[UInt32: Master.Replacement]]
    /// Per field: the codes of the column with the repaired cells changed; a value that is not in the column has a code
    /// beyond it. Empty for fields without repairs.
    private let changed: [[UInt32]]
    private let records: RecordTable

    /// - Parameter fields: whose cells are repaired.
    package init(_ findings: [Finding], in records: RecordTable, fields: Set<Int>) {
        var repairs = [[UInt32: Master.Replacement]](repeating: [:], count: records.schema.fields.count)
        for finding in findings where finding.kind != .duplicate && !finding.suggestion.isEmpty {
            guard let field = finding.field, fields.contains(field) else { continue }
            // A value taken over from another record is that record's to give.
            if finding.kind == .omission, finding.otherRow != nil { continue }
            // Spelt as offices spell it, which a normalised suggestion does not tell.
            if records.schema.fields[field].kind.isShownAsSpelt, (finding.suggestion.utf8.first ?? 0xFF) < 0x80 {
                continue
            }
            let row = UInt32(finding.row)
            // Of two checks with something to say the first one, which says what is missing or malformed.
            if repairs[field][row] == nil {
                repairs[field][row] = Master.Replacement(
                    text: finding.suggestion, cause: .check(finding.check), instead: row)
            }
        }
        self.records = records
        self.repairs = repairs
        changed = repairs.indices.map { field in
            if repairs[field].isEmpty { return [] }
            let column = records.columns[field]
            var interner = TextInterner(first: column.values.count, of: column.values)
            var codes = column.codes
            for (row, repair) in repairs[field].sorted(by: { $0.key < $1.key }) {
                codes[Int(row)] = interner.intern(repair.text)
            }
            return codes
        }
    }

    /// The field's codes, repaired.
    func codes(_ field: Int) -> [UInt32] { changed[field].isEmpty ? records.columns[field].codes : changed[field] }

    func code(_ row: Int, _ field: Int) -> UInt32 {
        changed[field].isEmpty ? records.columns[field].codes[row] : changed[field][row]
    }

    func repair(_ row: Int, _ field: Int) -> Master.Replacement? {
        repairs[field].isEmpty ? nil : repairs[field][UInt32(row)]
    }
}
