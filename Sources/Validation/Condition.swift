import Records

extension ValidationPlan.Condition {
    func finding(_ row: Int, _ hit: Hit) -> Finding {
        Finding(kind: .error, check: id, severity: severity, row: row, field: hit.field)
    }

    /// The rule book's words, or the expression, with the values of the fields the finding is about.
    func message(_ finding: Finding, _ records: RecordTable) -> Text {
        let named = fields.isEmpty ? finding.field.map { [$0] } ?? [] : fields
        let values = named.map { field in
            "\(Wording.name(field, records)) = \(Wording.cell(finding.row, field, records))"
        }
        let english = values.joined(separator: ", ")
        let chinese = values.joined(separator: "，")
        if let message {
            return values.isEmpty
                ? Text(en: message, zh: message) : Text(en: "\(message): \(english)", zh: "\(message)：\(chinese)")
        }
        return Text(
            en: "the rule book calls this an error: \(expression)" + (values.isEmpty ? "" : "; here \(english)"),
            zh: "规则文件规定以下情况为错误：\(expression)" + (values.isEmpty ? "" : "；本记录 \(chinese)"))
    }
}
