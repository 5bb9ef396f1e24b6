import Records

extension Check {
    /// A required field without a value, in sources that have a column for it. A placeholder such as 不详 is no value.
    static let missingRequired = Check(
        "missing-required", .omission, .error,
        title: Text(en: "Required value is missing", zh: "必填项缺失"),
        search: .rows { facts in
            facts.records.schema.fields.indices.filter { facts.records.schema.fields[$0].required }.map { field in
                let codes = facts.records.columns[field].codes
                let isMapped = facts.records.sources.map { $0.columns[field] != nil }
                return { row in
                    guard codes[row] == 0, isMapped[facts.records.sourceIndex(of: row)] else { return nil }
                    return Hit(field: field, suggestion: facts.inferred(field, row))
                }
            }
        },
        tell: { finding, view, say in
            let name = Wording.field(finding, view.records)
            let raw = finding.field.map { String(decoding: view.raw(finding.row, $0), as: UTF8.self) } ?? ""
            let known = Inference.suggestion(finding, view.records)(say)
            return raw.isEmpty
                ? say(en: "\(name) is required and empty\(known)", zh: "必填项 \(name) 为空\(known)")
                : say(
                    en: "\(name) is required, and \(Wording.quoted(raw)) stands for no value\(known)",
                    zh: "必填项 \(name) 填写为\(Wording.quoted(raw))，等同未填\(known)")
        })
}
