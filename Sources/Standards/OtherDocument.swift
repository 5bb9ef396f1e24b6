/// Documents other than the resident identity card whose numbers stand in columns for it.
package enum OtherDocument: String, Sendable, CaseIterable {
    /// Chinese passports: one of E, G, D, S, P and K, then eight digits or one more letter and seven digits.
    case passport
    /// 港澳居民来往内地通行证: H or M and eight or ten digits.
    case homeReturnPermit = "home-return-permit"
    /// 台湾居民来往大陆通行证: eight digits that are no date, or T and eight digits.
    case taiwanPermit = "taiwan-permit"
    /// 外国人永久居留身份证: until 2023 three letters of the country and twelve digits; since then 18 characters that begin
    /// with 9, the province and the country's number by ISO 3166-1, and end like resident ids.
    case permanentResidence = "permanent-residence"
    /// 中国人民解放军 and 武警 identity documents: 军字第… or 武字第… and digits.
    case military
    /// 出生医学证明: a letter and nine digits, given to newborn children.
    case birthCertificate = "birth-certificate"

    /// Reads a number in capitals without blanks; `nil` for anything else, resident ids too.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard (8...40).contains(text.count) else { return nil }
        let letters = text.prefix { $0 >= 0x41 && $0 <= 0x5A }.count
        let digits = text.dropFirst(letters)
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            guard let kind = Self.permanentResidence18(text) ?? Self.military(text) else { return nil }
            self = kind
            return
        }
        switch (letters, digits.count) {
        case (0, 8) where Self.isDay(digits): return nil
        case (0, 8): self = .taiwanPermit
        case (1, 8) where text[0] == UInt8(ascii: "T"): self = .taiwanPermit
        case (1, 8) where text[0] == UInt8(ascii: "H") || text[0] == UInt8(ascii: "M"): self = .homeReturnPermit
        case (1, 10) where text[0] == UInt8(ascii: "H") || text[0] == UInt8(ascii: "M"): self = .homeReturnPermit
        case (1, 8) where Self.passportLetters.contains(text[0]): self = .passport
        case (2, 7) where Self.passportLetters.contains(text[0]): self = .passport
        case (1, 9): self = .birthCertificate
        case (3, 12): self = .permanentResidence
        default:
            guard let kind = Self.permanentResidence18(text) else { return nil }
            self = kind
        }
    }

    /// A birth date in the wrong column is no permit, which one number in 2,000 is by chance.
    private static func isDay(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        CivilDate(packed: digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }).map { (1900...2099).contains($0.year) }
            ?? false
    }

    private static let passportLetters = Set("EGDSPK".utf8)

    /// The check character and the birth date have to be right; the numbers of countries lie between 4 and 894.
    private static func permanentResidence18(_ text: UnsafeBufferPointer<UInt8>) -> OtherDocument? {
        guard text.count == 18, text[0] == UInt8(ascii: "9") else { return nil }
        let written = String(decoding: text, as: UTF8.self)
        guard let id = ResidentID(written), id.checksumHolds, id.birthDate != nil else { return nil }
        let country = id.divisionCode % 1000
        let province = id.divisionCode / 1000 % 100 * 10000
        return (4...894).contains(country) && Divisions.shared.isKnown(province) ? .permanentResidence : nil
    }

    private static func military(_ text: UnsafeBufferPointer<UInt8>) -> OtherDocument? {
        guard text.first ?? 0 >= 0x80 else { return nil }
        let written = String(decoding: text, as: UTF8.self)
        let marks = ["军字第", "武字第", "士字第", "文字第", "海字第", "空字第", "政字第"]
        guard let mark = marks.first(where: { written.contains($0) }) else { return nil }
        let rest = written[(written.firstRange(of: mark)?.upperBound ?? written.endIndex)...]
        let digits = rest.unicodeScalars.filter { $0.value >= 0x30 && $0.value <= 0x39 }.count
        return (4...12).contains(digits) ? .military : nil
    }

    package var name: (en: String, zh: String) {
        switch self {
        case .passport: ("a passport", "护照")
        case .homeReturnPermit: ("a permit of residents of Hong Kong or Macao", "港澳居民来往内地通行证")
        case .taiwanPermit: ("a permit of residents of Taiwan", "台湾居民来往大陆通行证")
        case .permanentResidence: ("a foreigner's permanent residence", "外国人永久居留身份证")
        case .military: ("a military document", "军人证件")
        case .birthCertificate: ("a birth certificate", "出生医学证明")
        }
    }
}
