/// UTF-8 text as bytes: what the generator makes, changes and writes.
typealias Bytes = [UInt8]

extension [UInt8] {
    init(_ text: String) {
        self = Array(text.utf8)
    }

    /// The decimal digits of a number that is not negative, with zeros in front up to `width`.
    init(number: Int, width: Int = 1) {
        self = []
        append(number: number, width: width)
    }

    mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }

    mutating func append(number: Int, width: Int = 1) {
        var digits = 1
        var rest = number / 10
        while digits < width || rest > 0 {
            digits += 1
            rest /= 10
        }
        let start = count
        for _ in 0..<digits { append(UInt8(ascii: "0")) }
        rest = number
        for index in (start..<count).reversed() {
            self[index] += UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// The bytes of each character (Unicode scalar), in order.
    var glyphs: [Range<Int>] {
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(count / 3 + 1)
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    func replacing(_ range: Range<Int>, with other: some Collection<UInt8>) -> Bytes {
        var copy = self
        copy.replaceSubrange(range, with: other)
        return copy
    }

    func removing(_ range: Range<Int>) -> Bytes {
        var copy = self
        copy.removeSubrange(range)
        return copy
    }

    /// Digits and X as full-width characters.
    var fullWidth: Bytes {
        var wide: Bytes = []
        wide.reserveCapacity(count + 40)
        for byte in self {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                wide += [0xEF, 0xBC, 0x90 + (byte - UInt8(ascii: "0"))]
            case UInt8(ascii: "X"): wide += [0xEF, 0xBC, 0xB8]
            default: wide.append(byte)
            }
        }
        return wide
    }

    /// The code point of a text of one character; 0 for the empty text.
    func scalar(at range: Range<Int>) -> UInt32 {
        var value: UInt32 = 0
        for (offset, byte) in self[range].enumerated() {
            if offset > 0 {
                value = value << 6 | UInt32(byte & 0x3F)
            } else {
                value = UInt32(
                    byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1F : byte < 0xF0 ? byte & 0x0F : byte & 0x07)
            }
        }
        return value
    }

    var isDigits: Bool {
        !isEmpty && allSatisfy { $0.isDigit }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
