// CSV as the outbox writes it: RFC 4180 with LF line ends, UTF-8 without a byte order mark, commas, quotes only around
// cells that hold a comma, a quote, CR or LF. Values are written exactly as they are; the master is never "made safe".

extension FileSink {
    /// The header line; it is not counted as a row.
    package mutating func header(_ names: [String]) throws {
        expectRows()
        for name in names { cell(name) }
        endLine()
        try check()
    }

    package mutating func cell(_ text: String) {
        var text = text
        text.withUTF8 { cell(utf8: $0) }
    }

    package mutating func cell(_ number: Int) {
        cell(String(number))
    }

    package mutating func cell(utf8 text: UnsafeBufferPointer<UInt8>) {
        if cellsInRow > 0 { append(UInt8(ascii: ",")) }
        cellsInRow += 1
        if text.isEmpty { return }
        rowIsEmpty = false
        if needsQuotes(text) {
            appendQuoted(text)
        } else {
            append(text)
        }
    }

    package mutating func endRow() throws {
        endLine()
        countRow()
        try check()
    }

    /// A row of one empty cell is written as `""`: an empty line would be no row to most readers.
    private mutating func endLine() {
        if cellsInRow == 1, rowIsEmpty { append("\"\"") }
        append(UInt8(ascii: "\n"))
        cellsInRow = 0
        rowIsEmpty = true
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { append(byte) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }
}

/// Whether a comma, a quote, CR or LF is in the text; eight bytes a step.
///
/// `(x - 0x01…) & ~x & 0x80…` is not zero when one of the bytes of x is zero (Mycroft 1987).
private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let raw = UnsafeRawBufferPointer(text)
    var index = 0
    while index &+ 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let comma = word ^ ones &* 0x2C
        let quote = word ^ ones &* 0x22
        let feed = word ^ ones &* 0x0A
        let carriage = word ^ ones &* 0x0D
        let found =
            (comma &- ones) & ~comma | (quote &- ones) & ~quote | (feed &- ones) & ~feed
            | (carriage &- ones) & ~carriage
        if found & highs != 0 { return true }
        index &+= 8
    }
    while index < raw.count {
        let byte = raw[index]
        if byte == 0x2C || byte == 0x22 || byte == 0x0D || byte == 0x0A { return true }
        index &+= 1
    }
    return false
}
