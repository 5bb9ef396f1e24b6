import FuzzyText
import Records

extension Check {
    /// A value of the wrong form in the kinds of field that have no check of form of their own.
    static let malformedValue = Check(
        "malformed-value", .error, .warning,
        title: Text(en: "Value of the wrong form", zh: "格式不符"),
        search: .values(for: { !hasOwnFormCheck.contains($0.kind) }) { value, _ in
            value.isWellFormed ? nil : Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            guard let field = finding.field else { return Text(en: "", zh: "") }
            let kind = records.schema.fields[field].kind
            let wanted = ValueForm.expected(kind)
            let odd = ValueForm.strangers(
                in: records.value(finding.row, field), kind, as: records.raw(finding.row, field))
            if odd.isEmpty {
                return Text(en: "\(name) is \(cell); expected is \(wanted.en)", zh: "\(name) 为\(cell)；应为\(wanted.zh)")
            }
            let shown = odd.map { "“\($0)”" + ($0.isASCII ? "" : " (\(Wording.code($0)))") }.joined(separator: ", ")
            return Text(
                en: "\(name) is \(cell), where \(shown) \(odd.count == 1 ? "does" : "do") not belong; "
                    + "expected is \(wanted.en)",
                zh: "\(name) 为\(cell)，其中 \(shown) 不应出现；应为\(wanted.zh)")
        })

    private static let hasOwnFormCheck: Set<FieldKind> = [.date, .phone, .division, .code, .ethnicGroup, .residentID]
}

/// What values of a kind are made of, in words and to find what does not belong. The normalising step decides whether a
/// value has the form; change both together.
enum ValueForm {
    static func expected(_ kind: FieldKind) -> Text {
        switch kind {
        case .personName:
            Text(
                en: "one name: two Chinese characters or more, with · between parts, or letters of one alphabet",
                zh: "一个姓名：两个以上汉字（各部分间可用“·”），或同一种字母")
        case .givenName, .surname:
            Text(en: "one name, in Chinese characters or letters of one alphabet", zh: "一个姓或名，用汉字或同一种字母书写")
        case .identifier: Text(en: "two characters or more, a digit among them", zh: "两位以上、含有数字的编号")
        case .address, .street, .city: Text(en: "a text with words", zh: "含有文字的内容")
        case .houseNumber:
            Text(en: "a number of a house, up to 12 characters", zh: "12 个字符以内、含有数字的门牌号")
        case .postcode: Text(en: "3 to 10 digits and letters, a digit among them", zh: "3 至 10 位数字或字母（须含数字）")
        case .email: Text(en: "one mail address, such as name@example.org", zh: "一个邮箱地址，如 name@example.org")
        case .number: Text(en: "a number, such as 1234.5", zh: "一个数值，如 1234.5")
        case .residentID, .date, .division, .phone, .code, .ethnicGroup, .text:
            Text(en: "a value of the kind \(kind.rawValue)", zh: "\(kind.rawValue) 类型的内容")
        }
    }

    /// The characters of a value that such values have not, each once, the first five; as `raw` writes them where it does.
    static func strangers(in value: String, _ kind: FieldKind, as raw: String = "") -> [Unicode.Scalar] {
        let hasHan = Script.hasHan(value)
        var found: [Unicode.Scalar] = []
        for scalar in value.unicodeScalars where !belongs(scalar, kind, besideHan: hasHan) && !found.contains(scalar) {
            found.append(scalar)
        }
        return found.prefix(5).map { odd in
            let written = raw.unicodeScalars.first { $0 == odd || $0.properties.lowercaseMapping == String(odd) }
            return written ?? odd
        }
    }

    private static func belongs(_ scalar: Unicode.Scalar, _ kind: FieldKind, besideHan: Bool) -> Bool {
        switch kind {
        case .personName, .givenName, .surname:
            if [" ", "·", "'", "-"].contains(scalar) || ChineseName.isHan(scalar.value) { return true }
            return !besideHan
                && (scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark)
        case .postcode: return isDigit(scalar) || isLatin(scalar) || scalar == "-"
        case .number: return isDigit(scalar) || [".", ",", "-"].contains(scalar)
        case .email: return scalar.value > 0x20 && !["(", ")", ",", ";", ":", "\""].contains(scalar)
        default: return true
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value | 0x20) }
}
