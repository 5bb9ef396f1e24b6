/// How two ways to write one address are to each other.
package enum AddressForm {
    /// Whether `long` is `short` with something before it that only says where the place of `short` is: divisions, a township, a
    /// village, the road of an estate; in front of a Latin house number a flat.
    ///
    /// Bytes alone do not tell: `5 main street` is no part of `15 main street`, `2组143号` none of `前家村12组143号`.
    package static func isFuller(_ long: String, than short: String) -> Bool {
        let (long, short) = (Array(long.utf8), Array(short.utf8))
        guard long.count > short.count, !short.isEmpty, long.suffix(short.count) == short[...] else { return false }
        let cut = long.count - short.count
        // No cut in the middle of a character, and none in a number or a Latin word.
        if short[0] & 0xC0 == 0x80 || isLatin(short[0]) && isLatin(long[cut - 1]) { return false }
        if short[0] < 0x80, long[cut - 1] < 0x80 { return isDigit(short[0]) }
        let parts = long.withUnsafeBufferPointer { AddressParts($0) }
        let head = max(parts.divisionName.upperBound, parts.township.upperBound, parts.village.upperBound)
        if cut <= head { return true }
        return [parts.road, parts.village, parts.estate, parts.township].contains {
            !$0.isEmpty && $0.lowerBound == cut
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isLatin(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
