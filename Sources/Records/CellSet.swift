/// Some cells of a table: one bit a cell, and none for a field without any.
package struct CellSet: Sendable {
    /// Per field, one bit a row; empty for a field without any.
    private var bits: [[UInt64]]
    private let words: Int

    package init(_ records: RecordTable) {
        bits = Array(repeating: [], count: records.schema.fields.count)
        words = (records.count + 63) / 64
    }

    /// Whether the cell was not in the set before.
    @discardableResult
    package mutating func insert(_ row: Int, _ field: Int) -> Bool {
        if bits[field].isEmpty { bits[field] = Array(repeating: 0, count: words) }
        let bit: UInt64 = 1 << UInt64(row & 63)
        defer { bits[field][row >> 6] |= bit }
        return bits[field][row >> 6] & bit == 0
    }

    package func subtracting(_ other: CellSet) -> CellSet {
        var rest = self
        for field in bits.indices where !bits[field].isEmpty && !other.bits[field].isEmpty {
            for word in bits[field].indices { rest.bits[field][word] &= ~other.bits[field][word] }
        }
        return rest
    }

    package func contains(_ row: Int, _ field: Int) -> Bool {
        !bits[field].isEmpty && bits[field][row >> 6] >> UInt64(row & 63) & 1 == 1
    }
}
