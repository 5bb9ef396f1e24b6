import Reconciliation
import Records
import Workspace

/// What is about to be said of records and persons, before it is recorded: the rows, and what it means in words.
struct Speech {
    /// Pairs that are decided together.
    var decisions: [Decision] = []
    var overrides: [(person: UInt32, override: StoredOverride)] = []
    /// Events that are taken back, with their subjects.
    var withdrawals: [(event: Int, subjects: [String])] = []
    var meaning: [Text] = []

    var isEmpty: Bool { decisions.isEmpty && overrides.isEmpty && withdrawals.isEmpty }

    mutating func add(_ other: Speech) {
        decisions += other.decisions
        overrides += other.overrides
        withdrawals += other.withdrawals
        meaning += other.meaning
    }

    /// Records it, with one event for the decisions and one for each of the others.
    ///
    /// - Returns: the sequences of the events.
    func record(in commit: inout TrailCommit, _ request: WordRequest) throws -> [Int] {
        var events: [Int] = []
        if !decisions.isEmpty {
            let event = commit.sequence + 1
            let ids = try decisions.map { try commit.writer.record($0, event: event) }
            events.append(try commit.add(.decisionsMade(Array(zip(ids, decisions).map { (id: $0, decision: $1) }))))
        }
        for (person, override) in overrides {
            let said = StoredOverride(
                event: commit.sequence + 1, field: override.field, text: override.text, by: override.by,
                reason: override.reason, at: override.at, records: override.records)
            let id = try commit.writer.record(said)
            events.append(
                try commit.add(
                    .cellOverridden(
                        id: id, person: PersonID.text(person), field: said.field, after: said.text, by: said.by,
                        reason: said.reason)))
        }
        for (target, subjects) in withdrawals {
            let event = try commit.add(
                .withdrawn(event: target, subjects: subjects, by: request.by, reason: request.reason))
            try commit.writer.record(
                Withdrawal(of: target, by: request.by, reason: request.reason, at: request.clock.now), event: event)
            events.append(event)
        }
        return events
    }
}
