import Foundation
import GRDB
package import Records

/// One export that was read into the workspace.
package struct Batch: Sendable, Hashable {
    /// From 1.
    package let id: Int
    /// The source's name in the rule book.
    package let source: String
    package let file: SourceFile
    /// UTC, ISO 8601, to the second.
    package let importedAt: String
    package let counts: Counts
    /// Sequence of its `batch.imported`.
    package let event: Int
    /// SHA-256 over the digests of the record versions it brought and the order of its records, hex.
    package let digest: String
    let layout: RecordLayout

    /// Names of the fields that it was read into.
    package var fields: [String] { layout.columns.map(\.field) }

    /// How its records compare with what the workspace held of this source before.
    package struct Counts: Sendable, Hashable {
        package let records: Int
        package let new: Int
        package let changed: Int
        package let unchanged: Int
        /// Records of the source that are no longer in the export.
        package let vanished: Int
        /// Records of the export that were erased before, and are not stored.
        package let leftOut: Int
        /// Of the new ones those whose id somebody else had before.
        package let reassigned: Int

        package init(
            records: Int, new: Int, changed: Int, unchanged: Int, vanished: Int, leftOut: Int = 0, reassigned: Int = 0
        ) {
            self.records = records
            self.new = new
            self.changed = changed
            self.unchanged = unchanged
            self.vanished = vanished
            self.leftOut = leftOut
            self.reassigned = reassigned
        }
    }
}

enum BatchTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE source (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL UNIQUE CHECK (name <> '')
                ) STRICT;
                CREATE TABLE layout (
                    id INTEGER PRIMARY KEY,
                    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
                    columns TEXT NOT NULL
                ) STRICT;
                CREATE TABLE batch (
                    id INTEGER PRIMARY KEY,
                    source INTEGER NOT NULL REFERENCES source (id),
                    layout INTEGER NOT NULL REFERENCES layout (id),
                    path TEXT NOT NULL,
                    format TEXT NOT NULL CHECK (format IN ('csv', 'xml')),
                    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                    size INTEGER NOT NULL CHECK (size >= 0),
                    encoding TEXT NOT NULL,
                    dialect TEXT,
                    record_path TEXT,
                    imported_at TEXT NOT NULL CHECK (imported_at LIKE '____-__-__T__:__:__Z'),
                    -- The event that records it, which follows.
                    event INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX batch_source ON batch (source);
                -- What came of it; known when its records are stored.
                CREATE TABLE batch_content (
                    batch INTEGER PRIMARY KEY REFERENCES batch (id),
                    records INTEGER NOT NULL CHECK (records = new + changed + unchanged),
                    new INTEGER NOT NULL CHECK (new >= 0),
                    changed INTEGER NOT NULL CHECK (changed >= 0),
                    unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
                    vanished INTEGER NOT NULL CHECK (vanished >= 0),
                    -- Erased before, and not stored again.
                    left_out INTEGER NOT NULL CHECK (left_out >= 0),
                    -- Of the new ones: somebody else had the id before.
                    reassigned INTEGER NOT NULL CHECK (reassigned BETWEEN 0 AND new),
                    digest BLOB NOT NULL CHECK (length(digest) = 32),
                    -- Which records the export held, in its order, with line and byte of each (RecordOrder).
                    rows BLOB NOT NULL
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("batch", db)
        try Migrations.makeAppendOnly("batch_content", db)
    }

    static func sourceID(_ name: String, _ db: Database) throws -> Int64 {
        try db.execute(sql: "INSERT INTO source (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [name])
        return try db.value(Int64.self, sql: "SELECT id FROM source WHERE name = ?", arguments: [name]) ?? 0
    }

    static func layoutID(_ layout: RecordLayout, _ db: Database) throws -> Int64 {
        let digest = Data(layout.digest)
        try db.execute(
            sql: "INSERT INTO layout (digest, columns) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [digest, layout.text])
        return try db.value(Int64.self, sql: "SELECT id FROM layout WHERE digest = ?", arguments: [digest]) ?? 0
    }

    static func insert(
        source: SourceTable, layout: RecordLayout, importedAt: String, event: Int, _ db: Database
    ) throws -> Int64 {
        let file = source.file
        try db.execute(
            sql: """
                INSERT INTO batch
                    (source, layout, path, format, sha256, size, encoding, dialect, record_path, imported_at, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                try sourceID(source.source, db), try layoutID(layout, db), file.path, file.format.rawValue, file.sha256,
                file.size, file.encoding, try file.dialect.map { try JSON.text(StoredDialect($0)) }, file.recordPath,
                importedAt, event,
            ])
        return db.lastInsertedRowID
    }

    static func insert(
        _ counts: Batch.Counts, of batch: Int64, digest: [UInt8], order: [UInt8], _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO batch_content
                    (batch, records, new, changed, unchanged, vanished, left_out, reassigned, digest, rows)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch, counts.records, counts.new, counts.changed, counts.unchanged, counts.vanished, counts.leftOut,
                counts.reassigned, Data(digest), Data(order),
            ])
    }

    /// In the order of their import.
    static func all(_ db: Database, source: String? = nil) throws -> [Batch] {
        try db.rows(
            sql: """
                SELECT batch.*, records, new, changed, unchanged, vanished, left_out, reassigned, batch_content.digest,
                    source.name, layout.columns
                FROM batch JOIN batch_content ON batch_content.batch = batch.id
                JOIN source ON source.id = batch.source JOIN layout ON layout.id = batch.layout
                WHERE ?1 IS NULL OR source.name = ?1 ORDER BY batch.id
                """, arguments: [source]
        ).map(batch)
    }

    /// Those that nobody took back, in the order of their import.
    static func live(ofSource source: String? = nil, at moment: Moment = .now, _ db: Database) throws -> [Batch] {
        let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
        return try all(db, source: source).filter { $0.event <= moment.last && !withdrawn.contains($0.event) }
    }

    /// JSON: source → the newest batch that nobody took back.
    static func newest(_ db: Database) throws -> String {
        try JSON.text(Dictionary(try live(db).map { ($0.source, $0.id) }) { $1 })
    }

    static func latest(ofSource source: String, _ db: Database) throws -> Batch? {
        try all(db, source: source).last
    }

    static func order(of batch: Int, _ db: Database) throws -> [UInt8] {
        let rows = try db.value(Data.self, sql: "SELECT rows FROM batch_content WHERE batch = ?", arguments: [batch])
        return rows.map { Array($0) } ?? []
    }

    private static func batch(_ row: Row) -> Batch {
        let dialect: String? = row["dialect"]
        let digest: Data = row["digest"]
        return Batch(
            id: row["id"], source: row["name"],
            file: SourceFile(
                path: row["path"], format: SourceFile.Format(rawValue: row["format"]) ?? .csv, sha256: row["sha256"],
                size: row["size"], encoding: row["encoding"],
                dialect: dialect.flatMap { JSON.value(StoredDialect.self, $0)?.dialect }, recordPath: row["record_path"]
            ),
            importedAt: row["imported_at"],
            counts: Batch.Counts(
                records: row["records"], new: row["new"], changed: row["changed"], unchanged: row["unchanged"],
                vanished: row["vanished"], leftOut: row["left_out"],
                reassigned: row["reassigned"]),
            event: row["event"],
            digest: Hex.text(Array(digest)), layout: RecordLayout(text: row["columns"]))
    }
}

/// A `Dialect` as it is stored.
private struct StoredDialect: Codable {
    let delimiter: String
    let quote: String
    let hasHeader: Bool
    let lineEnding: String
    let hasByteOrderMark: Bool
    let guessed: [String]
    let headers: [String]

    init(_ dialect: Dialect) {
        delimiter = dialect.delimiter
        quote = dialect.quote
        hasHeader = dialect.hasHeader
        lineEnding = dialect.lineEnding
        hasByteOrderMark = dialect.hasByteOrderMark
        guessed = dialect.guessed
        headers = dialect.headers
    }

    var dialect: Dialect {
        Dialect(
            delimiter: delimiter, quote: quote, hasHeader: hasHeader, lineEnding: lineEnding,
            hasByteOrderMark: hasByteOrderMark, guessed: guessed, headers: headers)
    }
}
