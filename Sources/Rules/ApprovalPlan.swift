/// Which words of people need a second person, as `approvals:` in the rule book says; by default none do.
package struct ApprovalPlan: Sendable, Hashable {
    /// What makes a word dangerous.
    package enum Danger: String, Sendable, CaseIterable {
        /// Records with two valid identity numbers that differ would be one person.
        case differentIDs = "different_ids"
        /// The person has, or would have, more records than `groupOver`.
        case largeGroup = "large_group"
        /// A record of the person says that it is dead.
        case deceased
        /// The person is under 18 on the day.
        case minor
        case erasure
        /// More pairs than `bulkOver` are decided at once, or cells written.
        case bulk
        /// A run under another rule book than the one before.
        case ruleChange = "rule_change"
    }

    package var twoPeople: Set<Danger> = []
    package var groupOver = Defaults.groupOver
    package var bulkOver = Defaults.bulkOver

    package init() {}
}
