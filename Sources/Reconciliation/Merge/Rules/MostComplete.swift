import Records

extension SurvivorshipRule {
    package static let mostComplete = SurvivorshipRule(
        "most_complete", Text(en: "the record with the most fields filled in", zh: "填写字段最多的记录"),
        bestRecord: { row, facts in facts.filledFields(row) })
}
