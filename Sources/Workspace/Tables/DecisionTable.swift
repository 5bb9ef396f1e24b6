import GRDB
import Records

/// What people said of pairs. Records are named by source and id, so that a decision may come before its records; it is on
/// who had the id when it was made.
enum DecisionTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE decision (
                    id INTEGER PRIMARY KEY,
                    a_source TEXT NOT NULL,
                    a_record TEXT NOT NULL,
                    b_source TEXT NOT NULL,
                    b_record TEXT NOT NULL,
                    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
                    "by" TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z'),
                    event INTEGER NOT NULL REFERENCES event (sequence),
                    -- So that the digest of a row that was erased cannot be guessed from what it may have said.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    CHECK ((a_source, a_record) <> (b_source, b_record))
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("decision", unless: ErasureTables.rowChange("decision"), db)
    }

    /// The id of the new row.
    static func insert(_ decision: Decision, event: Int, _ db: Database) throws -> Int {
        try db.cachedStatement(
            sql: """
                INSERT INTO decision (a_source, a_record, b_source, b_record, verdict, "by", reason, at, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            decision.a.source, decision.a.recordID, decision.b.source, decision.b.recordID, decision.verdict.rawValue,
            decision.by, decision.reason, decision.at, event,
        ])
        return Int(db.lastInsertedRowID)
    }

    /// In the order of their recording.
    static func all(_ db: Database) throws -> [Decision] {
        let holders = try IDHolders(db)
        return try db.rows(sql: "SELECT * FROM decision ORDER BY id").map { try decision($0, holders) }
    }

    static func made(by events: Set<Int>, _ db: Database) throws -> [(event: Int, decision: Decision)] {
        let holders = try IDHolders(db)
        return try db.rows(
            sql: "SELECT * FROM decision WHERE event IN (SELECT value FROM json_each(?)) ORDER BY id",
            arguments: [try JSON.text(events.sorted().map { Int64($0) })]
        ).map { ($0["event"], try decision($0, holders)) }
    }

    /// - Parameter a: the smaller of the two.
    static func on(_ a: RecordKey, _ b: RecordKey, _ db: Database) throws -> [(event: Int, decision: Decision)] {
        let holders = try IDHolders(db)
        return try db.rows(
            sql: """
                SELECT * FROM decision WHERE a_source = ? AND a_record = ? AND b_source = ? AND b_record = ? ORDER BY id
                """, arguments: [a.source, a.recordID, b.source, b.recordID]
        ).map { ($0["event"], try decision($0, holders)) }.filter { $0.decision.a == a && $0.decision.b == b }
    }

    /// On each pair the last one that nobody took back, in the order of their recording, which is not that of the clock.
    ///
    /// - Parameter event: only what was said after it.
    static func live(after event: Int = 0, at moment: Moment = .now, _ db: Database) throws -> [Decision] {
        let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
        let holders = try IDHolders(db)
        let said = try db.rows(
            sql: "SELECT * FROM decision WHERE event > ? AND event <= ? ORDER BY id", arguments: [event, moment.last]
        ).filter { !withdrawn.contains($0["event"]) }.map { try decision($0, holders) }
        let last = Dictionary(said.enumerated().map { ([$0.element.a, $0.element.b], $0.offset) }) { _, last in last }
        return said.enumerated().filter { last[[$0.element.a, $0.element.b]] == $0.offset }.map(\.element)
    }

    static func decision(_ row: Row, _ holders: IDHolders) throws -> Decision {
        let moment = Moment(after: row["event"])
        return Decision(
            try holders.key(source: row["a_source"], recordID: row["a_record"], at: moment),
            try holders.key(source: row["b_source"], recordID: row["b_record"], at: moment),
            Decision.Verdict(rawValue: row["verdict"]) ?? .unsure, by: row["by"], reason: row["reason"],
            at: row["at"])
    }
}
