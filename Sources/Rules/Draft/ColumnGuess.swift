import Records

/// What a column of an export seems to hold, and why.
struct ColumnGuess: Sendable {
    /// Name of the field in the draft.
    let field: String
    let kind: FieldKind
    /// For code fields: written form → code, in the order of their frequency.
    let codes: [(written: String, code: String)]
    let dateOrder: DateOrder?
    let reason: Text

    init(_ column: ColumnSample) {
        let word = HeaderWord.of(column.header)
        let finding = Self.kind(word, column)
        field = word?.field ?? ""
        kind = finding.kind
        codes = kind == .code ? CodeList.codes(of: column.values) : []
        dateOrder = kind == .date ? Self.dateOrder(column.values) : nil
        reason = finding.reason
    }

    /// Forms that prove a kind by themselves, the strictest first.
    private struct Form: Sendable {
        let kind: FieldKind
        let name: Text
        /// Share of the values that must have the form when the header does not speak for it.
        let share: Double
        let fits: @Sendable (String) -> Bool
    }

    private static let forms: [Form] = [
        Form(
            kind: .residentID, name: Text(en: "resident identity numbers", zh: "公民身份号码"), share: 0.5,
            fits: ValueForms.isResidentID),
        Form(kind: .email, name: Text(en: "e-mail addresses", zh: "电子邮箱"), share: 0.7, fits: ValueForms.isEmail),
        Form(kind: .division, name: Text(en: "division codes", zh: "行政区划代码"), share: 0.8, fits: ValueForms.isDivision),
        Form(kind: .date, name: Text(en: "dates", zh: "日期"), share: 0.8) { ValueForms.dateForm($0) != nil },
        Form(kind: .phone, name: Text(en: "mobile numbers", zh: "手机号码"), share: 0.7, fits: ValueForms.isMobile),
        Form(kind: .address, name: Text(en: "addresses", zh: "地址"), share: 0.6, fits: ValueForms.isHanAddress),
        Form(kind: .personName, name: Text(en: "Chinese names", zh: "中文姓名"), share: 0.9, fits: ValueForms.isHanName),
    ]

    /// Forms that only confirm a header: alone they could be anything.
    private static let confirming: [FieldKind: @Sendable (String) -> Bool] = [
        .residentID: ValueForms.isResidentID, .division: ValueForms.isDivision, .phone: ValueForms.isPhone,
        .email: ValueForms.isEmail, .ethnicGroup: ValueForms.isEthnicGroup,
        .date: { ValueForms.dateForm($0) != nil }, .number: { Int($0) != nil },
    ]

    private static func kind(_ word: HeaderWord?, _ column: ColumnSample) -> (kind: FieldKind, reason: Text) {
        guard let word else { return kind(of: column) }
        let values = column.values
        if values.isEmpty {
            return (word.kind == .code ? .text : word.kind, Text(en: "by its name; no value seen", zh: "依列名；样本中没有值"))
        }
        if word.kind == .code {
            return CodeList.isCodes(column, most: 30)
                ? (.code, Text(en: "by its name", zh: "依列名"))
                : (.text, Text(en: "many different values", zh: "取值很多"))
        }
        guard let fits = confirming[word.kind] else { return (word.kind, Text(en: "by its name", zh: "依列名")) }
        let count = values.count(where: fits)
        if count * 2 >= values.count {
            return (
                word.kind,
                Text(
                    en: "by its name; \(count) of \(values.count) values fit",
                    zh: "依列名；\(values.count) 个值中 \(count) 个相符")
            )
        }
        if word.kind == .residentID {
            return (
                .identifier,
                Text(
                    en: "a number by its name; \(count) of \(values.count) are resident identity numbers",
                    zh: "依列名为证件号码；\(values.count) 个值中 \(count) 个是公民身份号码")
            )
        }
        return kind(of: column)
    }

    private static func kind(of column: ColumnSample) -> (kind: FieldKind, reason: Text) {
        let values = column.values
        if values.isEmpty { return (.text, Text(en: "no value seen", zh: "样本中没有值")) }
        for form in forms {
            let count = values.count(where: form.fits)
            guard Double(count) >= form.share * Double(values.count) else { continue }
            return (
                form.kind,
                Text(
                    en: "\(count) of \(values.count) values are \(form.name.en)",
                    zh: "\(values.count) 个值中 \(count) 个是\(form.name.zh)")
            )
        }
        if CodeList.isCodes(column, most: 12) {
            return (.code, Text(en: "few different values", zh: "只有几种取值"))
        }
        return (.text, Text(en: "no form recognised", zh: "未识别出格式"))
    }

    private static func dateOrder(_ values: [String]) -> DateOrder? {
        let forms = values.compactMap(ValueForms.dateForm)
        let dayFirst = forms.count { $0 == .dayFirst }
        let monthFirst = forms.count { $0 == .monthFirst }
        if dayFirst > 0, monthFirst * 20 <= dayFirst { return .dayFirst }
        if monthFirst > 0, dayFirst * 20 <= monthFirst { return .monthFirst }
        return nil
    }
}
