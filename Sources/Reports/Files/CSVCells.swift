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
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            let text = write(number.magnitude, to: digits, atLeast: 1)
            if number < 0 { cell(String(number)) } else { cell(utf8: text) }
        }
    }

    /// As `decimal` writes it.
    package mutating func cell(_ value: Double, places: Int) {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (value * scale).rounded(.toNearestOrAwayFromZero)
        guard places > 0, places < 16, scaled.magnitude < 9e18, scaled > -1 else {
            return cell(decimal(value, places))
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 22) { digits in
            let tail = UnsafeMutableBufferPointer(rebasing: digits[2...])
            let text = write(UInt(scaled), to: tail, atLeast: places + 1)
            let whole = text.count - places
            let start = 22 - text.count
            // One place to the left, to make room for the point.
            for index in 0..<whole { digits[start - 1 + index] = text[index] }
            digits[start - 1 + whole] = UInt8(ascii: ".")
            cell(utf8: UnsafeBufferPointer(rebasing: digits[(start - 1)...]))
        }
    }

    /// A letter and sixteen hex digits.
    package mutating func cell(_ letter: UInt8, hex value: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 17) { digits in
            digits[0] = letter
            for place in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * place)) & 15
                digits[place + 1] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            cell(utf8: UnsafeBufferPointer(digits))
        }
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
        try checkRow()
    }

    private mutating func endLine() {
        endCells([UInt8(ascii: "\n")])
    }

    /// A row of one empty cell is written as `""`: an empty line would be no row to most readers.
    mutating func endCells(_ end: [UInt8]) {
        if cellsInRow == 1, rowIsEmpty { append("\"\"") }
        append(end)
        cellsInRow = 0
        rowIsEmpty = true
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        let quote = UInt8(ascii: "\"")
        append(quote)
        var rest = text
        while let place = rest.firstIndex(of: quote) {
            append(UnsafeBufferPointer(rebasing: rest[...place]))
            append(quote)
            rest = UnsafeBufferPointer(rebasing: rest[(place + 1)...])
        }
        append(rest)
        append(quote)
    }
}

/// The decimal digits of a number at the end of `digits`, which has room for 20, with leading zeros up to a length.
private func write(
    _ number: UInt, to digits: UnsafeMutableBufferPointer<UInt8>, atLeast length: Int
) -> UnsafeBufferPointer<UInt8> {
    var rest = number
    var place = digits.count
    while rest > 0 || digits.count - place < length {
        place -= 1
        digits[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
    }
    return UnsafeBufferPointer(rebasing: digits[place...])
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
