import Importers
import Records
import Yams

extension RuleBookReader {
    /// `retention:`, after `sources:`, which may be held.
    mutating func readRetention(_ node: Node, sources: [SourcePlan]) -> RetentionPlan {
        var plan = RetentionPlan()
        let what = Text(en: "\"retention:\"", zh: "“retention:”")
        guard let section = section(node, RuleKeys.retention, what: what) else { return plan }
        plan.runs = readPeriod(section["runs"])
        plan.vanishedRecords = readPeriod(section["vanished_records"])
        plan.supersededVersions = readPeriod(section["superseded_versions"])
        if let entry = section["hold"] {
            let names = sources.map(\.profile.name)
            let sources = Text(en: "\"hold\"", zh: "“hold”")
            plan.hold = (list(entry.value, what: sources, example: "[registry]") ?? []).compactMap {
                choice($0, among: names, what: sources)
            }
        }
        return plan
    }

    private mutating func readPeriod(_ entry: RuleEntry?) -> RetentionPlan.Period? {
        guard let entry, let text = text(entry) else { return nil }
        if let period = RetentionPlan.Period(text) { return period }
        report(
            .outOfRange, at: entry.value,
            Text(
                en:
                    "\"\(entry.key)\" has to be a time such as 90 days, 26 weeks, 6 months or 2 years, not \"\(text)\".",
                zh: "“\(entry.key)”应为时间长度，例如 90天、26周、6个月、2年，而不是“\(text)”。"))
        return nil
    }
}
