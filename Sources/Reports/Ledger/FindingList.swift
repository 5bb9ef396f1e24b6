package import Records

/// A finding of the ledger as lists show it.
package struct ListedFinding: Sendable {
    package let id: String
    package let kind: Finding.Kind
    package let check: String
    package let severity: Severity
    package let source: String
    package let recordID: String
    /// `nil`: the record is no longer in its export.
    package let line: Int?
    package let field: String?
    package let fieldKind: FieldKind?
    /// As the office wrote it; of a finding about two records, the other record.
    package let value: String
    package let suggestion: String
    package let message: Text
    package let state: Ledger.State
    /// Resolved because the record is no longer in its export.
    package let hasVanished: Bool
    /// The source that has to act; empty where people of the registry decide.
    package let owner: String
    package let firstRun: Int
    /// Made first by the newest run.
    package let isNew: Bool
    package let waiver: Waiver?
    /// What settles it for good, where that is a word of people.
    package var answer: Answer?

    /// A command without its reason and workspace, and what may stand in it instead.
    package struct Answer: Sendable, Hashable {
        package let command: String
        package let instead: [String]

        package init(_ command: String, instead: [String] = []) {
            self.command = command
            self.instead = instead
        }
    }

    package init(
        id: String, kind: Finding.Kind, check: String, severity: Severity, source: String, recordID: String, line: Int?,
        field: String?, fieldKind: FieldKind?, value: String, suggestion: String, message: Text, state: Ledger.State,
        hasVanished: Bool, owner: String, firstRun: Int, isNew: Bool, waiver: Waiver?
    ) {
        self.id = id
        self.kind = kind
        self.check = check
        self.severity = severity
        self.source = source
        self.recordID = recordID
        self.line = line
        self.field = field
        self.fieldKind = fieldKind
        self.value = value
        self.suggestion = suggestion
        self.message = message
        self.state = state
        self.hasVanished = hasVanished
        self.owner = owner
        self.firstRun = firstRun
        self.isNew = isNew
        self.waiver = waiver
    }

    /// Where a value may be seen by many: enough to recognise the trouble, not the person.
    var maskedValue: String { fieldKind.map { masked(value, $0) } ?? value }
    var maskedSuggestion: String { fieldKind.map { masked(suggestion, $0) } ?? suggestion }
}

/// Findings of a workspace, counted by check.
package struct FindingList: Sendable {
    /// The newest run.
    package let run: Int
    /// Of all findings of the filter, the gravest and most frequent check first.
    package let counts: [Count]
    package let findings: [ListedFinding]

    package struct Count: Sendable, Hashable {
        package let check: String
        package let title: Text
        package let kind: Finding.Kind
        package let severity: Severity
        package let state: Ledger.State
        package let findings: Int

        package init(
            check: String, title: Text, kind: Finding.Kind, severity: Severity, state: Ledger.State, findings: Int
        ) {
            self.check = check
            self.title = title
            self.kind = kind
            self.severity = severity
            self.state = state
            self.findings = findings
        }

        package static func isBefore(_ left: Count, _ right: Count) -> Bool {
            if left.severity != right.severity { return left.severity > right.severity }
            if left.findings != right.findings { return left.findings > right.findings }
            return (left.check, left.state.rawValue) < (right.check, right.state.rawValue)
        }
    }

    package init(run: Int, counts: [Count], findings: [ListedFinding]) {
        self.run = run
        self.counts = counts
        self.findings = findings
    }

    package var total: Int { counts.reduce(0) { $0 + $1.findings } }
}

/// Everything known of one finding.
package struct FindingStory: Sendable {
    package let finding: ListedFinding
    /// The record as it stands now, or stood last.
    package let cells: [Cell]
    /// In the order of time.
    package let history: [Event]

    package struct Cell: Sendable, Hashable {
        package let field: String
        package let value: String
        /// Of the other record the finding points to; `nil` without one.
        package let other: String?

        package init(field: String, value: String, other: String?) {
            self.field = field
            self.value = value
            self.other = other
        }
    }

    package struct Event: Sendable, Hashable {
        package enum What: String, Sendable {
            case made
            case returned
            case resolved
            case vanished
            case waived
            case takenBack = "taken-back"
            case lapsed
            case expired
        }

        package let what: What
        package let run: Int?
        /// UTC, ISO 8601, to the second.
        package let at: String
        package let by: String?
        package let reason: String?
        package let until: String?

        package init(
            what: What, run: Int?, at: String, by: String? = nil, reason: String? = nil, until: String? = nil
        ) {
            self.what = what
            self.run = run
            self.at = at
            self.by = by
            self.reason = reason
            self.until = until
        }
    }

    package init(finding: ListedFinding, cells: [Cell], history: [Event]) {
        self.finding = finding
        self.cells = cells
        self.history = history
    }
}
