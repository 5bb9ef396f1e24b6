import GRDB
import Records

/// Words that need a second person, and what the second person said. A word of which there is an `asked` row counts from its
/// `granted` one on, and never after a `refused` one.
enum ApprovalTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE approval (
                    id INTEGER PRIMARY KEY,
                    -- The event that records it: of an `asked` row the word itself.
                    event INTEGER NOT NULL UNIQUE REFERENCES event (sequence),
                    target INTEGER NOT NULL REFERENCES event (sequence),
                    verdict TEXT NOT NULL CHECK (verdict IN ('asked', 'granted', 'refused')),
                    "by" TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z'),
                    -- As in `decision`.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    CHECK ((verdict = 'asked') = (target = event) AND target <= event)
                ) STRICT;
                -- One word, one answer.
                CREATE UNIQUE INDEX approval_target ON approval (target, verdict = 'asked');
                """)
        try Migrations.makeAppendOnly("approval", unless: ErasureTables.rowChange("approval"), db)
    }

    static func insert(_ approval: Approval, event: Int, _ db: Database) throws {
        try db.cachedStatement(
            sql: #"INSERT INTO approval (event, target, verdict, "by", reason, at) VALUES (?, ?, ?, ?, ?, ?)"#
        ).execute(arguments: [
            event, approval.target, approval.verdict.rawValue, approval.by, approval.reason, approval.at,
        ])
    }

    /// Events of words that wait, or were refused.
    static func notGranted(at moment: Moment, _ db: Database) throws -> Set<Int> {
        try Int.fetchSet(
            db,
            sql: """
                SELECT target FROM approval WHERE verdict = 'asked' AND event <= ?1
                EXCEPT SELECT target FROM approval WHERE verdict = 'granted' AND event <= ?1
                """, arguments: [moment.last])
    }

    /// In order, with their events.
    static func all(_ db: Database) throws -> [(event: Int, approval: Approval)] {
        try db.rows(sql: "SELECT * FROM approval ORDER BY event").map {
            (
                $0["event"],
                Approval(
                    of: $0["target"], Approval.Verdict(rawValue: $0["verdict"]) ?? .refused, by: $0["by"],
                    reason: $0["reason"], at: $0["at"])
            )
        }
    }
}
