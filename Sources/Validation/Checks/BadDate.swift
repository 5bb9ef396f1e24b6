import Records

extension Check {
    /// A date that names no day, or is written in a way that cannot be read for certain.
    static let badDate = Check(
        "bad-date", .error, .error,
        title: Text(en: "Not a date", zh: "日期无效"),
        search: .rows { facts in
            facts.records.schema.fields.indices.filter { facts.records.schema.fields[$0].kind == .date }.map { field in
                let column = facts.records.columns[field]
                return { row in
                    let code = column.codes[row]
                    guard code != 0, !column.isWellFormed[Int(code)] else { return nil }
                    let inferred = field == facts.roles.birthDate ? facts.inferred(field, row) : ""
                    let isLikely = YearInText.agrees(column.values[code], inferred)
                    return Hit(field: field, suggestion: isLikely ? inferred : "")
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Inference.suggestion(finding, records)
            return Text(
                en: "\(name) is \(cell), which is no day of the calendar or cannot be read for certain; "
                    + "expected a date like 1985-03-07\(known.en)",
                zh: "\(name) 为\(cell)，不是有效日期或无法确定含义；应写成 1985-03-07 的形式\(known.zh)")
        })
}

enum YearInText {
    /// Whether a day may be what was meant: a text in which another year can be read speaks against it.
    static func agrees(_ text: String, _ day: String) -> Bool {
        let years = text.split { !("0"..."9").contains($0) }.filter {
            $0.utf8.count == 4 && (1880...2100).contains(Int($0) ?? 0)
        }
        return years.isEmpty || years.contains { day.hasPrefix($0) }
    }
}
