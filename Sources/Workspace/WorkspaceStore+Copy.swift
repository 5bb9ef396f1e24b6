import Foundation
import GRDB
package import Records

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

    /// All erased records, by source: a copy from before an erasure has these records again.
    package struct ErasedNames: Sendable {
        /// By what took the place of the id: who had it.
        let names: [String: [String: [ErasedHolder]]]
        /// Tokens of what they held.
        let contents: [String: Set<String>]
        /// What the erasures said of their key: see `RecordToken`.
        let keys: Set<String>

        package var isEmpty: Bool { names.isEmpty && contents.isEmpty }

        /// Those that are not among others.
        package func without(_ others: ErasedNames) -> ErasedNames {
            let names = names.remaining { source, tokens in
                tokens.remaining { token, holders in
                    let known = Set((others.names[source]?[token] ?? []).map(\.number))
                    return holders.filter { !known.contains($0.number) }
                }
            }
            let contents = contents.remaining { source, contents in
                contents.subtracting(others.contents[source] ?? [])
            }
            return ErasedNames(names: names, contents: contents, keys: keys)
        }
    }

    package func erasedNames() throws -> ErasedNames {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT source.name, token, occurrence, contents FROM erasure JOIN record ON record.id = erasure.record
                    JOIN source ON source.id = record.source
                    """)
            var names: [String: [String: [ErasedHolder]]] = [:]
            var contents: [String: Set<String>] = [:]
            for row in rows {
                let texts = Set(JSON.texts(row[3]))
                names[row[0], default: [:]][row[1], default: []].append(ErasedHolder(number: row[2], values: texts))
                if !texts.isEmpty { contents[row[0], default: []].formUnion(texts) }
            }
            return ErasedNames(names: names, contents: contents, keys: try RecordToken.subjects(db))
        }
    }

    /// Records that are not erased here and were elsewhere.
    ///
    /// - Parameters:
    ///   - folder: with the key that recognises them.
    ///   - schema: of this copy's rules.
    /// - Throws: `E-ERA-001` when it is not there, or another one.
    package func records(
        erasedAs erased: ErasedNames, keyIn folder: String, schema: Schema?
    ) throws -> [SubjectRecord] {
        let erased = erased.without(try erasedNames())
        if erased.isEmpty { return [] }
        let token = try RecordToken(directory: folder, erasedUnder: erased.keys)
        let fields = schema.map(ErasedValues.fields) ?? []
        return try read { db in
            var found: [Int64] = []
            for (source, names) in erased.names {
                var named: [Int64: [ErasedHolder]] = [:]
                try BulkQuery(
                    db,
                    """
                    SELECT record.id, record_id FROM record JOIN source ON source.id = record.source
                    WHERE source.name = ? AND record.id NOT IN (SELECT record FROM erasure)
                    """, [source]
                ).eachRow { row in
                    if let holders = names[token.name(source: source, recordID: row.text(1))] {
                        named[row.integer(0)] = holders
                    }
                }
                for record in try Self.records(
                    "record.id IN (SELECT value FROM json_each(?))", [try JSON.text(named.keys.sorted())], db)
                {
                    let values = Set(try ErasedValues.all(of: record, fields: fields, token, db))
                    if named[record.id]?.contains(where: { $0.isOne(record.holder, of: values) }) == true {
                        found.append(record.id)
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

extension Dictionary {
    /// Those that have anything left.
    fileprivate func remaining<Left: Collection>(_ left: (Key, Value) -> Left) -> [Key: Left] {
        reduce(into: [:]) { rest, entry in
            let left = left(entry.key, entry.value)
            if !left.isEmpty { rest[entry.key] = left }
        }
    }
}
