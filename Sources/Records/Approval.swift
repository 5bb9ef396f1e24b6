/// What is said of a word that needs two people: that it waits, or the second person's answer.
package struct Approval: Sendable, Hashable {
    package enum Verdict: String, Sendable, CaseIterable {
        /// Said by the first person together with the word.
        case asked
        case granted
        case refused
    }

    /// Sequence of the event that records the word.
    package let target: Int
    package let verdict: Verdict
    package let by: String
    package let reason: String
    /// UTC, ISO 8601, to the second.
    package let at: String

    package init(of target: Int, _ verdict: Verdict, by: String, reason: String, at: String) {
        self.target = target
        self.verdict = verdict
        self.by = by
        self.reason = reason
        self.at = at
    }
}
