// CSV as the outbox writes it: RFC 4180 with LF line ends, UTF-8 without a byte order mark, commas, quotes only around
// cells that hold a comma, a quote, CR or LF. Values are written exactly as they are; the master is never "made safe".

extension FileSink {
    /// The header line; it is not counted as a row.
    package mutating func header(_ names: [String]) throws {
        expectRows()
        for name in names { cell(name) }
        endLine()
        try flushIfFull()
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
        if text.contains(where: needsQuotes) {
            appendQuoted(text)
        } else {
            append(text)
        }
    }

    package mutating func endRow() throws {
        endLine()
        countRow()
        try flushIfFull()
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

private func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}
