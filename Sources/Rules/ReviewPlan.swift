/// How people review, as `review:` in the rule book says.
package struct ReviewPlan: Sendable, Hashable {
    /// Pairs are shown without what the machine thinks of them. By default each reviewer chooses.
    package var isBlind = false

    package init() {}
}
