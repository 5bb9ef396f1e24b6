import Records

extension SurvivorshipRule {
    /// The fewest cells at which a check points with a warning, or which another record has in the standard form: that two
    /// records contradict each other is said of the one that is less likely to be right.
    package static let undoubted = SurvivorshipRule(
        "undoubted", Text(en: "values that no check doubts", zh: "没有检查提出疑问的值")
    ) { row, field, facts in facts.isDoubted(row, field) ? -1 : 0 }
}
