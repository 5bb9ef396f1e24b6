import Records
import Yams

extension RuleBookReader {
    /// `alarms: { volume: 0.2, persons: off }`.
    mutating func readAlarms(_ node: Node) -> AlarmPlan {
        var plan = AlarmPlan()
        let what = Text(en: "\"alarms:\"", zh: "“alarms:”")
        guard let section = section(node, RuleKeys.alarms, what: what) else { return plan }
        for measure in AlarmPlan.Measure.allCases {
            guard let entry = section[measure.rawValue] else { continue }
            plan.named.insert(measure)
            if case .scalar(let scalar) = entry.value, scalar.string == "off" {
                plan.limits[measure] = nil
            } else if let limit = number(entry, in: 0...1_000_000) {
                plan.limits[measure] = limit
            }
        }
        return plan
    }
}
