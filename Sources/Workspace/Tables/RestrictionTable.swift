import GRDB

/// What was said of a record's restriction: a restricted one stays stored and is used for nothing. The latest row of a
/// record holds.
enum RestrictionTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE restriction (
                    id INTEGER PRIMARY KEY,
                    record INTEGER NOT NULL REFERENCES record (id),
                    word TEXT NOT NULL CHECK (word IN ('restrict', 'lift')),
                    "by" TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z'),
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                CREATE INDEX restriction_record ON restriction (record);
                """)
        try Migrations.makeAppendOnly("restriction", unless: ErasureTables.rowChange("restriction"), db)
    }

    /// SQL: of each record that is restricted the row that says so.
    static func live(at moment: Moment = .now) -> String {
        """
        SELECT * FROM restriction WHERE word = 'restrict' AND id IN (
            SELECT max(id) FROM restriction WHERE event <= \(moment.last) GROUP BY record)
        """
    }

    /// Records that no run uses, restricted and erased ones, ascending.
    static func leftOut(_ db: Database) throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT record FROM (\(live())) UNION SELECT record FROM erasure ORDER BY 1")
    }
}
