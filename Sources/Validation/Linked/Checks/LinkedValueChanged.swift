import Records

extension Check {
    /// Address, telephone or division that is quite another in a linked record: a mistake of one, or an older value. People move.
    static let linkedValueChanged = Check(
        "linked-value-changed", .error, .info,
        title: Text(en: "Another address or telephone in a linked record", zh: "此人的记录间地址或电话不同"),
        search: .linked { facts, linked in
            linked.verdicts.filter { $0.outcome == .changed }.map { ($0.row, $0.hit(facts)) }
        },
        tell: { finding, view, say in
            let (left, right) = Wording.bothSides(finding, view, say)
            return say(en: "\(left), and \(right); ask which is the present one", zh: "\(left)，而\(right)；请核实哪一个为现用")
        })
}
