import Records
import Standards

extension NormalizationStep {
    /// `1985-03-07` for a date in any notation that `DateReader` reads; a date that is no day keeps that shape.
    static func date(_ reader: DateReader) -> NormalizationStep {
        NormalizationStep(
            "date", Text(en: "Writes dates as 1985-03-07.", zh: "日期统一写成 1985-03-07。")
        ) { text in
            reader.read(text)?.text ?? text
        }
    }

    /// Labels, blanks, hyphens off; `x` and `×` at the end are `X`; 15 digits become 18 characters. Letters that look like
    /// digits are left: the number is then not well formed and a check says so.
    package static let residentID = NormalizationStep(
        "resident-id",
        Text(
            en: "Writes resident identity numbers as 18 characters, X in upper case.",
            zh: "身份证号统一为 18 位，末位 X 大写，15 位升为 18 位。")
    ) { text in
        var body = text
        if let colon = body.unicodeScalars.lastIndex(where: { $0 == ":" || $0 == "号" || $0 == "證" || $0 == "证" }) {
            body = String(body.unicodeScalars[body.unicodeScalars.index(after: colon)...])
        }
        body = body.dropping { $0.isBlank || $0 == "-" || $0 == "'" || $0 == "\"" || $0 == "_" }.uppercased()
        for label in ["ID:", "ID", "NO.", "NO"] where body.hasPrefix(label) && body.utf8.count >= label.utf8.count + 15
        {
            body = String(body.dropFirst(label.count))
        }
        if body.hasSuffix("×") { body = body.dropLast() + "X" }
        if body.isEmpty { return text }
        return ResidentID.upgrading(legacy15: body) ?? body
    }

    package static let identifier = NormalizationStep(
        "identifier", Text(en: "Keeps letters and digits, in upper case.", zh: "只保留字母和数字，字母大写。")
    ) { text in
        text.dropping { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }.uppercased()
    }

    /// Digits alone; `+86`, `0086`, a leading 86 before a mobile number and an extension are dropped. Of several numbers in one
    /// cell the first counts. Numbers of other countries keep `+`.
    package static let phone = NormalizationStep(
        "phone", Text(en: "Keeps the digits of the first telephone number.", zh: "只保留第一个电话号码的数字。")
    ) { text in
        let rest = text.unicodeScalars.drop { !($0.isDigit || $0 == "+") }
        var digits = ""
        for scalar in rest {
            if scalar.isDigit || (scalar == "+" && digits.isEmpty) {
                digits.unicodeScalars.append(scalar)
            } else if !(scalar.isBlank || ["-", "(", ")", ".", "–", "—", "‐", "‑"].contains(scalar)) {
                if digits.utf8.count >= 5 { break }
            }
        }
        if digits.isEmpty { return text }
        return withoutCountry(digits)
    }

    private static func withoutCountry(_ digits: String) -> String {
        var digits = digits
        var isChinese = false
        for prefix in ["+86", "0086", "+0086"] where digits.hasPrefix(prefix) {
            digits = String(digits.dropFirst(prefix.count))
            isChinese = true
        }
        if digits.hasPrefix("86"), digits.utf8.count == 13, digits.dropFirst(2).hasPrefix("1") {
            digits = String(digits.dropFirst(2))
        }
        if digits.hasPrefix("01"), digits.utf8.count == 12, !digits.hasPrefix("010") {
            digits = String(digits.dropFirst())
        }
        let isMobile = digits.hasPrefix("1") && digits.utf8.count == 11
        // A landline given with the country's code has lost the 0 of its area code.
        if isChinese, !isMobile, !digits.hasPrefix("0"), (9...11).contains(digits.utf8.count) { digits = "0" + digits }
        return digits
    }

    /// Division codes of 6, 9 or 12 digits, cut to 6; a name that only one division bears becomes its code.
    package static let division = NormalizationStep(
        "division", Text(en: "Writes divisions as six-digit codes.", zh: "行政区划统一为六位代码。")
    ) { text in
        let body = text.dropping { $0 == " " }
        let digits = body.unicodeScalars.prefix { $0.isDigit }
        let rest = body.unicodeScalars.dropFirst(digits.count)
        if [6, 9, 12].contains(digits.count), rest.allSatisfy({ !$0.isDigit && !$0.isASCIILetter }) {
            return String(scalars: digits.prefix(6))
        }
        if digits.count == 2 || digits.count == 4, rest.isEmpty {
            let code = String(scalars: digits) + String(repeating: "0", count: 6 - digits.count)
            return Divisions.shared.isKnown(code) ? code : body
        }
        return Divisions.shared.code(named: body).map { String($0) } ?? body
    }

    package static let ethnicGroup = NormalizationStep(
        "ethnic-group",
        Text(en: "Writes ethnic groups as the codes of GB/T 3304.", zh: "民族统一为 GB/T 3304 代码。")
    ) { text in
        EthnicGroup.code(for: text.dropping { $0 == " " }) ?? text
    }

    /// The rule book's code for a written form, compared without width, case and blanks. A canonical code stands for itself.
    package static func code(_ codes: [String: String]) -> NormalizationStep {
        @Sendable func key(_ text: String) -> String {
            compatibility.apply(fullWidth.apply(controls.apply(text))).folded.dropping { $0.isBlank }
        }
        var table: [String: String] = [:]
        for code in codes.values { table[key(code)] = code }
        // Sorted, so that two forms that fold alike give the same answer in every process.
        for form in codes.keys.sorted().reversed() { table[key(form)] = codes[form] }
        let lookup = table
        return NormalizationStep(
            "code", Text(en: "Writes the rule book's code for what was entered.", zh: "按规则文件把填写内容换成代码。")
        ) { lookup[key($0)] ?? $0 }
    }

    /// Plain decimal notation: `1,234.50` → `1234.5`, `007` → `7`, `+5` → `5`.
    package static let number = NormalizationStep(
        "number", Text(en: "Writes numbers plainly, without grouping and padding.", zh: "数字去掉千分位和多余的零。")
    ) { text in
        var body = text.dropping { $0 == " " }
        let isNegative = body.hasPrefix("-")
        if isNegative || body.hasPrefix("+") { body = String(body.dropFirst()) }
        let halves = body.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = ungrouped(halves[0]) else { return text }
        let fraction = halves.count == 2 ? String(halves[1]) : ""
        guard fraction.unicodeScalars.allSatisfy({ $0.isDigit }), !(whole.isEmpty && fraction.isEmpty) else {
            return text
        }
        let digits = String(whole.drop { $0 == "0" })
        let decimals = String(scalars: fraction.unicodeScalars.reversed().drop { $0 == "0" }.reversed())
        let value = (digits.isEmpty ? "0" : digits) + (decimals.isEmpty ? "" : "." + decimals)
        return isNegative && value != "0" ? "-" + value : value
    }

    /// `1,234,567` → `1234567`; `nil` when the commas stand elsewhere or there are other characters.
    private static func ungrouped(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.unicodeScalars.allSatisfy(\.isDigit) }) else { return nil }
        if groups.count > 1 {
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        return groups.joined()
    }

    package static let email = NormalizationStep(
        "email", Text(en: "Writes mail addresses in lower case, without blanks.", zh: "电子邮箱改为小写，去掉空格。")
    ) { text in
        var body = text.dropping { $0.isBlank || $0 == "<" || $0 == ">" }.folded
        if body.hasPrefix("mailto:") { body = String(body.dropFirst(7)) }
        return body
    }

    package static let postcode = NormalizationStep(
        "postcode", Text(en: "Writes postcodes in upper case, without blanks.", zh: "邮政编码去掉空格，字母大写。")
    ) { text in
        text.dropping { $0.isBlank }.uppercased()
    }

    /// `No. 12`, `#12`, `12号`, `012` → `12`; `12 a` → `12A`.
    package static let houseNumber = NormalizationStep(
        "house-number", Text(en: "Keeps the number of a house: No. 12, 12号 → 12.", zh: "门牌号只保留号码：No. 12、12号 → 12。")
    ) { text in
        var body = text.dropping { $0.isBlank || $0 == "#" }.uppercased()
        for label in ["NO.", "NO", "NUMBER"] where body.hasPrefix(label) { body = String(body.dropFirst(label.count)) }
        for tail in ["号院", "号"] where body.hasSuffix(tail) { body = String(body.dropLast(tail.count)) }
        if let digits = ChineseNumeral.value(Array(body.unicodeScalars)[...]) { body = digits }
        let plain = String(body.drop { $0 == "0" })
        return plain.first.map { $0.isNumber } == true ? plain : (body.isEmpty ? text : body)
    }
}
