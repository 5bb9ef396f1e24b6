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
        tell: { finding, view, say in
            let (left, right) = Wording.bothSides(finding, view, say)
            return say(en: "\(left), and \(right); look both up", zh: "\(left)，而\(right)；请核实双方")
        })
}
