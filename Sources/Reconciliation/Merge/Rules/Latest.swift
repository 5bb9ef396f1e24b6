import Records

extension SurvivorshipRule {
    /// By the date that the rule book names as that of the record's last update; where it names none, by the latest date in
    /// the record itself, other than those to be settled. Between records without such a date, or with the same, by the
    /// `as_of` of their sources.
    package static let latest = SurvivorshipRule(
        "latest", Text(en: "the record with the latest news", zh: "最近更新的记录")
    ) { (rows: [UInt32], contest, facts) -> [UInt32] in
        best(rows) { row in
            let recency = facts.recency(row, contest.fields)
            return Int(recency.date) * 100_000_000 + Int(recency.asOf)
        }
    }
}
