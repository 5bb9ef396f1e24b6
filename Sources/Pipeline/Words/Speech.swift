import Reconciliation
import Records
import Workspace

/// What is about to be said of records and persons, before it is recorded: the rows, and what it means in words.
struct Speech {
    /// Pairs that are decided together.
    var decisions: [Decision] = []
    var overrides: [(person: UInt32, override: StoredOverride)] = []
    /// The cells are written by one word, to be taken back as one; with the decisions, where there are any.
    var areTogether = false
    /// Events that are taken back, with their subjects.
    var withdrawals: [(event: Int, subjects: [String])] = []
    var meaning: [Text] = []

    var isEmpty: Bool { decisions.isEmpty && overrides.isEmpty && withdrawals.isEmpty }

    /// What both say is said once.
    mutating func add(_ other: Speech) {
        let known = Set(decisions)
        decisions += other.decisions.filter { !known.contains($0) }
        overrides += other.overrides
        withdrawals += other.withdrawals
        meaning += other.meaning
    }

    /// Why parts of it need a second person; nothing where they do not.
    struct Classes {
        let decisions: [String]
        let overrides: [[String]]
        let withdrawals: [[String]]

        /// Each once.
        var all: [String] {
            var seen: Set<String> = []
            return (decisions + overrides.joined() + withdrawals.joined()).filter { seen.insert($0).inserted }
        }
    }

    func dangers(_ dangers: Dangers) throws -> Classes {
        if areTogether, !decisions.isEmpty {
            var seen: Set<String> = []
            let all = try dangers.of(decisions) + dangers.of(overrides: overrides.map { .init($0.override) })
            let each = all.filter { seen.insert($0).inserted }
            return Classes(decisions: each, overrides: [each], withdrawals: [])
        }
        return Classes(
            decisions: try dangers.of(decisions),
            overrides: areTogether
                ? [try dangers.of(overrides: overrides.map { .init($0.override) })]
                : try overrides.map { try dangers.of(override: .init($0.override)) },
            withdrawals: try withdrawals.map { try dangers.of(withdrawalOf: $0.event) })
    }

    /// Records it, with one event for the decisions and one for each of the others. What needs a second person is recorded
    /// as a proposal.
    ///
    /// - Returns: the sequences of the events, and of those that wait.
    func record(
        in commit: inout TrailCommit, _ request: WordRequest, _ classes: Classes
    ) throws -> (events: [Int], waiting: [Int]) {
        var events: [Int] = []
        var waiting: [Int] = []
        func add(_ entry: AuditEntry, _ classes: [String]) throws -> Int {
            let event = try commit.add(
                entry, for: classes, by: request.by, reason: request.reason, at: request.clock.now)
            if !classes.isEmpty { waiting.append(event) }
            return event
        }
        var decision: Int?
        if !decisions.isEmpty {
            let event = commit.sequence + 1
            if areTogether { decision = event }
            let ids = try decisions.map { try commit.writer.record($0, event: event) }
            events.append(
                try add(
                    .decisionsMade(Array(zip(ids, decisions).map { (id: $0, decision: $1) })),
                    classes.decisions))
        }
        let words = areTogether && !overrides.isEmpty ? [overrides] : overrides.map { [$0] }
        for (place, cells) in words.enumerated() {
            let event = commit.sequence + 1
            let written = try cells.map { person, override in
                let said = StoredOverride(
                    event: event, field: override.field, text: override.text, by: override.by,
                    reason: override.reason, at: override.at, records: override.records)
                return AuditEntry.WrittenCell(
                    id: try commit.writer.record(said), person: PersonID.text(person), field: said.field,
                    after: said.text)
            }
            events.append(
                try add(
                    .cellsOverridden(written, with: decision, by: request.by, reason: request.reason),
                    classes.overrides[place]))
        }
        for (place, (target, subjects)) in withdrawals.enumerated() {
            let event = try add(
                .withdrawn(event: target, subjects: subjects, by: request.by, reason: request.reason),
                classes.withdrawals[place])
            try commit.writer.record(
                Withdrawal(of: target, by: request.by, reason: request.reason, at: request.clock.now), event: event)
            events.append(event)
        }
        return (events, waiting)
    }
}
