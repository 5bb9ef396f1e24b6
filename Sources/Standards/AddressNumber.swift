/// A number in an address, `12`, `12A`, `12-3`: at most eight ASCII characters packed in one word, so that two of them are
/// compared by one instruction. Full-width digits and Chinese numerals are read, zeros in front dropped.
package struct AddressNumber: Sendable, Hashable, CustomStringConvertible {
    /// The characters, the last one lowest; 0: there is none.
    package let packed: UInt64

    package static let none = AddressNumber(packed: 0)

    package var isMissing: Bool { packed == 0 }

    /// Whole number of the leading digits; 0 when there are none.
    package var value: Int {
        var value = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { break }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    package var description: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: packed >> UInt64($0)) }.filter { $0 != 0 }
    }

    init(packed: UInt64) {
        self.packed = packed
    }

    /// `nil` when it would take more than eight characters.
    func appending(_ byte: UInt8) -> AddressNumber? {
        if packed == 0x30, byte >= 0x30, byte <= 0x39 { return AddressNumber(packed: UInt64(byte)) }
        return packed >> 56 == 0 ? AddressNumber(packed: packed << 8 | UInt64(byte)) : nil
    }

    /// The parts between hyphens.
    var parts: [AddressNumber] {
        bytes.split(separator: 0x2D).map { part in
            AddressNumber(packed: part.drop { $0 == 0x30 }.reduce(0) { $0 << 8 | UInt64($1) })
        }
    }
}
