import Records

extension SurvivorshipRule {
    package static let trust = SurvivorshipRule(
        "trust", Text(en: "the source with the highest trust", zh: "可信度最高的来源"),
        bestRecord: { row, facts in facts.trust(row) })
}
