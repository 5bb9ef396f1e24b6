import GRDB
import Records

/// What people said of pairs. Records are named by source and id, so that a decision may come before its records.
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
                    -- So that the digest of a row that was erased cannot be guessed from what it may have said.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    CHECK ((a_source, a_record) <> (b_source, b_record)),
                    UNIQUE (a_source, a_record, b_source, b_record, verdict, "by", reason, at)
                ) STRICT;
                -- A later decision on the same two supersedes an earlier one; order is that of recording, not the clock.
                CREATE VIEW live_decision AS
                    SELECT * FROM decision WHERE id IN (
                        SELECT max(id) FROM decision GROUP BY a_source, a_record, b_source, b_record);
                """)
        try Migrations.makeAppendOnly("decision", unless: ErasureTables.rowChange("decision"), db)
    }

    /// The id of the new row; `nil` when just this was recorded before.
    static func insert(_ decision: Decision, _ db: Database) throws -> Int? {
        try db.cachedStatement(
            sql: """
                INSERT INTO decision (a_source, a_record, b_source, b_record, verdict, "by", reason, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [
            decision.a.source, decision.a.recordID, decision.b.source, decision.b.recordID, decision.verdict.rawValue,
            decision.by, decision.reason, decision.at,
        ])
        return db.changesCount == 0 ? nil : Int(db.lastInsertedRowID)
    }

    /// In the order of their recording.
    static func all(_ db: Database, liveOnly: Bool) throws -> [Decision] {
        try Row.fetchAll(db, sql: "SELECT * FROM \(liveOnly ? "live_decision" : "decision") ORDER BY id").map { row in
            Decision(
                RecordKey(source: row["a_source"], recordID: row["a_record"]),
                RecordKey(source: row["b_source"], recordID: row["b_record"]),
                Decision.Verdict(rawValue: row["verdict"]) ?? .unsure, by: row["by"], reason: row["reason"],
                at: row["at"])
        }
    }
}
