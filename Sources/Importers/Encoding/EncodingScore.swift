/// How well a sample reads in one encoding, from 0 to 1: how much of it is no character at all, and whether the characters
/// are such as registers have.
enum EncodingScore {
    /// Sequences of a sample read as UTF-8.
    struct UTF8Count {
        var bad = 0
        /// Sequences of three and four bytes: Han, kana, punctuation. They hardly arise by chance.
        var long = 0
        /// U+00A0–U+024F, letters of Latin names.
        var latin = 0
        var otherShort = 0

        var good: Int { long + latin + otherShort }

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            var index = 0
            while index < bytes.count {
                if bytes[index] < 0x80 {
                    index += 1
                    continue
                }
                let length = UTF8Form.length(bytes, at: index)
                switch length {
                case 1...2 where bytes[index] <= 0xC9: latin += 1
                case 1...2: otherShort += 1
                case 3...: long += 1
                case 0: return
                default: bad += 1
                }
                index += abs(length)
            }
        }
    }

    static func utf8(_ count: UTF8Count) -> Double {
        let total = Double(count.good + count.bad)
        guard total > 0 else { return 1 }
        let fit = (Double(count.long + count.latin) + 0.85 * Double(count.otherShort)) / total
        return max(0, fit - 3 * Double(count.bad) / total)
    }

    /// Multi-byte Chinese encodings: characters that cannot be read weigh ten, common Han characters make it plausible.
    static func chinese(_ sample: [UInt8], _ encoding: TextEncoding) -> Double {
        guard var decoder = TextDecoder(encoding) else { return 0 }
        decoder.decode(sample)
        let bad = decoder.damage.count
        var han = 0
        var common = 0
        var rest = 0
        for scalar in String(decoding: decoder.output, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
            if CommonHan.isHan(scalar) {
                han += 1
                if CommonHan.contains(scalar) { common += 1 }
            } else if scalar.value != 0xFFFD {
                rest += isPunctuation(scalar.value) ? 0 : 1
            }
        }
        let total = Double(han + rest + bad)
        guard total > 0 else { return 0 }
        let plausible = 0.3 + 0.7 * min(1, Double(common) / total / 0.25)
        return max(0, 1 - 10 * Double(bad) / total) * plausible
    }

    /// Windows-1252: letters of Latin names stand alone between ASCII letters; Chinese bytes come in pairs.
    static func windows1252(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
        var high = 0
        var fitting = 0
        var undefined = 0
        for (index, byte) in bytes.enumerated() where byte >= 0x80 {
            high += 1
            switch byte {
            case 0x81, 0x8D, 0x8F, 0x90, 0x9D: undefined += 1
            default:
                let before = index > 0 ? bytes[index - 1] : 0x20
                let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
                let touchesLetter = isLetter(before) || isLetter(after)
                if before < 0x80, after < 0x80, touchesLetter || byte < 0xC0 { fitting += 1 }
            }
        }
        guard high > 0 else { return 0 }
        return max(0, 1 - 10 * Double(undefined) / Double(high)) * 0.9 * Double(fitting) / Double(high)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isPunctuation(_ value: UInt32) -> Bool {
        switch value {
        case 0xB7, 0x2010...0x2027, 0x3000...0x303F, 0xFF00...0xFFEF: true
        default: false
        }
    }
}
