import Records

extension Check {
    /// An empty cell of a field that is not required, and a linked record has the value. A required one is reported by
    /// `missing-required`, with the same value.
    static let fillableFromLinked = Check(
        "fillable-from-linked", .omission, .info,
        title: Text(en: "Empty, and a linked record has the value", zh: "缺失项可由此人的其他记录补充"),
        search: .linked { facts, linked in
            linked.gaps.filter { !facts.records.schema.fields[$0.field].required }.map { gap in
                let isCertain =
                    gap.source.probability >= Certainty.repair && linked.fields.natures[gap.field] == .lasting
                return (
                    gap.row,
                    Hit(
                        field: gap.field,
                        suggestion: isCertain ? facts.records.value(gap.source.row, gap.field) : "",
                        otherRow: gap.source.row)
                )
            }
        },
        tell: { finding, view, say in
            let name = Wording.field(finding, view.records)
            guard let other = finding.otherRow, let field = finding.field else {
                return say(en: "\(name) is empty", zh: "\(name) 为空")
            }
            let (source, id) = (view.source(other), view.recordID(other))
            let value = Wording.cell(other, field, view)
            let doubt: Phrase = finding.suggestion.isEmpty ? say(en: ", to be confirmed", zh: "，待核实") : ""
            return say(
                en: "\(name) is empty; record \(id) of \(source) has \(value)\(doubt)",
                zh: "\(name) 为空；来源 \(source) 的记录 \(id) 为\(value)\(doubt)")
        })
}
