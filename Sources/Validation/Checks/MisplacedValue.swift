import Records

extension Check {
    /// A cell that holds what belongs into another field: a telephone number as an id, an address as a name.
    static let misplacedValue = Check(
        "misplaced-value", .error, .error,
        title: Text(en: "Value belongs into another column", zh: "内容填错栏"),
        explains: Explained.byCellsOfAnotherField,
        search: .rows { facts in
            guard let finder = Misplacement.Finder(facts) else { return [] }
            return [
                { row in
                    guard case .alone(let field, let form) = finder.find(row) else { return nil }
                    return Hit(field: field, detail: String(form.rawValue))
                }
            ]
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let form = CellForm(rawValue: UInt8(finding.detail) ?? 0)
            let what =
                CellForm.named.first { form.contains($0.form) }?.name ?? Text(en: "something else", zh: "其他内容")
            return Text(
                en: "\(name) is \(cell), which looks like \(what.en); enter it where it belongs",
                zh: "\(name) 为\(cell)，看来是\(what.zh)；请填入对应的栏")
        })
}
