import Records
import Standards

/// Whether a single written value has the form of a kind, whatever its column is called.
enum ValueForms {
    /// 18 characters with the right check character and a real birth date, or 15 old digits of which the same can be said.
    static func isResidentID(_ value: String) -> Bool {
        let text = value.uppercased()
        guard let full = text.utf8.count == 15 ? ResidentID.upgrading(legacy15: text) : text else { return false }
        guard let id = ResidentID(full) else { return false }
        return id.checksumHolds && id.birthDate != nil
    }

    static func isDivision(_ value: String) -> Bool {
        guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), [6, 9, 12].contains(value.utf8.count) else {
            return false
        }
        return Divisions.shared.isKnown(String(value.prefix(6)))
    }

    static func isMobile(_ value: String) -> Bool {
        var digits = digits(of: value)
        if digits.count == 13, digits.starts(with: [8, 6]) { digits.removeFirst(2) }
        return digits.count == 11 && digits[0] == 1 && digits[1] >= 3
    }

    /// Seven to fifteen digits with what is usual between them.
    static func isPhone(_ value: String) -> Bool {
        let rest = value.filter { !$0.isNumber }
        return (7...15).contains(digits(of: value).count) && rest.allSatisfy { "+-() ./".contains($0) }
    }

    static func isEmail(_ value: String) -> Bool {
        let parts = value.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !value.contains(where: \.isWhitespace) else { return false }
        return parts[1].contains(".") && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
    }

    static func isEthnicGroup(_ value: String) -> Bool {
        EthnicGroup.code(for: value) != nil
    }

    /// Two to four Han characters of which the first are a surname, or parts joined by a dot.
    static func isHanName(_ value: String) -> Bool {
        let text = value.filter { !$0.isWhitespace }
        guard text.unicodeScalars.allSatisfy({ $0.properties.isIdeographic || $0 == "·" || $0 == "•" }) else {
            return false
        }
        if text.contains("·") || text.contains("•") { return text.count >= 4 }
        return (2...4).contains(text.count) && Surnames.shared.length(inName: text) > 0
            && Surnames.shared.weight(String(text.prefix(Surnames.shared.length(inName: text)))) > 0
    }

    static func isHanAddress(_ value: String) -> Bool {
        let words = ["省", "市", "县", "区", "旗", "镇", "乡", "街", "路", "巷", "村", "号", "室", "楼", "组"]
        return value.count >= 6 && words.count { value.contains($0) } >= 2
    }

    /// Digits with a sign, commas between thousands and a point where they are.
    static func isNumber(_ value: String) -> Bool {
        let body = value.first.map { "+-".contains($0) } == true ? value.dropFirst() : value[...]
        let halves = body.split(separator: ".", omittingEmptySubsequences: false)
        let groups = halves.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        let digits: (Substring) -> Bool = { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        return halves.count <= 2 && halves.dropFirst().allSatisfy(digits) && groups.allSatisfy(digits)
            && groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    /// How a date is written.
    enum DateForm: Equatable {
        /// 1985-03-07, 19850307, 1985年3月7日: the year first.
        case clear
        /// 17/03/1985
        case dayFirst
        /// 03/17/1985
        case monthFirst
        /// 07/03/1985
        case ambiguous
    }

    static func dateForm(_ value: String) -> DateForm? {
        // A time of day after the date does not matter.
        let text = value.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? value
        let groups = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).compactMap { Int($0) }
        let separators = text.filter { !$0.isASCII || !$0.isNumber }
        guard separators.allSatisfy({ "-/.年月日".contains($0) }) else { return nil }
        if groups.count == 1, text.utf8.count == 8 { return CivilDate(packed: groups[0]).flatMap(plausible) }
        guard groups.count == 3 else { return nil }
        if let date = CivilDate(year: groups[0], month: groups[1], day: groups[2]) { return plausible(date) }
        let isDayFirst = CivilDate(year: groups[2], month: groups[1], day: groups[0]).flatMap(plausible) != nil
        let isMonthFirst = CivilDate(year: groups[2], month: groups[0], day: groups[1]).flatMap(plausible) != nil
        switch (isDayFirst, isMonthFirst) {
        case (true, true): return groups[0] == groups[1] ? .clear : .ambiguous
        case (true, false): return .dayFirst
        case (false, true): return .monthFirst
        case (false, false): return nil
        }
    }

    /// A date, or what was meant as one but cannot be read without guessing: 3/1/70, 24-May-11.
    static func isMeantAsDate(_ value: String) -> Bool {
        if dateForm(value) != nil { return true }
        let parts = value.split { !$0.isLetter && !$0.isNumber }
        let numbers = parts.compactMap { Int($0) }
        let words = parts.filter { Int($0) == nil }
        guard parts.count == 3, numbers.allSatisfy({ $0 <= 2100 }),
            numbers.count(where: { $0 <= 31 }) >= numbers.count - 1
        else { return false }
        return words.isEmpty || words.count == 1 && months.contains(where: words[0].lowercased().hasPrefix)
    }

    /// The same with the year written in full, where two digits of it are the last part: 3/1/70 → 3/1/1970. The century is
    /// a stand-in; it is for telling how dates are written.
    static func withFullYear(_ value: String) -> String? {
        guard isMeantAsDate(value), dateForm(value) == nil,
            let last = value.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).last, last.count == 2,
            last.allSatisfy(\.isNumber), value.hasSuffix(last)
        else { return nil }
        return value.dropLast(2) + "19" + last
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func plausible(_ date: CivilDate) -> DateForm? {
        (1850...2100).contains(date.year) ? .clear : nil
    }

    private static func digits(of value: String) -> [Int] {
        value.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
    }
}
