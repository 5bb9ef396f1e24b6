import Crypto
import Foundation
import GRDB
package import Records

extension WorkspaceStore {
    /// What stands beside the events and vouches for them.
    package struct TrailFacts: Sendable {
        /// By size.
        package let checkpoints: [StoredCheckpoint]
        /// In the order they came.
        package let keys: [StoredSigningKey]
        /// Event whose payload was erased → the `erasure.executed` that says so.
        package let erasures: [Int: Int]
    }

    /// A table whose rows are not those that an event vouches for.
    package struct BrokenSeal: Sendable, Hashable {
        package let table: String
        /// The `rows.sealed`; 0 for rows that none is over.
        package let sequence: Int
    }

    /// Reads the trail and all it vouches for as of one moment, one event at a time.
    ///
    /// - Returns: the tables that are not as they were sealed, and what is wrong with the schema.
    package func readTrail(
        _ begin: (TrailFacts) -> Void, event: (RecordedEvent) -> Void
    ) throws -> (seals: [BrokenSeal], schema: [Text]) {
        try read { db in
            begin(
                TrailFacts(
                    checkpoints: try CheckpointTable.all(db), keys: try CheckpointTable.keys(db),
                    erasures: try Self.erasures(db)))
            var seals = RowSeals.Stored()
            var unread: [BrokenSeal] = []
            try EventTable.forEach(db) { recorded in
                event(recorded)
                guard recorded.event.type == "rows.sealed" else { return }
                let body = recorded.payload.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
                if !seals.add(body, sequence: recorded.event.sequence) {
                    unread.append(BrokenSeal(table: "event_payload", sequence: recorded.event.sequence))
                }
            }
            let broken = try RowSeals.broken(seals, db).map { BrokenSeal(table: $0.1, sequence: $0.0) }
            return (unread + broken + (try Self.strayCheckpoints(db)), try SchemaCheck.differences(db))
        }
    }

    /// Runs that do not list the checkpoint they wrote as the workspace keeps it.
    private static func strayCheckpoints(_ db: Database) throws -> [BrokenSeal] {
        let runs = try db.rows(
            sql: """
                SELECT event, sha256, run_output.size, path,
                    (SELECT note FROM checkpoint WHERE checkpoint.size >= event ORDER BY checkpoint.size LIMIT 1) AS note
                FROM run LEFT JOIN run_output ON run_output.run = run.id AND path = 'checkpoint.txt' ORDER BY event
                """)
        return runs.filter { run in
            let (sha256, size, note): (String?, Int?, String?) = (run["sha256"], run["size"], run["note"])
            let bytes = Data((note ?? "").utf8)
            return sha256 != Hex.text(SHA256.hash(data: bytes)) || size != bytes.count
        }.map { BrokenSeal(table: "run_output", sequence: $0["event"]) }
    }

    private static func erasures(_ db: Database) throws -> [Int: Int] {
        var erasures: [Int: Int] = [:]
        try EventTable.forEach(db, where: "type = 'erasure.executed'") { recorded in
            for subject in recorded.event.subjects where subject.hasPrefix("event:") {
                guard let event = Int(subject.dropFirst(6)), erasures[event] == nil else { continue }
                erasures[event] = recorded.event.sequence
            }
        }
        return erasures
    }

    /// One event; `nil` when there is none of this sequence.
    package func event(_ sequence: Int) throws -> RecordedEvent? {
        var found: RecordedEvent?
        try read { try EventTable.forEach($0, where: "sequence = ?", [sequence]) { found = $0 } }
        return found
    }

    package struct EventFilter: Sendable {
        /// Empty: all.
        package var types: [String] = []
        /// From and before this time, UTC: `2026-11-21` or longer. Texts compare as times do.
        package var since: String?
        package var until: String?
        /// Behind this one.
        package var after = 0
        /// `batch:3`; named by the event.
        package var subject: String?
        /// Whose.
        package var actor: String?
        /// The newest so many.
        package var last: Int?

        package init() {}
    }

    /// In order, one at a time.
    package func forEachEvent(_ filter: EventFilter, _ body: (RecordedEvent) throws -> Void) throws {
        var conditions = ["1"]
        var arguments: StatementArguments = []
        func require(_ condition: String, _ argument: any DatabaseValueConvertible) {
            conditions.append(condition)
            arguments += [argument]
        }
        if filter.after > 0 { require("sequence > ?", filter.after) }
        if !filter.types.isEmpty {
            conditions.append("type IN (\(filter.types.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(filter.types)
        }
        if let actor = filter.actor { require("actor = ?", actor) }
        if let since = filter.since { require("time >= ?", since) }
        if let until = filter.until { require("time < ?", until) }
        if let subject = filter.subject {
            require("EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?)", subject)
        }
        var condition = conditions.joined(separator: " AND ")
        if let last = filter.last {
            condition = """
                sequence IN (SELECT sequence FROM event WHERE \(condition) ORDER BY sequence DESC LIMIT \(max(0, last)))
                """
        }
        try read { try EventTable.forEach($0, where: condition, arguments) { try body($0) } }
    }

    /// In order, up to and with the event `last`.
    package func forEachEventHash(to last: Int, _ body: (String) -> Void) throws {
        try read { db in
            try BulkQuery(db, "SELECT hash FROM event WHERE sequence <= ? ORDER BY sequence", [last]).eachRow {
                body($0.text(0))
            }
        }
    }

    /// Whether no row stands after those that the newest `rows.sealed` vouches for.
    package func hasOnlySealedRows() throws -> Bool {
        try read(RowSeals.areAllSealed)
    }

    package func lastCheckpoint() throws -> StoredCheckpoint? {
        try read(CheckpointTable.last)
    }

    /// The smallest stored one that stands for this event too.
    package func checkpoint(holding sequence: Int) throws -> StoredCheckpoint? {
        try read { try CheckpointTable.first(holding: sequence, $0) }
    }

    /// In the order they came; the last one signs.
    package func signingKeys() throws -> [StoredSigningKey] {
        try read(CheckpointTable.keys)
    }
}
