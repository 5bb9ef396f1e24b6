import CTables

/// Rows of a table of `CTables` that has neither quotes nor blanks, without its header line.
enum EmbeddedTable {
    static func rows(_ table: ct_table) -> [[Substring]] {
        var size = 0
        guard let bytes = ct_bytes(table, &size) else { return [] }
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: size), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }
}
