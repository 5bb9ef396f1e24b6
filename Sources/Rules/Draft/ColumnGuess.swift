import Records

/// What a column of an export seems to hold, and why.
struct ColumnGuess: Sendable {
    /// Name of the field in the draft.
    let field: String
    let kind: FieldKind
    /// For code fields: written form → code, in the order of their frequency.
    let codes: [(written: String, code: String)]
    /// For text fields: all that is written, in so far as it is little; `nil`: it is much.
    let words: Set<String>?
    let dateOrder: DateOrder?
    /// There are dates of which nothing in the column says whether the day or the month comes first.
    let isOrderOpen: Bool
    /// Dates with two digits for the year are among the values.
    let hasShortYears: Bool
    let reason: Text

    init(_ column: ColumnSample) {
        let word = HeaderWord.of(column.header)
        let finding = Self.finding(word, column)
        field = word?.field ?? ""
        kind = finding.kind
        codes = finding.codes
        words =
            kind != .text ? [] : column.distinct <= ColumnSample.limit ? Set(column.frequent.map(\.text)) : nil
        let order = kind == .date ? Self.dateOrder(column.values) : nil
        dateOrder = order
        isOrderOpen =
            kind == .date && order == nil
            && column.values.contains { ValueForms.dateForm(ValueForms.withFullYear($0) ?? $0) == .ambiguous }
        hasShortYears = kind == .date && column.values.contains { ValueForms.withFullYear($0) != nil }
        reason = finding.reason
    }

    private struct Finding {
        let kind: FieldKind
        var codes: [(written: String, code: String)] = []
        let reason: Text

        init(_ kind: FieldKind, _ reason: Text) {
            self.kind = kind
            self.reason = reason
        }

        /// What is left out of a list is counted and never shown: it may be personal data.
        init(_ list: CodeList, _ reason: Text) {
            kind = .code
            codes = list.codes
            let (values, records) = list.leftOut
            let place = records == 1 ? "1 record" : "\(records) records"
            self.reason =
                values == 0
                ? reason
                : Text(
                    en: "\(reason.en); not listed: \(values) unlike the others, in \(place)",
                    zh: "\(reason.zh)；另有 \(values) 个与其余不同的取值未列入（\(records) 条记录）")
        }
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
        .date: ValueForms.isMeantAsDate, .number: { Int($0) != nil },
    ]

    private static func finding(_ word: HeaderWord?, _ column: ColumnSample) -> Finding {
        guard let word else { return finding(column) }
        let values = column.values
        let byName = Text(en: "by its name", zh: "依列名")
        if values.isEmpty {
            return Finding(
                word.kind == .code ? .text : word.kind, Text(en: "by its name; no value seen", zh: "依列名；没有值"))
        }
        if word.kind == .code {
            return CodeList(column, isSex: word.field == "sex", most: 30).map { Finding($0, byName) }
                ?? Finding(.text, Text(en: "no list of few, frequent values", zh: "取值并非少数常见代码"))
        }
        guard let fits = confirming[word.kind] else { return Finding(word.kind, byName) }
        let (count, total) = column.count(where: fits)
        if count * 2 >= total {
            return Finding(
                word.kind,
                Text(en: "by its name; \(count) of \(total) values fit", zh: "依列名；\(total) 个值中 \(count) 个相符"))
        }
        if word.kind == .residentID {
            return Finding(
                .identifier,
                Text(
                    en: "a number by its name; \(count) of \(total) are resident identity numbers",
                    zh: "依列名为证件号码；\(total) 个值中 \(count) 个是公民身份号码"))
        }
        return finding(column)
    }

    /// By the values; the header only says whether they may be remarks, or amounts.
    private static func finding(_ column: ColumnSample) -> Finding {
        if column.values.isEmpty { return Finding(.text, Text(en: "no value seen", zh: "没有值")) }
        if HeaderWord.isRemarks(column.header) { return Finding(.text, Text(en: "remarks by its name", zh: "依列名为备注")) }
        for form in forms {
            let (count, total) = column.count(where: form.fits)
            guard Double(count) >= form.share * Double(total) else { continue }
            return Finding(
                form.kind,
                Text(
                    en: "\(count) of \(total) values are \(form.name.en)",
                    zh: "\(total) 个值中 \(count) 个是\(form.name.zh)"))
        }
        let amounts = Finding(.number, Text(en: "the values are amounts", zh: "取值为数量"))
        if HeaderWord.isAmount(column.header), Amounts(column) != nil { return amounts }
        if let list = CodeList(column, most: 20) {
            return Finding(list, Text(en: "few different values", zh: "只有几种取值"))
        }
        if let found = Amounts(column), found.areClear { return amounts }
        return Finding(.text, Text(en: "no form recognised", zh: "未识别出格式"))
    }

    /// Whether a value shows by itself that it is a date, a name, or a number or address of a person.
    static func isOfOwnForm(_ value: String) -> Bool { forms.contains { $0.fits(value) } }

    private static func dateOrder(_ values: [String]) -> DateOrder? {
        let forms = values.compactMap { ValueForms.dateForm(ValueForms.withFullYear($0) ?? $0) }
        let dayFirst = forms.count { $0 == .dayFirst }
        let monthFirst = forms.count { $0 == .monthFirst }
        if dayFirst > 0, monthFirst * 20 <= dayFirst { return .dayFirst }
        if monthFirst > 0, dayFirst * 20 <= monthFirst { return .monthFirst }
        return nil
    }
}
