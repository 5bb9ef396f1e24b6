import Records
import Yams

extension RuleBookReader {
    /// `approvals: { two_people: [erasure, bulk], bulk_over: 50 }`.
    mutating func readApprovals(_ node: Node) -> ApprovalPlan {
        var plan = ApprovalPlan()
        let what = Text(en: "\"approvals:\"", zh: "“approvals:”")
        guard let section = section(node, RuleKeys.approvals, what: what) else { return plan }
        if let entry = section["two_people"] {
            let what = Self.quoted(entry.key)
            let names = ApprovalPlan.Danger.allCases.map(\.rawValue)
            for item in list(entry.value, what: what, example: "[different_ids, erasure]") ?? [] {
                guard let name = choice(item, among: names, what: what) else { continue }
                if let danger = ApprovalPlan.Danger(rawValue: name) { plan.twoPeople.insert(danger) }
            }
        }
        plan.groupOver = integer(section["group_over"], in: 1...1_000_000) ?? plan.groupOver
        plan.bulkOver = integer(section["bulk_over"], in: 1...1_000_000) ?? plan.bulkOver
        return plan
    }
}
