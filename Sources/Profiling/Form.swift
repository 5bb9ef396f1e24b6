/// Which characters a text is made of, one sign for each: `9999-99-99`, `Aaaa`, `汉汉汉`.
///
/// A sign is one byte. Printable ASCII other than letters and digits stands for itself; the rest have signs of their own,
/// which `shown` writes as a character of the kind.
enum Sign {
    static let digit = UInt8(ascii: "9")
    static let upper = UInt8(ascii: "A")
    static let lower = UInt8(ascii: "a")
    static let blank = UInt8(ascii: " ")
    static let han: UInt8 = 0x01
    /// A letter of another script.
    static let letter: UInt8 = 0x02
    static let wideDigit: UInt8 = 0x03
    static let wideLetter: UInt8 = 0x04
    static let widePunctuation: UInt8 = 0x05
    /// Zero-width characters, marks of direction, soft hyphens, byte order marks.
    static let invisible: UInt8 = 0x06
    /// U+FFFD: what was here is lost.
    static let lost: UInt8 = 0x07
    static let control: UInt8 = 0x08
    /// A tab or line break.
    static let layout: UInt8 = 0x09
    /// A blank that is not U+0020.
    static let otherBlank: UInt8 = 0x0A
    static let symbol: UInt8 = 0x0B
    static let privateUse: UInt8 = 0x0C
    /// Between the parts of a name.
    static let dot: UInt8 = 0x0D
    /// The text goes on; of what follows only rare signs are noted.
    static let more: UInt8 = 0x0E
    /// Year, month and day after a digit.
    static let year: UInt8 = 0x10
    static let month: UInt8 = 0x11
    static let day: UInt8 = 0x12

    /// Signs worth noting in the rest of a long text: those under `more` that stand for no usual letter.
    static func isRare(_ sign: UInt8) -> Bool { sign >= wideDigit && sign <= privateUse && sign != symbol }

    static func isBlank(_ sign: UInt8) -> Bool { sign == blank || sign == otherBlank || sign == layout }

    static func shown(_ sign: UInt8) -> Unicode.Scalar {
        switch sign {
        case han: "汉"
        case letter: "文"
        case wideDigit: "９"
        case wideLetter: "Ａ"
        case widePunctuation: "，"
        case invisible: "⌀"
        case lost: "\u{FFFD}"
        case control: "␀"
        case layout: "␤"
        case otherBlank: "␣"
        case symbol: "※"
        case privateUse: "▯"
        case dot: "·"
        case more: "…"
        case year: "年"
        case month: "月"
        case day: "日"
        default: Unicode.Scalar(sign)
        }
    }
}

/// Reads texts into signs.
struct FormReader {
    /// Signs of the last text.
    private(set) var signs: [UInt8] = []
    /// Its characters.
    private(set) var length = 0

    /// From here on a text is free text: its exact form says nothing.
    static let longest = 48

    /// One sign a byte of ASCII.
    private static let ascii: [UInt8] = (0..<128).map { byte in
        switch UInt8(byte) {
        case 0x30...0x39: Sign.digit
        case 0x41...0x5A: Sign.upper
        case 0x61...0x7A: Sign.lower
        case 0x09, 0x0A, 0x0D: Sign.layout
        case 0x00...0x1F, 0x7F: Sign.control
        default: UInt8(byte)
        }
    }

    mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
        signs.removeAll(keepingCapacity: true)
        length = 0
        var index = 0
        Self.ascii.withUnsafeBufferPointer { ascii in
            while index < text.count {
                let byte = text[index]
                if byte < 0x80 {
                    append(ascii[Int(byte)])
                    index += 1
                } else {
                    let (scalar, width) = Self.scalar(text, index)
                    append(Self.sign(scalar, after: signs.last))
                    index += width
                }
            }
        }
        if length > Self.longest { closeLong(text) }
    }

    private mutating func append(_ sign: UInt8) {
        length += 1
        if length <= Self.longest {
            signs.append(sign)
        } else if Sign.isRare(sign), !signs[Self.longest...].contains(sign) {
            signs.append(sign)
        }
    }

    /// `more` after what was kept, and the blank at the end if there is one.
    private mutating func closeLong(_ text: UnsafeBufferPointer<UInt8>) {
        signs.insert(Sign.more, at: Self.longest)
        if text.last == 0x20 { signs.append(Sign.blank) }
    }

    /// A character of UTF-8 and its bytes; importers let nothing else through, and a broken one counts as lost.
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt32, Int) {
        func rest(_ offset: Int) -> UInt32 {
            index + offset < text.count ? UInt32(text[index + offset] & 0x3F) : 0
        }
        let byte = UInt32(text[index])
        if byte < 0xE0 { return ((byte & 0x1F) << 6 | rest(1), 2) }
        if byte < 0xF0 { return ((byte & 0x0F) << 12 | rest(1) << 6 | rest(2), 3) }
        return ((byte & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
    }

    static func sign(_ scalar: UInt32, after last: UInt8?) -> UInt8 {
        switch scalar {
        case 0x5E74 where last == Sign.digit: Sign.year
        case 0x6708 where last == Sign.digit: Sign.month
        case 0x65E5 where last == Sign.digit: Sign.day
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x3FFFD, 0xF900...0xFAFF, 0x3007: Sign.han
        case 0xB7, 0x2022, 0x2027, 0x30FB: Sign.dot
        case 0xFF10...0xFF19: Sign.wideDigit
        case 0xFF21...0xFF3A, 0xFF41...0xFF5A: Sign.wideLetter
        case 0xFF01...0xFF65, 0x3001...0x303F: Sign.widePunctuation
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: Sign.otherBlank
        case 0x85, 0x2028, 0x2029: Sign.layout
        case 0x80...0x9F: Sign.control
        case 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F:
            Sign.invisible
        case 0xFFFD: Sign.lost
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: Sign.privateUse
        default: other(scalar)
        }
    }

    private static func other(_ scalar: UInt32) -> UInt8 {
        guard let scalar = Unicode.Scalar(scalar) else { return Sign.lost }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return Sign.upper
        case .lowercaseLetter: return Sign.lower
        case .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark, .letterNumber: return Sign.letter
        case .decimalNumber: return Sign.wideDigit
        default: return Sign.symbol
        }
    }
}
