import Foundation
import GRDB
import Records

/// The right to put another database in the place of that of a workspace: nobody else writes to the workspace until this
/// is gone.
package struct WorkspaceReplacement {
    private let directory: String
    private let lock: WorkspaceLock

    /// - Throws: `E-WS-001` busy, `E-WS-002`, `E-WS-005`, as the opening of a workspace.
    package init(directory: String) throws {
        try WorkspaceStore.prepareDirectory(directory)
        self.directory = directory
        lock = try WorkspaceLock(directory: directory, patience: .seconds(10))
    }

    /// The database that is to come, with the keys and folders of the workspace: what has to be said of it is said before it
    /// takes the place, so that no process can end in between. What `body` commits is on disk, in the one file, when this
    /// returns.
    ///
    /// - Parameter file: on the same file system.
    package func prepare<Result>(_ file: String, _ body: (WorkspaceStore) throws -> Result) throws -> Result {
        let store = try WorkspaceStore.open(file, of: directory, lock)
        let result = try body(store)
        try store.settle()
        return result
    }

    /// Keeps what it replaces in the folder `aside`. A process that ends in between leaves the old database, whole, or the
    /// new one.
    ///
    /// - Parameters:
    ///   - file: on the same file system; it is gone afterwards.
    ///   - folders: of the outbox; they go aside too.
    /// - Throws: `E-WS-001` while somebody reads the old one, `E-WS-005`.
    package func replace(with file: String, aside: String, folders: [String]) throws {
        let path = WorkspaceStore.databasePath(in: directory)
        try settle(path)
        func refuse(_ path: String) -> Failure {
            StorageFailure.unusable(path, reason: String(cString: strerror(errno)))
        }
        guard mkdir(aside, 0o700) == 0 || errno == EEXIST else { throw refuse(aside) }
        if !folders.isEmpty {
            guard mkdir(aside + "/outbox", 0o700) == 0 || errno == EEXIST else { throw refuse(aside) }
        }
        for name in folders {
            try PrivateFile.rename("\(directory)/outbox/\(name)", to: "\(aside)/outbox/\(name)")
        }
        if FileManager.default.fileExists(atPath: path) {
            guard link(path, aside + "/registry.sqlite") == 0 else { throw refuse(aside) }
            // A log of writes belongs to the database it was written for; only a damaged one still has any.
            if FileManager.default.fileExists(atPath: path + "-wal") {
                try PrivateFile.rename(path + "-wal", to: aside + "/registry.sqlite-wal")
            }
            unlink(path + "-shm")
            try PrivateFile.synchronize(aside)
        }
        try PrivateFile.rename(file, to: path)
        // Empty unless something was replaced.
        rmdir(aside)
    }

    /// The workspace with its new database; what an erasure left to do is done.
    package func open() throws -> WorkspaceStore {
        try WorkspaceStore.open(directory: directory, lock)
    }

    /// Brings the log of writes into the old database: without its log it would lack its newest commits, should the process
    /// end between the two renames. One that is damaged stays as it is.
    private func settle(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path + "-wal"),
            let database = try? DatabaseQueue(path: path, configuration: WorkspaceStore.configuration())
        else { return }
        defer { try? database.close() }
        let isBusy = try? database.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") != 0
        }
        guard isBusy == true else { return }
        throw Failure(
            .busy, code: "E-WS-001",
            Text(en: "another process reads the workspace", zh: "另一个进程正在读取工作区"), at: Place(file: directory),
            advice: Text(en: "try again when it is done", zh: "请等其结束后重试"))
    }
}
