/// What somebody said of two records. Never deleted, only superseded by a later decision on the same two.
package struct Decision: Sendable, Hashable {
    package enum Verdict: String, Sendable, CaseIterable {
        case same
        case different
        case unsure
    }

    /// The smaller key first.
    package let a: RecordKey
    package let b: RecordKey
    package let verdict: Verdict
    package let by: String
    package let reason: String
    /// UTC, ISO 8601, to the second.
    package let at: String

    package init(_ first: RecordKey, _ second: RecordKey, _ verdict: Verdict, by: String, reason: String, at: String) {
        self.a = min(first, second)
        self.b = max(first, second)
        self.verdict = verdict
        self.by = by
        self.reason = reason
        self.at = at
    }
}
