package import Records

/// What is otherwise after one run than after an earlier one of the same workspace.
package struct RunDifference: Sendable {
    package struct Side: Sendable {
        package let run: Int
        /// UTC, ISO 8601, to the second.
        package let finishedAt: String
        /// SHA-256 of the rule book, hex.
        package let rules: String
        package let tool: String
        package let account: RunNumbers

        package init(run: Int, finishedAt: String, rules: String, tool: String, account: RunNumbers) {
            self.run = run
            self.finishedAt = finishedAt
            self.rules = rules
            self.tool = tool
            self.account = account
        }
    }

    package let before: Side
    package let after: Side
    /// By check and source; those that stayed open are in it too.
    package let findings: [FindingShift]
    package let persons: PersonShift
    /// By field of the master, in its order; only fields with a change.
    package let cells: [CellShift]
    /// What offices made of the corrections they were sent since `before`, each counted once.
    package let corrections: [CorrectionShift]
    package let drift: Drift
    package var alarms: [Alarm] = []

    package init(
        before: Side, after: Side, findings: [FindingShift], persons: PersonShift, cells: [CellShift],
        corrections: [CorrectionShift]
    ) {
        self.before = before
        self.after = after
        self.findings = findings
        self.persons = persons
        self.cells = cells
        self.corrections = corrections
        drift = Drift(before.account, after.account)
    }

    package func total(_ path: KeyPath<FindingShift, Int>) -> Int {
        findings.reduce(0) { $0 + $1[keyPath: path] }
    }
}

/// What became of the findings of one check in one source. Waivers do not count here: what somebody accepts is still found.
package struct FindingShift: Sendable, Hashable, Codable {
    package let check: String
    package let kind: Finding.Kind
    package let severity: Severity
    package let source: String
    /// Not known to the earlier run, open after the later one.
    package var new = 0
    /// Found and gone before the earlier run, and there again.
    package var returned = 0
    package var open = 0
    /// Open after the earlier run, not made any more.
    package var healed = 0
    /// As healed, because the record is in no export any more.
    package var vanished = 0

    package init(check: String, kind: Finding.Kind, severity: Severity, source: String) {
        self.check = check
        self.kind = kind
        self.severity = severity
        self.source = source
    }
}

/// What became of the persons of the earlier run.
package struct PersonShift: Sendable, Hashable {
    package enum Change: String, Sendable, CaseIterable {
        /// All records that are left belong to another person.
        case merged
        /// The records that are left belong to several.
        case split
        /// None of its records was there before.
        case added
        /// None of its records is there any more.
        case gone
    }

    /// One person that changed.
    package struct Case: Sendable, Hashable {
        package let change: Change
        package let person: UInt32
        /// Who has the records now, ascending; empty for those that were added or are gone.
        package let into: [UInt32]
        /// Of the person, before the change; of an added one after it.
        package let records: Int

        package init(change: Change, person: UInt32, into: [UInt32], records: Int) {
            self.change = change
            self.person = person
            self.into = into
            self.records = records
        }
    }

    /// By change, then person.
    package let cases: [Case]
    package let kept: Int

    package init(cases: [Case], kept: Int) {
        self.cases = cases
        self.kept = kept
    }

    package func count(_ change: Change) -> Int { cases.count { $0.change == change } }
}

/// What became of one field's cells of the persons that both runs have.
package struct CellShift: Sendable, Hashable, Codable {
    package let field: String
    package var changed = 0
    /// Empty before.
    package var filled = 0
    /// Empty now.
    package var emptied = 0

    package init(field: String) {
        self.field = field
    }

    package var total: Int { changed + filled + emptied }
}

/// What an office made of the corrections it was sent.
package struct CorrectionShift: Sendable, Hashable {
    package let source: String
    package let counts: [FollowUpStatus: Int]

    package init(source: String, counts: [FollowUpStatus: Int]) {
        self.source = source
        self.counts = counts
    }
}

/// Something that went further than the rule book's `alarms:` let it.
package struct Alarm: Sendable, Hashable, Codable {
    /// Key of `alarms:`.
    package let name: String
    package let measured: Double
    package let limit: Double
    package let text: Text

    package init(name: String, measured: Double, limit: Double, text: Text) {
        self.name = name
        self.measured = measured
        self.limit = limit
        self.text = text
    }
}
