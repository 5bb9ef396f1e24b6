import Records

extension SurvivorshipRule {
    package static let valid = SurvivorshipRule(
        "valid",
        Text(en: "values in the right form that no check found wrong", zh: "格式正确且未被检查发现错误的值")
    ) { row, field, facts in facts.isValid(row, field) ? 1 : 0 }
}
