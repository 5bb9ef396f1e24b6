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
            let kind = finding.field.map { records.schema.fields[$0].kind.rawValue } ?? ""
            return Text(
                en: "\(name) is \(cell), which has not the form of the kind \(kind)",
                zh: "\(name) 为\(cell)，不符合 \(kind) 类型的格式")
        })

    private static let hasOwnFormCheck: Set<FieldKind> = [.date, .phone, .division, .code, .ethnicGroup, .residentID]
}
