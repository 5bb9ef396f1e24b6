import Foundation
import GRDB
import GRDBSQLite
import Records

/// The open workspace: a directory with the database of a registry and the outbox of its runs.
///
/// One process at a time has it open for writing, through one connection; any number may read. (SQLite before 3.51.3 can
/// damage a database that two connections write at the same instant.) A commit is on disk when it returns.
package final class WorkspaceStore: Sendable {
    package let directory: String
    let database: any DatabaseWriter
    let memory = StoreMemory()
    /// `nil` when open for reading.
    private let lock: WorkspaceLock?
    let databasePath: String

    private init(directory: String, database: any DatabaseWriter, at path: String, lock: WorkspaceLock?) {
        self.directory = directory
        self.database = database
        databasePath = path
        self.lock = lock
    }

    deinit {
        // Before the lock is given up: whoever takes it next finds no connection that is still being closed.
        try? database.close()
    }

    /// Where a run's files go unless the user says otherwise.
    package var outbox: String { directory + "/outbox" }

    /// The folder that the files of a run were written to.
    package func path(of run: StoredRun) -> String { run.folder(in: directory) }

    static func databasePath(in directory: String) -> String { directory + "/registry.sqlite" }

    package static func exists(at directory: String) -> Bool {
        FileManager.default.fileExists(atPath: databasePath(in: directory))
    }

    /// Opens a workspace for writing; makes it if there is none.
    ///
    /// - Parameter patience: how long to wait for another process to be done.
    /// - Throws: `E-WS-001` busy · `E-WS-002` on a network file system · `E-WS-003` made by a newer version · `E-WS-010` by
    ///   another one, with other tables ·
    ///   `E-WS-004` damaged · `E-WS-005` cannot be read or written · `E-WS-006` no space left.
    package static func open(directory: String, patience: Duration = .seconds(10)) throws -> WorkspaceStore {
        try prepareDirectory(directory)
        return try open(directory: directory, try WorkspaceLock(directory: directory, patience: patience))
    }

    static func open(directory: String, _ lock: WorkspaceLock) throws -> WorkspaceStore {
        let store = try open(databasePath(in: directory), of: directory, lock)
        ProcessFolder.clearLeftovers(for: ProcessFolder.outgoing, in: directory)
        try StorageFailure.wrapping(store.databasePath) { try store.finishInterruptedErasure() }
        return store
    }

    /// - Parameter path: the database, which may be one that is to take the place of the workspace's.
    static func open(_ path: String, of directory: String, _ lock: WorkspaceLock) throws -> WorkspaceStore {
        // SQLite gives its side files the mode of the database.
        try PrivateFile.touch(path)
        return try StorageFailure.wrapping(path) {
            let database = try DatabaseQueue(path: path, configuration: configuration())
            try refuseNewer(database, path)
            try refuseForeign(database, path)
            try database.inDatabase { db in
                try db.execute(sql: "PRAGMA journal_mode = WAL")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            }
            try Migrations.migrator.migrate(database)
            return WorkspaceStore(directory: directory, database: database, at: path, lock: lock)
        }
    }

    /// Opens an existing workspace for reading. Does not wait for a writer: it sees the last commit.
    ///
    /// - Throws: as `open`, and `E-WS-007` when there is none, `E-WS-011` when a writer has to bring it up to date first.
    package static func openReadOnly(directory: String) throws -> WorkspaceStore {
        let path = databasePath(in: directory)
        let missing = Failure(
            .notDone, code: "E-WS-007",
            Text(en: "\(directory) holds no workspace", zh: "\(directory) 中没有工作区"),
            advice: Text(en: "run “qingku clean” first", zh: "请先运行 qingku clean"))
        guard exists(at: directory) else {
            var isFolder: ObjCBool = false
            let isThere =
                FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder) && isFolder.boolValue
            guard isThere, access(directory, R_OK | X_OK) != 0 else { throw missing }
            throw StorageFailure.unusable(directory, reason: String(cString: strerror(errno)))
        }
        return try StorageFailure.wrapping(path) {
            var configuration = configuration()
            configuration.readonly = true
            configuration.maximumReaderCount = Self.mostReaders
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -4096") }
            let database = try DatabasePool(path: path, configuration: configuration)
            guard try database.read({ try $0.tableExists("grdb_migrations") }) else {
                // Its first run has not got far enough, or was ended: whoever has the lock says which.
                _ = try WorkspaceLock(directory: directory, patience: .zero)
                throw missing
            }
            try refuseNewer(database, path)
            try refuseForeign(database, path)
            guard try database.read(Migrations.migrator.hasCompletedMigrations) else {
                throw try database.read(Migrations.migrator.appliedIdentifiers).isEmpty ? missing : Self.outdated(path)
            }
            return WorkspaceStore(directory: directory, database: database, at: path, lock: nil)
        }
    }

    /// Opens a workspace for writing that is there already.
    ///
    /// - Throws: as `open` and `openReadOnly`.
    package static func openExisting(directory: String) throws -> WorkspaceStore {
        // Reading first: a workspace that is not there is not made.
        _ = try openReadOnly(directory: directory)
        return try open(directory: directory)
    }

    /// Everything `body` writes becomes visible at once, or, if it throws or the process dies, not at all.
    ///
    /// - Parameter isSmall: it writes a few rows, whose references are looked up one by one; else whole tables are checked, which
    ///   is less for many rows and more for a word in a registry with a long trail.
    @discardableResult
    package func commit<Result>(isSmall: Bool = false, _ body: (WorkspaceWriter) throws -> Result) throws -> Result {
        guard lock != nil else {
            preconditionFailure("a workspace that is open for reading cannot be written to")
        }
        return try StorageFailure.wrapping(databasePath) {
            try database.writeWithoutTransaction { db in
                if isSmall {
                    return try Self.inTransaction(db) {
                        // Rows come before the event that they refer to.
                        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
                        return try body(WorkspaceWriter(db))
                    }
                }
                // Records, persons and findings refer to rows that the commit numbered itself or read before; looking each of
                // these references up takes as long as storing it and is left to `verify`. The small tables are checked.
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
                return try Self.withFewerWrites(db) {
                    try Self.inTransaction(db) {
                        let result = try body(WorkspaceWriter(db))
                        for table in Self.checkedTables { try db.checkForeignKeys(in: table) }
                        try Interruption.check()
                        return result
                    }
                }
            }
        }
    }

    /// What a new workspace takes in is all new pages, which a rollback journal has no need to keep: they are written once, where a
    /// write-ahead log writes them twice. Others have nothing to read yet, so nobody minds that they wait.
    private static func withFewerWrites<Result>(_ db: Database, _ body: () throws -> Result) throws -> Result {
        if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM batch)") == true { return try body() }
        // Where somebody looks into it all the same the log stays; where it cannot be gone back to now, whoever opens the workspace
        // next does.
        try? db.execute(sql: "PRAGMA journal_mode = DELETE")
        defer { try? db.execute(sql: "PRAGMA journal_mode = WAL") }
        return try body()
    }

    private static func inTransaction<Result>(_ db: Database, _ body: () throws -> Result) throws -> Result {
        var result: Result?
        try db.inTransaction(.immediate) {
            result = try body()
            return .commit
        }
        guard let result else { preconditionFailure("a transaction that ends has run its body") }
        return result
    }

    private static let checkedTables = [
        "batch", "batch_content", "event_payload", "run", "run_batch", "run_output", "person_alias", "waiver",
        "decision", "cell_override", "cell_override_record", "withdrawal", "approval",
        "restriction", "erasure", "emptied_run", "account", "calibration", "person_floor",
    ]

    /// All that `body` reads of the workspace is as of one moment, whatever others commit meanwhile.
    package func readAsOfNow<Result>(_ body: () throws -> Result) throws -> Result {
        try read { _ in try body() }
    }

    /// The same for a body that looks at every row and every index, which are held against each other: with a small cache most of
    /// them would be read again and again.
    package func readAllAsOfNow<Result>(_ body: () throws -> Result) throws -> Result {
        try read { db in
            try db.execute(sql: "PRAGMA cache_size = -32768")
            defer { try? db.execute(sql: "PRAGMA cache_size = -4096") }
            return try body()
        }
    }

    /// Within another read it reads as of the same moment.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StorageFailure.wrapping(databasePath) {
            try database.unsafeReentrantRead { db in
                if db.isInsideTransaction { return try body(db) }
                return try db.readOnly {
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
    }

    /// Of the threads that read at once; each has a connection of its own.
    private static let mostReaders = 3

    // MARK: - Opening

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "workspace"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            try db.execute(sql: "PRAGMA cache_size = -65536")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // A statement that takes long stops when somebody asks the process to.
            sqlite3_progress_handler(db.sqliteConnection, 100_000, { _ in Interruption.isAsked ? 1 : 0 }, nil)
        }
        return configuration
    }

    private static func refuseNewer(_ database: any DatabaseReader, _ path: String) throws {
        guard try database.read(Migrations.migrator.hasBeenSuperseded) else { return }
        throw Failure(
            .notDone, code: "E-WS-003",
            Text(en: "the workspace was made by a newer version of qingku", zh: "该工作区由更新版本的 qingku 创建"),
            at: Place(file: path),
            advice: Text(en: "update qingku; nothing was changed", zh: "请升级 qingku；未作任何改动"))
    }

    /// Tables of an earlier build that are laid out otherwise and are called the same.
    private static func refuseForeign(_ database: any DatabaseReader, _ path: String) throws {
        let isForeign = try database.read { db in
            try SchemaCheck.isOfAnotherVersion(db, isComplete: try Migrations.migrator.hasCompletedMigrations(db))
        }
        guard isForeign else { return }
        throw Failure(
            .notDone, code: "E-WS-010",
            Text(
                en: "the workspace was made by another version of qingku, which laid out its tables otherwise",
                zh: "该工作区由另一版本的 qingku 创建，其数据表结构不同"),
            at: Place(file: path),
            advice: Text(
                en:
                    "Open it with the version that made it, or clean the exports into a new one (--workspace with another name); nothing was changed.",
                zh: "请用创建它的版本打开，或将导出文件清理到新的工作区（用 --workspace 指定其他名称）；未作任何改动。"))
    }

    private static func outdated(_ path: String) -> Failure {
        Failure(
            .notDone, code: "E-WS-011",
            Text(
                en: "the workspace was made by an earlier version of qingku and has to be brought up to date",
                zh: "该工作区由较早版本的 qingku 创建，需要更新"),
            at: Place(file: path),
            advice: Text(
                en: "“qingku clean” with its rule book and exports does that.", zh: "用其规则文件和导出文件运行 qingku clean 即可更新。"))
    }

    static func prepareDirectory(_ directory: String) throws {
        if !FileManager.default.fileExists(atPath: directory) {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw StorageFailure.unusable(directory, reason: error.localizedDescription)
            }
        }
        if let kind = MountTable.current.networkFileSystem(of: directory) {
            throw Failure(
                .storage, code: "E-WS-002",
                Text(
                    en: "the workspace would lie on a network file system (\(kind)), where a database is not safe",
                    zh: "工作区位于网络文件系统（\(kind)）上，数据库在其中不安全"),
                at: Place(file: directory),
                advice: Text(
                    en: "name a folder on a local disk with --workspace", zh: "请用 --workspace 指定本地磁盘上的文件夹"))
        }
    }
}
