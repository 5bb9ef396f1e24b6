import GRDB
import Records

/// What was taken back. A withdrawal is a word like those it takes back: it can be taken back itself.
enum WithdrawalTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE withdrawal (
                    id INTEGER PRIMARY KEY,
                    -- The event that records it.
                    event INTEGER NOT NULL UNIQUE REFERENCES event (sequence),
                    target INTEGER NOT NULL REFERENCES event (sequence),
                    "by" TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z'),
                    -- As in `decision`.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    CHECK (target < event)
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("withdrawal", unless: ErasureTables.rowChange("withdrawal"), db)
    }

    static func insert(_ withdrawal: Withdrawal, event: Int, _ db: Database) throws {
        try db.cachedStatement(sql: #"INSERT INTO withdrawal (event, target, "by", reason, at) VALUES (?, ?, ?, ?, ?)"#)
            .execute(arguments: [event, withdrawal.target, withdrawal.by, withdrawal.reason, withdrawal.at])
    }

    /// The events that count as if they had never been.
    static func withdrawn(at moment: Moment = .now, _ db: Database) throws -> Set<Int> {
        // What waits for a second person counts as little as what was taken back. A withdrawal comes after what it takes
        // back: from the newest on, each is known to count or not when it is read.
        var withdrawn = Set(moment.withdrawing).union(try ApprovalTable.notGranted(at: moment, db))
        for row in try db.rows(
            sql: "SELECT event, target FROM withdrawal WHERE event <= ? ORDER BY event DESC",
            arguments: [moment.last])
        {
            if !withdrawn.contains(row["event"]) { withdrawn.insert(row["target"]) }
        }
        return withdrawn
    }

    /// Every one that was ever made, with its event, in order.
    static func all(_ db: Database) throws -> [(event: Int, withdrawal: Withdrawal)] {
        try db.rows(sql: "SELECT * FROM withdrawal ORDER BY event").map {
            ($0["event"], Withdrawal(of: $0["target"], by: $0["by"], reason: $0["reason"], at: $0["at"]))
        }
    }
}
