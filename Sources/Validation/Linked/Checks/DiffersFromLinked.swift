import Records

extension Check {
    /// A cell that contradicts another record of the person, and the evidence is against the cell.
    static let differsFromLinked = Check(
        "differs-from-linked", .error, .error,
        title: Text(en: "Contradicted by the person's other records", zh: "与此人的其他记录不符"),
        search: .linked { facts, linked in
            linked.verdicts.filter { $0.outcome == .culprit }.map { ($0.row, $0.hit(facts)) }
        },
        message: { finding, records in
            let known = Wording.suggestion(finding)
            let (left, right) = Wording.bothSides(finding, records)
            return Text(
                en: "\(left.en), but \(right.en)\(known.en)", zh: "\(left.zh)，而\(right.zh)\(known.zh)")
        })
}

extension Wording {
    /// The cell with its field, and the same field of the other record with where it comes from.
    static func bothSides(_ finding: Finding, _ records: RecordTable) -> (Text, Text) {
        let (name, cell) = (field(finding, records), cell(finding, records))
        guard let other = finding.otherRow, let index = finding.field else {
            return (Text(en: "\(name) is \(cell)", zh: "\(name) 为\(cell)"), Text(en: "", zh: ""))
        }
        let key = records.key(other)
        let value = Wording.cell(other, index, records)
        return (
            Text(en: "\(name) is \(cell)", zh: "\(name) 为\(cell)"),
            Text(
                en: "the same person's record \(key.recordID) of \(key.source) has \(value)",
                zh: "此人在来源 \(key.source) 的记录 \(key.recordID) 为\(value)")
        )
    }
}
