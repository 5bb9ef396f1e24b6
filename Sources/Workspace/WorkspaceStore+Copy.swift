import Foundation
import GRDB
import Records

extension WorkspaceStore {
    /// Writes the database as it stands into a new file (0600), without free pages and what they once held; on disk when the
    /// call returns.
    ///
    /// - Throws: `E-WS-005`, `E-WS-006`, and then there is no file.
    package func copyDatabase(to path: String) throws {
        // SQLite fills a file that is there and empty, and leaves its mode.
        try PrivateFile.write([], to: path)
        do {
            try StorageFailure.wrapping(path) {
                try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
            }
            try PrivateFile.synchronize(path)
            try PrivateFile.synchronize((path as NSString).deletingLastPathComponent)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Puts a database in the place of that of a workspace, and keeps what it replaces in the folder `aside`. Nobody may have
    /// the workspace open for writing; a process that ends in between leaves the old database or the new one.
    ///
    /// - Parameters:
    ///   - file: on the same file system; it is gone afterwards.
    ///   - folders: of the outbox; they go aside too.
    package static func replaceDatabase(
        in directory: String, with file: String, aside: String, folders: [String]
    ) throws {
        let lock = try WorkspaceLock(directory: directory, patience: .seconds(10))
        defer { withExtendedLifetime(lock) {} }
        let path = databasePath(in: directory)
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
            // A log of writes belongs to the database it was written for.
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

    /// Tokens of all erased records and of their contents, by source: a copy from before an erasure has these records again.
    package struct ErasedNames: Sendable {
        let names: [String: Set<String>]
        let contents: [String: Set<String>]

        package var isEmpty: Bool { names.isEmpty && contents.isEmpty }
    }

    package func erasedNames() throws -> ErasedNames {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT source.name, token, contents FROM erasure JOIN record ON record.id = erasure.record
                    JOIN source ON source.id = record.source
                    """)
            var (names, contents): ([String: Set<String>], [String: Set<String>]) = ([:], [:])
            for row in rows {
                names[row[0], default: []].insert(row[1])
                let texts = JSON.texts(row[2])
                if !texts.isEmpty { contents[row[0], default: []].formUnion(texts) }
            }
            return ErasedNames(names: names, contents: contents)
        }
    }

    /// Records that are not erased here and were elsewhere.
    ///
    /// - Throws: `E-ERA-001` when the key that recognises them is not there.
    package func records(erasedAs erased: ErasedNames) throws -> [SubjectRecord] {
        if erased.isEmpty { return [] }
        let token = try RecordToken(directory: directory)
        return try read { db in
            var found: [Int64] = []
            for (source, names) in erased.names {
                try BulkQuery(
                    db,
                    """
                    SELECT record.id, record_id FROM record JOIN source ON source.id = record.source
                    WHERE source.name = ? AND record.id NOT IN (SELECT record FROM erasure)
                    """, [source]
                ).eachRow { row in
                    if names.contains(token.name(source: source, recordID: row.text(1))) {
                        found.append(row.integer(0))
                    }
                }
            }
            for (source, contents) in erased.contents {
                let layouts = Dictionary(
                    try BatchTable.all(db, source: source).map { (Int64($0.id), $0.layout.digest) }
                ) { first, _ in first }
                try BulkQuery(
                    db,
                    """
                    SELECT record, batch, cells FROM record_version JOIN record ON record.id = record_version.record
                    JOIN source ON source.id = record.source WHERE source.name = ? AND cells IS NOT NULL
                    """, [source]
                ).eachRow { row in
                    let content = token.content(
                        source: source, layout: layouts[row.integer(1)] ?? [],
                        cells: UnsafeRawBufferPointer(row.bytes(2)))
                    if contents.contains(content) { found.append(row.integer(0)) }
                }
            }
            return try Self.records(
                "record.id IN (SELECT value FROM json_each(?))", [try JSON.text(Set(found).sorted())], db)
        }
    }
}
