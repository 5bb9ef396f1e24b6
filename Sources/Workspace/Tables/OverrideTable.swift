import GRDB
import Records

/// What somebody wrote into a cell of the master.
package struct StoredOverride: Sendable, Hashable {
    /// 0 when it is not stored yet.
    package let id: Int
    /// Sequence of the event that records it.
    package let event: Int
    /// Its name in the schema.
    package let field: String
    package let text: String
    package let by: String
    package let reason: String
    package let at: String
    /// Stored records of the person it was written for, ascending.
    package let records: [Int64]

    package init(
        id: Int = 0, event: Int, field: String, text: String, by: String, reason: String, at: String, records: [Int64]
    ) {
        self.id = id
        self.event = event
        self.field = field
        self.text = text
        self.by = by
        self.reason = reason
        self.at = at
        self.records = records
    }
}

/// Cells of the master that somebody wrote, and the records of the person they were written for.
enum OverrideTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE cell_override (
                    id INTEGER PRIMARY KEY,
                    field TEXT NOT NULL CHECK (field <> ''),
                    text TEXT NOT NULL,
                    "by" TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z'),
                    -- As in `decision`.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                CREATE TABLE cell_override_record (
                    override INTEGER NOT NULL REFERENCES cell_override (id),
                    record INTEGER NOT NULL REFERENCES record (id),
                    PRIMARY KEY (override, record)
                ) STRICT, WITHOUT ROWID;
                """)
        try Migrations.makeAppendOnly("cell_override", unless: ErasureTables.rowChange("cell_override"), db)
        try Migrations.makeAppendOnly("cell_override_record", db)
    }

    /// The id of the new row.
    static func insert(_ override: StoredOverride, _ db: Database) throws -> Int {
        try db.execute(
            sql: #"INSERT INTO cell_override (field, text, "by", reason, at, event) VALUES (?, ?, ?, ?, ?, ?)"#,
            arguments: [override.field, override.text, override.by, override.reason, override.at, override.event])
        let id = Int(db.lastInsertedRowID)
        for record in override.records {
            try db.execute(
                sql: "INSERT INTO cell_override_record (override, record) VALUES (?, ?)", arguments: [id, record])
        }
        return id
    }

    /// Those that nobody took back or erased, by event.
    static func live(at moment: Moment = .now, _ db: Database) throws -> [StoredOverride] {
        let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
        let erased = try ErasureTables.erasedRows(of: "cell_override", db)
        var records: [Int64: [Int64]] = [:]
        try BulkQuery(db, "SELECT override, record FROM cell_override_record ORDER BY override, record").eachRow {
            records[$0.integer(0), default: []].append($0.integer(1))
        }
        return try db.rows(
            sql: "SELECT * FROM cell_override WHERE event <= ? ORDER BY event, id", arguments: [moment.last]
        ).filter { !withdrawn.contains($0["event"]) && erased[$0["id"]] == nil }.map { override in
            StoredOverride(
                id: override["id"], event: override["event"], field: override["field"], text: override["text"],
                by: override["by"], reason: override["reason"], at: override["at"],
                records: records[override["id"]] ?? [])
        }
    }
}
