/// One record as the reader found it. Points into the reader's text: valid only while the reader hands it out.
struct CSVRecord {
    enum Form: UInt8 {
        case plain
        case quoted
        /// Quoted, with doubled quotes inside.
        case doubled
    }

    /// Where a cell's text lies in `bytes`, without its quotes.
    struct Field {
        let start: Int32
        let end: Int32
        let form: Form
    }

    struct Problems: OptionSet {
        let rawValue: UInt8

        static let strayQuote = Problems(rawValue: 1)
        static let textAfterQuote = Problems(rawValue: 2)
        static let unterminatedQuote = Problems(rawValue: 4)
        static let recordTooLong = Problems(rawValue: 8)
    }

    /// The whole record without its line end.
    let bytes: UnsafeBufferPointer<UInt8>
    let fields: UnsafeBufferPointer<Field>
    /// More than `fields.count` when the record has more cells than are kept.
    let fieldCount: Int
    /// Line on which the record begins, from 1.
    let line: Int
    /// Byte of the decoded text at which the record begins, from 0.
    let offset: Int
    let problems: Problems
    /// Byte of the record the first problem stands at.
    let problemAt: Int
    let quote: UInt8

    /// Nothing in it: an empty line, or only delimiters, or only blanks.
    var isBlank: Bool {
        if fields.count == 1 { return bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        return fields.allSatisfy { $0.start == $0.end }
    }

    /// Gives the cell's text, doubled quotes made single, at most `limit` bytes. `scratch` is only working space.
    func withText<Result>(
        _ index: Int, _ scratch: inout [UInt8], limit: Int = .max,
        _ body: (_ text: UnsafeBufferPointer<UInt8>, _ isCut: Bool) throws -> Result
    ) rethrows -> Result {
        let field = fields[index]
        let text = UnsafeBufferPointer(rebasing: bytes[Int(field.start)..<Int(field.end)])
        guard field.form == .doubled else {
            return try body(UTF8Form.prefix(text, limit), text.count > limit)
        }
        scratch.removeAll(keepingCapacity: true)
        var previousIsQuote = false
        for byte in text {
            previousIsQuote = byte == quote && !previousIsQuote
            if !(byte == quote) || previousIsQuote { scratch.append(byte) }
        }
        return try scratch.withUnsafeBufferPointer { try body(UTF8Form.prefix($0, limit), $0.count > limit) }
    }

    func string(_ index: Int) -> String {
        var scratch: [UInt8] = []
        return withText(index, &scratch) { text, _ in String(decoding: text, as: UTF8.self) }
    }

    /// Line and column (in characters) of a byte of the record.
    func place(of byte: Int) -> (line: Int, column: Int) { Self.place(of: byte, in: bytes, from: line) }

    static func place(
        of byte: Int, in bytes: UnsafeBufferPointer<UInt8>, from line: Int
    ) -> (line: Int, column: Int) {
        let before = bytes[..<min(max(byte, 0), bytes.count)]
        let lineStart = before.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
        let column = before[lineStart...].reduce(1) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
        return (line + countLines(before), column)
    }
}
