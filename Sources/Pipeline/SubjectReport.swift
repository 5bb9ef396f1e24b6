package import Records

/// Everything a workspace holds about one person, for that person: nobody else is in it.
package struct SubjectReport: Sendable {
    package struct Record: Sendable {
        package let source: String
        package let recordID: String
        package let isRestricted: Bool
        package let isErased: Bool
        package let versions: [Version]
    }

    package struct Version: Sendable {
        /// `held`, `vanished` or `removed`.
        package let state: String
        /// UTC, ISO 8601.
        package let importedAt: String
        package let file: String
        /// 0 where it is not known.
        package let line: Int
        package let cells: [(field: String, header: String, text: String)]
    }

    package struct Finding: Sendable {
        package let id: String
        package let check: String
        package let title: Text
        package let severity: String
        package let state: String
        package let record: String
        package let field: String
        package let suggestion: String
    }

    package struct Word: Sendable {
        /// `decision`, `waiver`, `restriction`, `override`, `opinion`, `withdrawal` or `approval`.
        package let kind: String
        package let word: String
        package let by: String
        package let at: String
        package let reason: String
        /// Of a decision: the other record when it is of the same person, else a placeholder; of a waiver: the finding; of
        /// an override: the value; of a withdrawal or approval: the event it is of.
        package let about: Text
    }

    /// Which person a record stood for, from a run on.
    package struct Membership: Sendable {
        package let record: String
        package let run: Int
        package let person: String
    }

    package struct Access: Sendable {
        package let event: Int
        package let time: String
        package let type: String
        package let actor: String
    }

    /// `nil` for a record that no run has looked at.
    package let person: String?
    package let formerNumbers: [String]
    package let records: [Record]
    /// Column and cell of the newest run's `master.csv`; empty when the person is not in it.
    package let master: [(column: String, text: String)]
    /// Record by record, in the order of the runs.
    package let persons: [Membership]
    package let findings: [Finding]
    package let words: [Word]
    /// What offices were asked to correct: run, and column and cell of `corrections.csv`.
    package let corrections: [(run: Int, cells: [(column: String, text: String)])]
    package let exports: [Disclosure]
    package let accesses: [Access]
    /// Sequence of the event that says this was told.
    package let event: Int

    /// What stands in the place of what is somebody else's.
    static let placeholder = Text(en: "another record", zh: "另一条记录")
}
