/// Bytes as text with a checksum that finds every slip of up to four characters (BIP 173, without its limit of 90
/// characters, as age keys have it).
enum Bech32 {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let values: [UInt8: UInt8] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt8($0)) })

    /// - Parameter prefix: lower case; it stands before the `1`.
    static func text(_ bytes: [UInt8], prefix: String) -> String {
        let data = regrouped(bytes, from: 8, to: 5, isPadded: true) ?? []
        let letters = (data + checksum(prefix, data)).map { alphabet[Int($0)] }
        return prefix + "1" + String(decoding: letters, as: UTF8.self)
    }

    /// The bytes behind this prefix; `nil` for another prefix, a slip, or mixed case.
    static func bytes(_ text: String, prefix: String) -> [UInt8]? {
        let lower = text.lowercased()
        guard lower == text || text.uppercased() == text, lower.hasPrefix(prefix + "1") else { return nil }
        let data = lower.utf8.dropFirst(prefix.utf8.count + 1).map { values[$0] }
        guard data.count >= 6, !data.contains(nil) else { return nil }
        let known = data.compactMap { $0 }
        guard remainder(expanded(prefix) + known) == 1 else { return nil }
        return regrouped(Array(known.dropLast(6)), from: 5, to: 8, isPadded: false)
    }

    private static func checksum(_ prefix: String, _ data: [UInt8]) -> [UInt8] {
        let rest = remainder(expanded(prefix) + data + [0, 0, 0, 0, 0, 0]) ^ 1
        return (0..<6).map { UInt8(rest >> UInt32(5 * (5 - $0)) & 31) }
    }

    private static func expanded(_ prefix: String) -> [UInt8] {
        prefix.utf8.map { $0 >> 5 } + [0] + prefix.utf8.map { $0 & 31 }
    }

    /// Of the polynomial of the values, by the generator of the code.
    private static func remainder(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        return values.reduce(1) { rest, value in
            let top = rest >> 25
            let shifted = (rest & 0x1ff_ffff) << 5 ^ UInt32(value)
            return (0..<5).reduce(shifted) { top >> UInt32($1) & 1 == 1 ? $0 ^ generator[$1] : $0 }
        }
    }

    /// The bits in groups of another width. Without padding what is left over has to be less than a group, and zero.
    private static func regrouped(_ values: [UInt8], from: UInt32, to: UInt32, isPadded: Bool) -> [UInt8]? {
        var (groups, bits, count): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        let mask = (UInt32(1) << to) - 1
        for value in values {
            bits = (bits << from | UInt32(value)) & 0xfff
            count += from
            while count >= to {
                count -= to
                groups.append(UInt8(bits >> count & mask))
            }
        }
        let rest = bits << (to - count) & mask
        if isPadded {
            if count > 0 { groups.append(UInt8(rest)) }
        } else if count >= from || rest != 0 {
            return nil
        }
        return groups
    }
}
