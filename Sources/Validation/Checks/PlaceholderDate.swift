import Records

extension Check {
    /// A birth date that programs write when they know none: 1900-01-01, 1970-01-01. Not where the person's id agrees with it.
    static let placeholderDate = Check(
        "placeholder-date", .error, .warning,
        title: Text(en: "Birth date looks like a placeholder", zh: "出生日期疑似占位值"),
        search: .rows { facts in
            guard let field = facts.roles.birthDate else { return [] }
            let codes = facts.records.columns[field].codes
            let isPlaceholder = facts.days[field].map { PlausibleDays.placeholders.contains($0) }
            return [
                { row in
                    guard isPlaceholder[Int(codes[row])], facts.birthAgreement(row) != .same else { return nil }
                    return Hit(field: field, suggestion: facts.inferred(field, row))
                }
            ]
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Inference.suggestion(finding)
            return Text(
                en:
                    "\(name) is \(cell), a day that programs write when they know none; ask for the real one\(known.en)",
                zh: "\(name) 为\(cell)，是程序常用的占位日期；请核实真实日期\(known.zh)")
        })
}
