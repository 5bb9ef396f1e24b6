import Foundation
import GRDB
import Records

/// What the review desk has to find fast: the scored pairs of the newest run with what became of each, the findings by their
/// facets, and the words that people search by.
///
/// A file beside the database that may be deleted at any time: it is made again from the store and the run's files. It holds
/// personal text (`term`), so an erasure deletes it. Readers do not wait for the writer.
package final class DeskIndex: Sendable {
    let database: DatabasePool
    package let path: String
    let memory = DeskMemory()

    private static let version = 5

    /// Opens the index of a workspace; makes an empty one where there is none, or one of another version.
    ///
    /// - Throws: `E-WS-005`, `E-WS-006`.
    package init(directory: String) throws {
        path = Self.path(in: directory)
        if try Self.isForeign(path) { Self.delete(in: directory) }
        try PrivateFile.touch(path)
        var configuration = Configuration()
        configuration.label = "desk"
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cache_size = -2048")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        let pool = try StorageFailure.wrapping(path) { [path] in
            try DatabasePool(path: path, configuration: configuration)
        }
        database = pool
        try StorageFailure.wrapping(path) {
            try pool.write { db in
                guard try !db.tableExists("mark") else { return }
                try Self.create(db)
                try Self.createCases(db)
                try Self.createOpinions(db)
                try db.execute(sql: "PRAGMA user_version = \(Self.version)")
            }
        }
    }

    package static func path(in directory: String) -> String { directory + "/desk.sqlite" }

    /// Takes the index away, side files too.
    package static func delete(in directory: String) {
        for ending in ["", "-wal", "-shm"] { unlink(path(in: directory) + ending) }
    }

    private static func isForeign(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        guard let database = try? DatabaseQueue(path: path) else { return true }
        let known = try? database.read { db in
            (try db.value(Int.self, sql: "PRAGMA user_version"), try db.tableExists("mark"))
        }
        return known.map { $0.1 && $0.0 != version } ?? true
    }

    private static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Of what the index was made.
                CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE pair (
                    id INTEGER PRIMARY KEY,
                    -- Stored records, and the persons they stood for in the run.
                    a INTEGER NOT NULL,
                    b INTEGER NOT NULL,
                    a_person INTEGER NOT NULL,
                    b_person INTEGER NOT NULL,
                    a_source TEXT NOT NULL,
                    b_source TEXT NOT NULL,
                    probability REAL NOT NULL,
                    weight REAL NOT NULL,
                    blocking_key TEXT NOT NULL,
                    class TEXT NOT NULL,
                    -- Four bits a compared field, the first lowest.
                    levels INTEGER NOT NULL,
                    -- A bit a compared field that has not its best level, nor is missing.
                    differs INTEGER NOT NULL,
                    reason TEXT NOT NULL,
                    area TEXT NOT NULL,
                    -- Records of both persons.
                    size INTEGER NOT NULL,
                    -- What a decision changes: more is more.
                    rank REAL NOT NULL,
                    -- As the run left it, and as it is now.
                    base INTEGER NOT NULL,
                    state INTEGER NOT NULL
                ) STRICT;
                -- Live decisions since the run.
                CREATE TABLE said (
                    a INTEGER NOT NULL,
                    b INTEGER NOT NULL,
                    a_person INTEGER NOT NULL,
                    b_person INTEGER NOT NULL,
                    verdict INTEGER NOT NULL,
                    "by" TEXT NOT NULL,
                    -- From 0 to 1: whether a second person is asked.
                    draw REAL NOT NULL,
                    PRIMARY KEY (a, b)
                ) STRICT, WITHOUT ROWID;
                -- A person that decisions since the run join with others → the smallest of them.
                CREATE TABLE joined (person INTEGER PRIMARY KEY, part INTEGER NOT NULL) STRICT;
                CREATE TABLE cluster (
                    person INTEGER PRIMARY KEY,
                    records INTEGER NOT NULL,
                    -- Of the links that hold it together, the weakest one that no other way goes around.
                    bridge REAL NOT NULL,
                    area TEXT NOT NULL
                ) STRICT;
                -- Pairs drawn for the audit sample, in the order of the draw; `pairs` of their stratum there are in all.
                CREATE TABLE sample (
                    stratum TEXT NOT NULL, place INTEGER NOT NULL, pair INTEGER NOT NULL, pairs INTEGER NOT NULL,
                    PRIMARY KEY (stratum, place)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE facet (
                    id INTEGER PRIMARY KEY,
                    "check" TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, source TEXT NOT NULL,
                    area TEXT NOT NULL, field TEXT NOT NULL, findings INTEGER NOT NULL,
                    -- Those among them that propose a value.
                    proposals INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE faceted (
                    facet INTEGER NOT NULL, finding INTEGER NOT NULL, record INTEGER NOT NULL,
                    proposes INTEGER NOT NULL,
                    PRIMARY KEY (facet, finding)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE term (key TEXT NOT NULL, record INTEGER NOT NULL) STRICT;
                """)
    }

    // MARK: Marks

    /// What the index was made of; `nil` when it is empty.
    package func mark(_ name: String) throws -> String? {
        try read { try $0.value(String.self, sql: "SELECT value FROM mark WHERE name = ?", arguments: [name]) }
    }

    package func mark(_ name: String, _ value: String) throws {
        try write { db in
            try db.execute(
                sql: "INSERT INTO mark VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", arguments: [name, value])
        }
    }

    /// All that `body` reads of the index is as of one moment.
    package func readAsOfNow<Result>(_ body: () throws -> Result) throws -> Result {
        try read { _ in try body() }
    }

    /// Within another read it reads as of the same moment.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StorageFailure.wrapping(path) {
            try database.unsafeReentrantRead { db in
                if db.isInsideTransaction { return try body(db) }
                var result: Result?
                try db.inTransaction(.deferred) {
                    result = try body(db)
                    return .commit
                }
                guard let result else { preconditionFailure("a transaction that ends has run its body") }
                return result
            }
        }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StorageFailure.wrapping(path) { try database.write(body) }
    }
}
