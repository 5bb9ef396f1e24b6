/// Bytes and numbers in hex digits, lower case.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits a byte.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes { append(byte, to: &text) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Sixteen digits.
    package static func text(_ number: UInt64) -> String {
        text((0..<8).lazy.map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) })
    }

    package static func append(_ byte: UInt8, to text: inout [UInt8]) {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
}
