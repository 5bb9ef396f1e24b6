/// Which value of a person's records survives: rules in the order in which they break ties.
package struct SurvivorshipPlan: Sendable, Hashable {
    /// Names in `SurvivorshipRule.all`.
    package let standard: [String]
    /// Index of a field → its own rules, instead of the standard ones.
    package let byField: [Int: [String]]

    package init(standard: [String], byField: [Int: [String]] = [:]) {
        self.standard = standard
        self.byField = byField
    }
}
