import Records

extension Check {
    /// Two cells of a record that each hold what belongs into the other: the telephone number in the id column and the id in that
    /// of the telephone.
    static let exchangedColumns = Check(
        "exchanged-columns", .error, .error,
        title: Text(en: "Two cells exchanged", zh: "两项内容互换"),
        explains: Explained.byCellsOfAnotherField,
        search: .rows { facts in
            guard let finder = Misplacement.Finder(facts) else { return [] }
            let names = facts.records.schema.fields.map(\.name)
            return [
                { row in
                    guard case .exchanged(let a, let b) = finder.find(row) else { return nil }
                    return Hit(field: a, suggestion: facts.records.raw(row, b), detail: names[b])
                },
                { row in
                    guard case .exchanged(let a, let b) = finder.find(row) else { return nil }
                    return Hit(field: b, suggestion: facts.records.raw(row, a), detail: names[a])
                },
            ]
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let other = records.schema.index(of: finding.detail).map { Wording.cell(finding.row, $0, records) } ?? ""
            return Text(
                en: "\(name) is \(cell) and \(finding.detail) is \(other): the two have changed places",
                zh: "\(name) 为\(cell)，\(finding.detail) 为\(other)：两项内容互换")
        })
}
