import Records

extension Check {
    /// A cell that contradicts another record of the person, and the evidence is against the cell.
    static let differsFromLinked = Check(
        "differs-from-linked", .error, .error,
        title: Text(en: "Contradicted by the person's other records", zh: "与此人的其他记录不符"),
        search: .linked { facts, linked in
            linked.verdicts.filter { $0.outcome == .culprit }.map { ($0.row, $0.hit(facts)) }
        },
        tell: { finding, view, say in
            let known = Wording.suggestion(finding, say)
            let (left, right) = Wording.bothSides(finding, view, say)
            return say(en: "\(left), but \(right)\(known)", zh: "\(left)，而\(right)\(known)")
        })
}

extension Wording {
    /// The cell with its field, and the same field of the other record with where it comes from.
    static func bothSides(_ finding: Finding, _ view: RecordView, _ say: Language) -> (Phrase, Phrase) {
        let name = field(finding, view.records)
        let value: Phrase = finding.field.map { cell(finding.row, $0, view) } ?? ""
        let own: Phrase = say(en: "\(name) is \(value)", zh: "\(name) 为\(value)")
        guard let other = finding.otherRow, let index = finding.field else { return (own, "") }
        let (source, id) = (view.source(other), view.recordID(other))
        let otherValue = cell(other, index, view)
        return (
            own,
            say(
                en: "the same person's record \(id) of \(source) has \(otherValue)",
                zh: "此人在来源 \(source) 的记录 \(id) 为\(otherValue)")
        )
    }
}
