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

    /// Brings the log of writes into the database and closes it. It cannot be used any more.
    func settle() throws {
        try StorageFailure.wrapping(databasePath) {
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try database.close()
        }
        try PrivateFile.synchronize(databasePath)
    }

    /// Tokens of all erased records and of their contents, by source: a copy from before an erasure has these records again.
    package struct ErasedNames: Sendable {
        let names: [String: Set<String>]
        let contents: [String: Set<String>]
        /// What the erasures said of their key: see `RecordToken`.
        let keys: Set<String>

        package var isEmpty: Bool { names.isEmpty && contents.isEmpty }

        /// Those that are not among others.
        package func without(_ others: ErasedNames) -> ErasedNames {
            func rest(_ own: [String: Set<String>], _ others: [String: Set<String>]) -> [String: Set<String>] {
                own.reduce(into: [:]) { rest, entry in
                    let left = entry.value.subtracting(others[entry.key] ?? [])
                    if !left.isEmpty { rest[entry.key] = left }
                }
            }
            return ErasedNames(
                names: rest(names, others.names), contents: rest(contents, others.contents), keys: keys)
        }
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
            return ErasedNames(names: names, contents: contents, keys: try RecordToken.subjects(db))
        }
    }

    /// Records that are not erased here and were elsewhere.
    ///
    /// - Parameter folder: with the key that recognises them.
    /// - Throws: `E-ERA-001` when it is not there, or another one.
    package func records(erasedAs erased: ErasedNames, keyIn folder: String) throws -> [SubjectRecord] {
        let erased = erased.without(try erasedNames())
        if erased.isEmpty { return [] }
        let token = try RecordToken(directory: folder, erasedUnder: erased.keys)
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
