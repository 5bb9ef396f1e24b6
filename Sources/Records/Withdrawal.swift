/// Somebody takes back what somebody said or did: a decision, an override, a waiver, an import, or an earlier withdrawal,
/// which puts back what that one took away. What is taken back stays on record and counts as if it had never been.
package struct Withdrawal: Sendable, Hashable {
    /// Sequence of the event that recorded it.
    package let target: Int
    package let by: String
    package let reason: String
    /// UTC, ISO 8601, to the second.
    package let at: String

    package init(of target: Int, by: String, reason: String, at: String) {
        self.target = target
        self.by = by
        self.reason = reason
        self.at = at
    }
}
