import Records

extension Check {
    /// Two records of one person contradict each other, and the data do not tell which is wrong. Shown at the register's cell where the
    /// other one is a reference's.
    static let linkedValuesDiffer = Check(
        "linked-values-differ", .error, .warning,
        title: Text(en: "Two records of one person contradict each other", zh: "同一人的两条记录不一致"),
        search: .linked { facts, linked in
            linked.verdicts.filter { $0.outcome == .undecided }.map { ($0.row, $0.hit(facts)) }
        },
        message: { finding, records in
            let (left, right) = Wording.bothSides(finding, records)
            return Text(
                en: "\(left.en), and \(right.en); look both up", zh: "\(left.zh)，而\(right.zh)；请核实双方")
        })
}
