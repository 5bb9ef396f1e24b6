import Crypto
import GRDB

/// What was erased and by which event. Nothing in these tables says anything about a person: they vouch for rows whose
/// words are gone, and are what the guard rails of other tables look at before they let an erasure through.
enum ErasureTables {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- A record whose words are gone. `token` took the place of its id: a keyed hash, by which the next export
                -- that has the record is recognised (RecordToken); `contents` are those of its cells where the office gives no id, else
                -- of what it said of who it was (ErasedValues).
                CREATE TABLE erasure (
                    id INTEGER PRIMARY KEY,
                    record INTEGER NOT NULL UNIQUE REFERENCES record (id),
                    token TEXT NOT NULL CHECK (length(token) = 71),
                    contents TEXT NOT NULL,
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                -- A row that lost its words, or a finding that a later run worded otherwise: the digest that seals are made
                -- over, and that of what is there now. The newest holds.
                CREATE TABLE erased_row (
                    id INTEGER PRIMARY KEY,
                    "table" TEXT NOT NULL,
                    key INTEGER NOT NULL,
                    digest BLOB NOT NULL CHECK (length(digest) = 32),
                    remains BLOB NOT NULL CHECK (length(remains) = 32),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                CREATE INDEX erased_row_key ON erased_row ("table", key);
                -- A version whose time was over. Its digest says no more what its record is called: `name` does, the SHA-256 of
                -- salt and id. The salt goes with the record.
                CREATE TABLE removed_version (
                    id INTEGER PRIMARY KEY,
                    version INTEGER NOT NULL UNIQUE REFERENCES record_version (id),
                    name BLOB NOT NULL CHECK (length(name) = 32),
                    salt BLOB NOT NULL CHECK (length(salt) = 16),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                -- A run whose files were removed, but for its account and its checkpoint.
                CREATE TABLE emptied_run (
                    id INTEGER PRIMARY KEY,
                    run INTEGER NOT NULL REFERENCES run (id),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                """)
        for table in ["erasure", "erased_row", "emptied_run"] { try Migrations.makeAppendOnly(table, db) }
        try Migrations.makeAppendOnly("removed_version", unless: rowChange("removed_version"), db)
    }

    /// The id of an erased record becomes its token.
    static let recordChange = """
        NEW.id = OLD.id AND NEW.source = OLD.source AND NEW.occurrence = OLD.occurrence \
        AND EXISTS (SELECT 1 FROM erasure WHERE record = OLD.id AND token = NEW.record_id)
        """

    /// The cells of an erased record, or of a version whose time is over, go.
    static let versionChange = """
        NEW.id = OLD.id AND NEW.record = OLD.record AND NEW.batch = OLD.batch AND NEW.digest IS OLD.digest \
        AND NEW.cells IS NULL AND NEW.salt = zeroblob(16) AND (EXISTS (SELECT 1 FROM erasure WHERE record = OLD.record) \
        OR EXISTS (SELECT 1 FROM removed_version WHERE version = OLD.id))
        """

    /// A row of which an erasure keeps the digest loses its words.
    static func rowChange(_ table: String) -> String {
        "NEW.id = OLD.id AND EXISTS (SELECT 1 FROM erased_row WHERE \"table\" = '\(table)' AND key = OLD.id)"
    }

    /// Those that seals are made over, of rows that were changed.
    ///
    /// - Parameter list: keys, as a JSON array.
    static func sealedDigests(of table: String, in list: String, _ db: Database) throws -> [Int64: [UInt8]] {
        var digests: [Int64: [UInt8]] = [:]
        try BulkQuery(
            db,
            """
            SELECT key, digest FROM erased_row WHERE "table" = ? AND key IN (SELECT value FROM json_each(?))
            """, [table, list]
        ).eachRow { digests[$0.integer(0)] = Array($0.bytes(1)) }
        return digests
    }

    /// By key; of several the newest.
    static func erasedRows(
        of table: String, _ db: Database
    ) throws -> [Int64: (digest: [UInt8], remains: [UInt8])] {
        var rows: [Int64: (digest: [UInt8], remains: [UInt8])] = [:]
        try BulkQuery(db, "SELECT key, digest, remains FROM erased_row WHERE \"table\" = ? ORDER BY id", [table])
            .eachRow { rows[$0.integer(0)] = (Array($0.bytes(1)), Array($0.bytes(2))) }
        return rows
    }

    /// What stands in the place of an id, and of which of its holders.
    struct Name: Hashable {
        let token: String
        let holder: Int

        init(_ token: String, _ holder: Int) {
            self.token = token
            self.holder = holder
        }
    }

    static func names(_ db: Database) throws -> Set<Name> {
        var names: Set<Name> = []
        try BulkQuery(
            db, "SELECT token, occurrence FROM erasure JOIN record ON record.id = erasure.record"
        ).eachRow { names.insert(Name($0.text(0), Int($0.integer(1)))) }
        return names
    }

    /// What a removed version says of the id of its record.
    static func name(_ recordID: UnsafeBufferPointer<UInt8>, salt: some Collection<UInt8>) -> SHA256.Digest {
        var hash = SHA256()
        hash.update(data: Array(salt))
        hash.update(bufferPointer: UnsafeRawBufferPointer(recordID))
        return hash.finalize()
    }

    /// Record → the token that is its id now.
    static func tokens(_ db: Database) throws -> [Int64: String] {
        var tokens: [Int64: String] = [:]
        try BulkQuery(db, "SELECT record, token FROM erasure").eachRow { tokens[$0.integer(0)] = $0.text(1) }
        return tokens
    }
}
