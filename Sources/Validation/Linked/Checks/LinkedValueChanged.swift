import Records

extension Check {
    /// Address, telephone or division that is quite another in a linked record: a mistake of one, or an older value. People move.
    static let linkedValueChanged = Check(
        "linked-value-changed", .error, .info,
        title: Text(en: "Another address or telephone in a linked record", zh: "此人的记录间地址或电话不同"),
        search: .linked { facts, linked in
            linked.verdicts.filter { $0.outcome == .changed }.map { ($0.row, $0.hit(facts)) }
        },
        message: { finding, records in
            let (left, right) = Wording.bothSides(finding, records)
            return Text(
                en: "\(left.en), and \(right.en); ask which is the present one",
                zh: "\(left.zh)，而\(right.zh)；请核实哪一个为现用")
        })
}
