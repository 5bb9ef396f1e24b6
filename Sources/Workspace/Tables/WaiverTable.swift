import GRDB
import Records

/// What was said of a finding's waiver.
package enum WaiverWord: String, Sendable, CaseIterable {
    case waive
    /// Somebody does not accept the finding any more.
    case takeBack = "take-back"
    /// The value it was given for has changed.
    case lapse
    /// Its last day has passed.
    case expire
}

/// What people said of findings, and how it ended. Never deleted: the latest row of a finding holds.
enum WaiverTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE waiver (
                    id INTEGER PRIMARY KEY,
                    finding INTEGER NOT NULL REFERENCES finding (id),
                    word TEXT NOT NULL CHECK (word IN ('waive', 'take-back', 'lapse', 'expire')),
                    "by" TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z'),
                    until TEXT CHECK (until LIKE '____-__-__'),
                    -- AcceptedValue.value: what the waiver was given for.
                    value INTEGER NOT NULL,
                    -- As in `decision`.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                CREATE INDEX waiver_finding ON waiver (finding);
                """)
        try Migrations.makeAppendOnly("waiver", unless: ErasureTables.rowChange("waiver"), db)
    }

    static func insert(_ waiver: Waiver, _ word: WaiverWord, event: Int, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO waiver (finding, word, "by", reason, at, until, value, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            Int64(bitPattern: waiver.finding), word.rawValue, waiver.by, waiver.reason, waiver.at, waiver.until,
            Int64(bitPattern: waiver.value), event,
        ])
    }

    /// Those that are in force but for their last day, by finding.
    static func live(at moment: Moment = .now, _ db: Database) throws -> [Waiver] {
        let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
        let sql = live(withdrawn: withdrawn, to: moment.last) + " ORDER BY finding"
        return try Row.fetchAll(db, sql: sql).map(waiver)
    }

    /// SQL: the rows of `live`.
    ///
    /// - Parameter withdrawn: events that count as if they had never been.
    static func live(withdrawn: Set<Int>, to last: Int = .max) -> String {
        let withdrawn = withdrawn.sorted().map(String.init).joined(separator: ", ")
        return """
            SELECT * FROM waiver WHERE word = 'waive' AND id IN (
                SELECT max(id) FROM waiver WHERE event <= \(last) AND event NOT IN (\(withdrawn))
                GROUP BY finding)
            """
    }

    /// Everything that was said of a finding, in order.
    static func history(of finding: Int64, _ db: Database) throws -> [(word: WaiverWord, waiver: Waiver, event: Int)] {
        try Row.fetchAll(db, sql: "SELECT * FROM waiver WHERE finding = ? ORDER BY id", arguments: [finding]).map {
            (WaiverWord(rawValue: $0["word"]) ?? .waive, waiver($0), $0["event"])
        }
    }

    private static func waiver(_ row: Row) -> Waiver {
        Waiver(
            finding: UInt64(bitPattern: row["finding"]), by: row["by"], reason: row["reason"], at: row["at"],
            until: row["until"], value: UInt64(bitPattern: row["value"]))
    }
}
