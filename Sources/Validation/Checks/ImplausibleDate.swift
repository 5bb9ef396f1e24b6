import Records
import Standards

extension Check {
    /// A date before 1880.
    static let implausibleDate = Check(
        "implausible-date", .error, .error,
        title: Text(en: "Date too long ago", zh: "日期过早"),
        search: .rows { facts in
            facts.records.schema.fields.indices.filter { facts.records.schema.fields[$0].kind == .date }.map { field in
                let codes = facts.records.columns[field].codes
                let days = facts.days[field]
                return { row in
                    let day = days[Int(codes[row])]
                    guard day != 0, day < PlausibleDays.first else { return nil }
                    return Hit(
                        field: field, suggestion: field == facts.roles.birthDate ? facts.inferred(field, row) : "")
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Inference.suggestion(finding, records)
            return Text(
                en: "\(name) is \(cell), before 1880\(known.en)", zh: "\(name) 为\(cell)，早于 1880 年\(known.zh)")
        })
}
