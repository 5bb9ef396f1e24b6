import Records

extension SurvivorshipRule {
    package static let referenceFirst = SurvivorshipRule(
        "reference_first", Text(en: "a reference source before a register", zh: "参考来源优先于登记来源"),
        bestRecord: { row, facts in facts.isReference(row) ? 1 : 0 })
}
