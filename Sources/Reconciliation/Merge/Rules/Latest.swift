import Records

extension SurvivorshipRule {
    /// By the latest date in the record itself, other than the one to be settled; between records without such a date,
    /// or with the same, by the `as_of` of their sources.
    package static let latest = SurvivorshipRule(
        "latest", Text(en: "the record with the latest news", zh: "最近更新的记录")
    ) { row, field, facts in
        let recency = facts.recency(row, field)
        return Int(recency.date) * 100_000_000 + Int(recency.asOf)
    }
}
