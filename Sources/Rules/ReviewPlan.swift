/// How people review, as `review:` in the rule book says.
package struct ReviewPlan: Sendable, Hashable {
    /// Pairs are shown without what the machine thinks of them. By default each reviewer chooses.
    package var isBlind = false
    /// Share of decided pairs that a second person is asked about without seeing the first answer; 0 unless told.
    package var twice = 0.0
    /// Of a reviewer's pairs, the share whose answer is known because two people agree on it; 0 unless told.
    package var known = 0.0

    package init() {}
}
