import Records

extension Check {
    /// A row whose cells stand one column beside their own: a delimiter inside a cell, or one too few.
    static let shiftedRow = Check(
        "shifted-row", .error, .error,
        title: Text(en: "Row moved by one column", zh: "整行错列"),
        explains: Explained.byCellsOfAnotherField,
        search: .rows { facts in
            guard let finder = Misplacement.Finder(facts) else { return [] }
            return [
                { row in
                    guard case .shifted(let field, let by, let count) = finder.find(row) else { return nil }
                    let name = facts.records.schema.fields[field].name
                    return Hit(detail: "\(by > 0 ? "right" : "left") \(count) \(name)")
                }
            ]
        },
        message: { finding, _ in
            let parts = finding.detail.split(separator: " ", maxSplits: 2).map(String.init)
            let isRight = parts.first == "right"
            let count = parts.count > 1 ? parts[1] : ""
            let name = parts.count > 2 ? parts[2] : ""
            return Text(
                en: "\(count) cells from \(name) on stand one column to the \(isRight ? "right" : "left"); "
                    + "look for a delimiter \(isRight ? "inside a cell" : "that is missing") and enter the row again",
                zh: "从 \(name) 起有 \(count) 个单元格整体\(isRight ? "右" : "左")移一列；请检查该行\(isRight ? "是否多了" : "是否少了")分隔符并重新录入")
        })
}
