import Crypto
import Foundation
import GRDB
import Records

/// What an erasure leaves to do once its commit stands: files, free pages, the log of writes. A process that ends in
/// between leaves a mark, and the next command that writes finishes.
extension WorkspaceStore {
    private var mark: String { directory + "/erasure.pending" }

    /// Goes before the commit of an erasure.
    package func beginErasure() throws {
        if !FileManager.default.fileExists(atPath: mark) { try PrivateFile.write([], to: mark) }
        try StorageFailure.wrapping(databasePath) {
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        }
    }

    /// Removes the files of emptied runs, and what is left of erased rows in the database file and its log.
    ///
    /// - Returns: false while somebody reads the database: then the next command that writes finishes.
    @discardableResult
    package func finishErasure() throws -> Bool {
        let runs = try runs(nil)
        let emptied = try emptiedRuns()
        for (place, run) in runs.enumerated() where emptied.contains(run.id) {
            // A folder that a later run wrote is that run's, with all that lies in it.
            let later = runs[(place + 1)...].filter { !emptied.contains($0.id) }
            try removeFiles(of: run, but: Set(later.map { Self.resolved(path(of: $0)) }))
        }
        // What is open of it goes on without its name; who has it open makes it anew.
        DeskIndex.delete(in: directory)
        MatchCacheFile.delete(in: directory)
        // Copies of earlier runs, which can be made again of what is left.
        let known = Set(runs.map { Self.resolved(path(of: $0)) })
        for name in try entries(outbox) where !name.hasPrefix(".") {
            let folder = Self.resolved(outbox + "/" + name)
            let isOfRun = known.contains { $0 == folder || $0.hasPrefix(folder + "/") }
            if !isOfRun, FileManager.default.fileExists(atPath: folder + "/run.json") {
                try FileManager.default.removeItem(atPath: folder)
            }
        }
        // What killed runs and killed restores left.
        for name in try entries(outbox) where name.hasPrefix(".") && name.contains(".tmp-") {
            try? FileManager.default.removeItem(atPath: outbox + "/" + name)
        }
        for name in try entries(directory) where name.hasPrefix(".registry.sqlite.tmp-") {
            try? FileManager.default.removeItem(atPath: directory + "/" + name)
        }
        let isDone = try StorageFailure.wrapping(databasePath) {
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA secure_delete = ON")
                try db.execute(sql: "VACUUM")
                return try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
            }
        }
        guard isDone else { return false }
        // The checkpoint has written the database to the disk; opening it here would take SQLite's locks away.
        unlink(mark)
        try PrivateFile.synchronize(directory)
        return true
    }

    func finishInterruptedErasure() throws {
        if FileManager.default.fileExists(atPath: mark) { try finishErasure() }
    }

    /// Whether the files of a run went with records that were erased.
    package func isEmptied(_ run: StoredRun) throws -> Bool {
        try read { db in
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM emptied_run WHERE run = ?)", arguments: [run.id])
                ?? false
        }
    }

    func emptiedRuns() throws -> Set<Int> {
        Set(try read { try Int.fetchAll($0, sql: "SELECT run FROM emptied_run") })
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// What stays in the folder of an emptied run: its account, which has counts alone, and its checkpoint.
    package static let keptFiles = ["run.json", "checkpoint.txt"]

    /// In the outbox all but what stays; in a folder of the user's the files that are still as the run wrote them.
    ///
    /// - Parameter later: folders of runs that keep their files.
    private func removeFiles(of run: StoredRun, but later: Set<String>) throws {
        let folder = Self.resolved(path(of: run))
        if later.contains(folder) { return }
        if folder.hasPrefix(Self.resolved(outbox) + "/") {
            for name in try entries(folder) where !Self.keptFiles.contains(name) {
                let path = folder + "/" + name
                if later.contains(where: { $0 == path || $0.hasPrefix(path + "/") }) { continue }
                try FileManager.default.removeItem(atPath: path)
            }
        } else {
            for output in run.outputs where !Self.keptFiles.contains(output.path) {
                let path = folder + "/" + output.path
                if FileDigest(ofFile: path)?.sha256 == output.sha256 {
                    try FileManager.default.removeItem(atPath: path)
                }
            }
        }
        if FileManager.default.fileExists(atPath: folder) { try PrivateFile.synchronize(folder) }
    }

    private func entries(_ folder: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}
