package import Records

/// What somebody says of records, persons, cells, or of what was said before.
package enum Word: Sendable {
    /// Two records, by the office's id, `source:id` where several sources have it.
    case decide(String, String, Decision.Verdict)
    /// These records are not of the person: held apart from its other records, for good or until somebody decides.
    case split(person: String, records: [String], isCertain: Bool)
    case override(person: String, field: String, value: String)
    /// `41` or `event:41`, `decision:7`, `override:3`, `batch:2`, `merge:P00000005`, `split:P00000009`.
    case undo([String])
}

package struct WordRequest: Sendable {
    package var workspace: String
    package var word: Word
    package var by: String
    package var reason: String
    /// In which it is said, for the trail.
    package var role = Role.reviewer
    /// Only to see what would come of it.
    package var isDryRun = false
    /// Whether the master is made anew at once.
    package var isReconciled = true
    package var threads: Int
    package var language: Language
    package var clock: Clock

    package init(
        workspace: String, word: Word, by: String, reason: String, threads: Int, language: Language, clock: Clock
    ) {
        self.workspace = workspace
        self.word = word
        self.by = by
        self.reason = reason
        self.threads = threads
        self.language = language
        self.clock = clock
    }
}
