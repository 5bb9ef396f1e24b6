import Records

extension Check {
    /// A value that the rule book's list of codes does not have.
    static let badCode = Check(
        "bad-code", .error, .error,
        title: Text(en: "Not in the list of codes", zh: "不在代码表中"),
        search: .values(for: { $0.kind == .code && !$0.codes.isEmpty }) { value, _ in
            value.isWellFormed ? nil : Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = (finding.field.map { records.schema.fields[$0].codes.keys.sorted() } ?? [])
            let shown = known.prefix(8)
            let more = known.count > shown.count ? " …" : ""
            return Text(
                en: "\(name) is \(cell); the rule book knows \(shown.joined(separator: ", "))\(more)",
                zh: "\(name) 为\(cell)；规则文件中的代码为 \(shown.joined(separator: "、"))\(more)")
        })
}
