/// FNV-1a, 64 bits, over texts with a separator: the same on every machine and in every version, unlike `Hasher`.
/// For ids of findings and for fingerprints of plans; not for security.
package struct StableHash: Sendable {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    package mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(UInt8(0x1F))
    }

    /// The same as for a text with these bytes.
    package mutating func combine(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text { combine(byte) }
        combine(UInt8(0x1F))
    }

    package mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Sixteen hex digits.
    package var hex: String { Hex.text(value) }
}
