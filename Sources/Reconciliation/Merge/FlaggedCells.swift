package import Records

/// The cells that a finding of some severity points at: one bit a cell.
package struct FlaggedCells: Sendable {
    /// Per field, one bit a row; empty for a field without any.
    private var bits: [[UInt64]]

    /// Duplicates are left out: that a record is there twice says nothing against its cells.
    ///
    /// - Parameters:
    ///   - severity: `nil`: any.
    ///   - fields: of which cells are wanted; `nil`: all.
    package init(
        _ findings: [Finding], in records: RecordTable, severity: Severity? = .error, fields: Set<Int>? = nil
    ) {
        bits = Array(repeating: [], count: records.schema.fields.count)
        let words = (records.count + 63) / 64
        for finding in findings where finding.kind != .duplicate && (severity == nil || finding.severity == severity) {
            guard let field = finding.field, bits.indices.contains(field), fields?.contains(field) != false,
                (0..<records.count).contains(finding.row)
            else { continue }
            if bits[field].isEmpty { bits[field] = Array(repeating: 0, count: words) }
            bits[field][finding.row >> 6] |= 1 << UInt64(finding.row & 63)
        }
    }

    package func contains(_ row: Int, _ field: Int) -> Bool {
        !bits[field].isEmpty && bits[field][row >> 6] >> UInt64(row & 63) & 1 == 1
    }
}
