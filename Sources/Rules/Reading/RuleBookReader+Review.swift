import Records
import Yams

extension RuleBookReader {
    /// `review: { blind: true }`.
    mutating func readReview(_ node: Node) -> ReviewPlan {
        var plan = ReviewPlan()
        let what = Text(en: "\"review:\"", zh: "“review:”")
        guard let section = section(node, RuleKeys.review, what: what) else { return plan }
        plan.isBlind = flag(section["blind"]) ?? plan.isBlind
        plan.twice = section["twice"].flatMap { number($0, in: 0...1) } ?? plan.twice
        plan.known = section["known"].flatMap { number($0, in: 0...1) } ?? plan.known
        return plan
    }
}
