import Reconciliation
import Records
import Workspace

/// Decisions that people made elsewhere, as a CSV file: one row per pair of records.
enum DecisionsFile {
    private static let columns = [
        "a_source", "a_record_id", "b_source", "b_record_id", "decision", "reason", "by",
    ]

    /// Records of each pair the last decision, one event each, unless it is what holds already. What needs a second person is
    /// recorded as a proposal.
    static func record(
        _ given: [Decision], in store: WorkspaceStore, by author: TrailCommit.Author, _ dangers: Dangers
    ) throws {
        let live = Dictionary(try store.liveDecisions().map { ([$0.a, $0.b], $0.verdict) }) { _, last in last }
        let last = Dictionary(given.enumerated().map { ([$0.element.a, $0.element.b], $0.offset) }) { _, last in last }
        let new = given.enumerated().filter { index, decision in
            let pair = [decision.a, decision.b]
            return last[pair] == index && live[pair] != decision.verdict
        }.map(\.element)
        if new.isEmpty { return }
        let classes = try new.map { try dangers.of([$0], count: new.count) }
        try TrailCommit.run(store, by: author) { commit in
            for (decision, classes) in zip(new, classes) {
                let id = try commit.writer.record(decision, event: commit.sequence + 1)
                _ = try commit.add(
                    .decisionsMade([(id, decision)]), for: classes, by: decision.by, reason: decision.reason,
                    at: author.time)
            }
        }
    }

    static func read(_ path: String, _ request: CleaningRequest) throws -> [Decision] {
        let table = try FlatTable(path: path, columns: columns)
        return try zip(table.rows, table.lines).map { row, line in
            guard let verdict = Decision.Verdict(rawValue: row[4]) else {
                let found = String(row[4].prefix(12))
                throw Failure(
                    .badInput, code: "E-DEC-001",
                    Text(
                        en: "the decision is “\(found)”, expected same, different or unsure",
                        zh: "判定为“\(found)”，应为 same、different 或 unsure"), at: Place(file: path, line: line))
            }
            return Decision(
                RecordKey(source: row[0], recordID: row[1]), RecordKey(source: row[2], recordID: row[3]), verdict,
                by: row[6].isEmpty ? request.actor : row[6], reason: row[5], at: request.clock.now)
        }
    }
}
