import Records

extension Check {
    /// A date after the day the export describes (`as_of`; without one, the day of the run).
    static let futureDate = Check(
        "future-date", .error, .error,
        title: Text(en: "Date in the future", zh: "日期在未来"),
        search: .rows { facts in
            facts.roles.pastDates.map { field in
                let codes = facts.records.columns[field].codes
                let days = facts.days[field]
                return { row in
                    let day = days[Int(codes[row])]
                    guard day != 0 else { return nil }
                    let last = facts.lastDay(row)
                    guard day > last else { return nil }
                    return Hit(
                        field: field, suggestion: field == facts.roles.birthDate ? facts.inferred(field, row) : "",
                        detail: Days.text(last))
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Inference.suggestion(finding, records)
            return Text(
                en: "\(name) is \(cell), after \(finding.detail), the day these records describe\(known.en)",
                zh: "\(name) 为\(cell)，晚于数据截止日 \(finding.detail)\(known.zh)")
        })
}
