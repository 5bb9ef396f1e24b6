import Foundation
import GRDB

/// A signed checkpoint as it was written to the outbox.
package struct StoredCheckpoint: Sendable, Hashable {
    /// Events it stands for; the sequence of the last one.
    package let size: Int
    /// The signed note.
    package let note: String
    /// Roots at the right edge of the Merkle tree, 32 bytes each, from which the tree goes on.
    package let edge: [UInt8]

    package init(size: Int, note: String, edge: [UInt8]) {
        self.size = size
        self.note = note
        self.edge = edge
    }
}

/// A key that signs checkpoints, and where its secret half is.
package struct StoredSigningKey: Sendable, Hashable {
    /// Its public half, as in the event.
    package let verifier: String
    /// Sequence of the event that brought it.
    package let event: Int
    /// Within the workspace, or absolute.
    package let file: String

    package init(verifier: String, event: Int, file: String) {
        self.verifier = verifier
        self.event = event
        self.file = file
    }
}

enum CheckpointTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE checkpoint (
                    size INTEGER PRIMARY KEY REFERENCES event (sequence),
                    note TEXT NOT NULL CHECK (note <> ''),
                    edge BLOB NOT NULL CHECK (length(edge) % 32 = 0)
                ) STRICT;
                CREATE TABLE signing_key (
                    event INTEGER PRIMARY KEY REFERENCES event (sequence),
                    verifier TEXT NOT NULL UNIQUE,
                    file TEXT NOT NULL CHECK (file <> '')
                ) STRICT;
                """)
        for table in ["checkpoint", "signing_key"] { try Migrations.makeAppendOnly(table, db) }
    }

    static func insert(_ checkpoint: StoredCheckpoint, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO checkpoint (size, note, edge) VALUES (?, ?, ?)",
            arguments: [checkpoint.size, checkpoint.note, Data(checkpoint.edge)])
    }

    static func insert(_ key: StoredSigningKey, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO signing_key (event, verifier, file) VALUES (?, ?, ?)",
            arguments: [key.event, key.verifier, key.file])
    }

    /// By size.
    static func all(_ db: Database) throws -> [StoredCheckpoint] {
        try db.rows(sql: "SELECT * FROM checkpoint ORDER BY size").map(checkpoint)
    }

    static func last(_ db: Database) throws -> StoredCheckpoint? {
        try db.row(sql: "SELECT * FROM checkpoint ORDER BY size DESC LIMIT 1").map(checkpoint)
    }

    /// The first that stands for this event too.
    static func first(holding sequence: Int, _ db: Database) throws -> StoredCheckpoint? {
        try db.row(
            sql: "SELECT * FROM checkpoint WHERE size >= ? ORDER BY size LIMIT 1", arguments: [sequence]
        ).map(checkpoint)
    }

    /// In the order they came.
    static func keys(_ db: Database) throws -> [StoredSigningKey] {
        try db.rows(sql: "SELECT * FROM signing_key ORDER BY event").map {
            StoredSigningKey(verifier: $0["verifier"], event: $0["event"], file: $0["file"])
        }
    }

    private static func checkpoint(_ row: Row) -> StoredCheckpoint {
        let edge: Data = row["edge"]
        return StoredCheckpoint(size: row["size"], note: row["note"], edge: Array(edge))
    }
}
