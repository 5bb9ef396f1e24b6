import Records

extension Check {
    /// A record in a state that the person cannot have come to by the rule book's life-cycle, after what another record of theirs said
    /// for an earlier day. One of the two is wrong, or they are not one person's.
    static let linkedStatusOrder = Check(
        "linked-status-order", .error, .error,
        title: Text(en: "State that cannot follow that of a linked record", zh: "此人的记录间状态变化不符合规定"),
        search: .linked { facts, linked in
            let states = LinkedStates(facts)
            return facts.plan.lifecycles.flatMap { lifecycle in
                states.breaks(of: lifecycle, in: linked.groups).map { row, other in
                    let days = Days.text(states.day(other)) + " " + Days.text(states.day(row))
                    return (row, Hit(field: lifecycle.field, detail: days, otherRow: other))
                }
            }
        },
        tell: { finding, view, say in
            let (left, right) = Wording.bothSides(finding, view, say)
            let days = finding.remark.split(separator: " ").map { Phrase(String($0)) }
            guard days.count == 2 else { return say(en: "\(left), and \(right)", zh: "\(left)，而\(right)") }
            return say(
                en:
                    "\(left) on \(days[1]), yet on \(days[0]) \(right), which cannot become it; look both up, also if they are one person's",
                zh: "\(left)（\(days[1])），而\(right)（\(days[0])），按规则后者不能变为前者；请核实双方，并核实是否为同一人")
        })
}
