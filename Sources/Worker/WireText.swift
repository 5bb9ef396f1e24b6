/// How values stand in the lines between this tool and Spark, format 1: UTF-8, one row a line, tabs between columns, U+001F
/// between the values of a payload, U+001D inside the names of blocks. What would be taken for one of these is written with a
/// backslash; any other backslash is an error.
package enum WireText {
    package static let tab = UInt8(ascii: "\t")
    package static let newline = UInt8(ascii: "\n")
    /// U+001F
    package static let unit: UInt8 = 0x1F
    /// U+001D
    package static let group: UInt8 = 0x1D
    private static let backslash = UInt8(ascii: "\\")

    /// The letter behind the backslash; 0 for a byte that stands for itself.
    private static func letter(_ byte: UInt8) -> UInt8 {
        switch byte {
        case backslash: backslash
        case tab: UInt8(ascii: "t")
        case newline: UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        case group: UInt8(ascii: "g")
        case unit: UInt8(ascii: "u")
        default: 0
        }
    }

    package static func append(_ value: some Sequence<UInt8>, to line: inout [UInt8]) {
        for byte in value {
            let letter = letter(byte)
            if letter != 0 { line.append(backslash) }
            line.append(letter == 0 ? byte : letter)
        }
    }

    /// Appends what the text stands for. `\N`, which is how Spark writes that there is nothing, stands for no byte.
    ///
    /// - Returns: false when a backslash stands before what none stands before.
    static func read(_ text: UnsafeBufferPointer<UInt8>, to value: inout [UInt8]) -> Bool {
        if text.count == 2, text[0] == backslash, text[1] == UInt8(ascii: "N") { return true }
        var place = 0
        while place < text.count {
            var byte = text[place]
            if byte == backslash {
                place += 1
                guard place < text.count else { return false }
                switch text[place] {
                case backslash: byte = backslash
                case UInt8(ascii: "t"): byte = tab
                case UInt8(ascii: "n"): byte = newline
                case UInt8(ascii: "r"): byte = UInt8(ascii: "\r")
                case UInt8(ascii: "g"): byte = group
                case UInt8(ascii: "u"): byte = unit
                default: return false
                }
            }
            value.append(byte)
            place += 1
        }
        return true
    }

    /// Without sign, blanks or leading zeros.
    package static func append(
        _ number: some FixedWidthInteger & UnsignedInteger, radix: UInt64 = 10, to line: inout [UInt8]
    ) {
        var rest = UInt64(number)
        let start = line.count
        repeat {
            let digit = UInt8(truncatingIfNeeded: rest % radix)
            line.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            rest /= radix
        } while rest > 0
        line[start...].reverse()
    }

    package static func append(_ count: Int, to line: inout [UInt8]) { append(UInt(count), to: &line) }
}

extension UnsafeBufferPointer where Element == UInt8 {
    /// A number without sign or blanks; `nil`: anything else, or one that is too large.
    func number<Number: FixedWidthInteger>(_ type: Number.Type, radix: Number = 10) -> Number? {
        if isEmpty { return nil }
        var number: Number = 0
        for byte in self {
            let digit: Number
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = Number(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = Number(byte - UInt8(ascii: "a")) + 10
            default: return nil
            }
            if digit >= radix { return nil }
            let (times, tooLarge) = number.multipliedReportingOverflow(by: radix)
            let (sum, overflow) = times.addingReportingOverflow(digit)
            if tooLarge || overflow { return nil }
            number = sum
        }
        return number
    }

    /// Appends the pieces between the separators: one more than there are separators.
    func split(at separator: UInt8, into pieces: inout [UnsafeBufferPointer<UInt8>]) {
        var start = 0
        for place in indices where self[place] == separator {
            pieces.append(UnsafeBufferPointer(rebasing: self[start..<place]))
            start = place + 1
        }
        pieces.append(UnsafeBufferPointer(rebasing: self[start...]))
    }
}
