import Crypto
import Foundation
import GRDB
package import Records

/// The records that are used for nothing: restricted ones, and those that were erased and stand in an export again.
package struct Exclusions: Sendable {
    /// By source and record id: which of the holders of the id.
    private let restricted: [String: [String: Set<Int>]]
    /// Digests of layout and cells, of restricted records that are called after their place.
    private let restrictedContents: [String: Set<SHA256Bytes>]
    /// By source and token of the id.
    private let names: [String: [String: [ErasedHolder]]]
    private let contents: [String: Set<String>]
    /// `nil` when nothing was erased.
    private let token: RecordToken?
    /// Sources whose records are called after their place, which another record has in the next export.
    private let unnamed: Set<String>
    /// Of all of it, hex: a run without the same exclusions is another run. Empty when there are none.
    package let digest: String

    package static let none = Exclusions(
        restricted: [:], restrictedContents: [:], names: [:], contents: [:], token: nil, unnamed: [])

    /// Whether a record is restricted by its id.
    package func restricts(_ key: RecordKey) -> Bool {
        restricted[key.source]?[key.recordID]?.contains(key.holder) ?? false
    }

    /// Whether an issue of an export is about a record that is restricted, or may be: one that is called after its place is not
    /// known by it.
    package func hides(_ issue: ImportIssue) -> Bool {
        if restricted[issue.source]?[issue.recordID] != nil { return true }
        return RecordKey.isPlace(issue.recordID) && !(restrictedContents[issue.source] ?? []).isEmpty
    }

    /// Whether the id is that of a record that was erased; somebody else may have it since.
    package func wasErased(_ recordID: String, of source: String) -> Bool {
        guard let token, let names = names[source] else { return false }
        return names[token.name(source: source, recordID: recordID)] != nil
    }

    private init(
        restricted: [String: [String: Set<Int>]], restrictedContents: [String: Set<SHA256Bytes>],
        names: [String: [String: [ErasedHolder]]], contents: [String: Set<String>], token: RecordToken?,
        unnamed: Set<String>, events: [Int] = []
    ) {
        self.restricted = restricted
        self.restrictedContents = restrictedContents
        self.names = names
        self.contents = contents
        self.token = token
        self.unnamed = unnamed
        var hash = SHA256()
        let restrictedIDs = restricted.mapValues { ids in
            Set(ids.flatMap { id, holders in holders.map { $0 == 0 ? id : "\(id)\u{1F}\($0)" } })
        }
        let tokens = names.mapValues { Set($0.keys) }
        for (word, sets) in [("restricted", restrictedIDs), ("name", tokens), ("content", contents)] {
            for (source, set) in sets.sorted(by: { $0.key < $1.key }) {
                for text in set.sorted() { hash.update(data: Array("\(word)\u{1F}\(source)\u{1F}\(text)\u{1E}".utf8)) }
            }
        }
        // A record that is called after its place may be another one when the same place is restricted again.
        for event in events { hash.update(data: Array("event\u{1F}\(event)\u{1E}".utf8)) }
        let isEmpty = restricted.isEmpty && names.isEmpty && contents.isEmpty
        digest = isEmpty ? "" : Hex.text(hash.finalize())
    }

    init(directory: String, at moment: Moment, unnamed: Set<String>, _ db: Database) throws {
        func sets(_ sql: String, _ value: (Row) -> [String]) throws -> [String: Set<String>] {
            var sets: [String: Set<String>] = [:]
            for row in try Row.fetchAll(db, sql: sql) { sets[row[0], default: []].formUnion(value(row)) }
            return sets.filter { !$0.value.isEmpty }
        }
        let erased = """
            FROM erasure JOIN record ON record.id = erasure.record JOIN source ON source.id = record.source
            """
        var restricted: [String: [String: Set<Int>]] = [:]
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT source.name, record_id, occurrence FROM (\(RestrictionTable.live(at: moment))) AS restriction
                JOIN record ON record.id = restriction.record JOIN source ON source.id = record.source
                """)
        { restricted[row[0], default: [:]][row[1], default: []].insert(row[2]) }
        var names: [String: [String: [ErasedHolder]]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT source.name, token, occurrence, contents \(erased)") {
            let holder = ErasedHolder(number: row[2], values: Set(JSON.texts(row[3])))
            names[row[0], default: [:]][row[1], default: []].append(holder)
        }
        self.init(
            restricted: restricted,
            restrictedContents: try Self.restrictedContents(at: moment, unnamed: unnamed, db), names: names,
            contents: try sets("SELECT source.name, contents \(erased)") { JSON.texts($0[1]) },
            token: names.isEmpty
                ? nil : try RecordToken(directory: directory, erasedUnder: try RecordToken.subjects(db)),
            unnamed: unnamed,
            events: try Int.fetchAll(
                db, sql: "SELECT DISTINCT event FROM (\(RestrictionTable.live(at: moment))) ORDER BY event"))
    }

    /// As each stood in the newest export when it was restricted: somebody else has its place in the next one.
    private static func restrictedContents(
        at moment: Moment, unnamed: Set<String>, _ db: Database
    ) throws -> [String: Set<SHA256Bytes>] {
        var contents: [String: Set<SHA256Bytes>] = [:]
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT record.id, record_id, source.name, restriction.event
                FROM (\(RestrictionTable.live(at: moment))) AS restriction
                JOIN record ON record.id = restriction.record JOIN source ON source.id = record.source
                """)
        {
            let source: String = row["name"]
            guard unnamed.contains(source) || RecordKey.isPlace(row["record_id"]) else { continue }
            let batches = try BatchTable.live(ofSource: source, at: Moment(after: row["event"]), db)
            let version = try Row.fetchOne(
                db,
                sql: """
                    SELECT layout.digest, cells FROM record_version AS version JOIN batch ON batch.id = version.batch
                    JOIN layout ON layout.id = batch.layout WHERE record = ? AND batch <= ? ORDER BY batch DESC LIMIT 1
                    """, arguments: [row["id"] as Int64, batches.last?.id ?? .max])
            guard let version, let cells: Data = version["cells"] else { continue }
            let layout: Data = version["digest"]
            contents[source, default: []].insert(SHA256Bytes(SHA256.hash(data: layout + cells)))
        }
        return contents
    }

    /// What was left out of one source.
    package struct LeftOut: Sendable, Hashable {
        package let source: String
        package let restricted: Int
        package fileprivate(set) var erased: Int
        /// Restricted records without an id that stand in the export no more as they were.
        package let missed: Int
    }

    /// Exports without the records that are left out.
    package struct Kept: Sendable {
        package fileprivate(set) var tables: [SourceTable] = []
        /// The same with the restricted records, which are stored.
        package fileprivate(set) var stored: [SourceTable] = []
        /// One per export.
        package fileprivate(set) var leftOut: [LeftOut] = []
        /// The records that were left out.
        package fileprivate(set) var keys: Set<RecordKey> = []
        /// Their ids, of which issues speak, but for those that somebody else has in the export.
        fileprivate var names: Set<RecordKey> = []
        fileprivate var erased: Set<RecordKey> = []

        /// Whether it is about a record that was left out: its text is not shown either.
        package func isLeftOut(_ issue: ImportIssue) -> Bool {
            names.contains(RecordKey(source: issue.source, recordID: issue.recordID))
        }

        /// Whether it is about a record that was erased: its text is not stored either.
        package func isErased(_ issue: ImportIssue) -> Bool {
            erased.contains(RecordKey(source: issue.source, recordID: issue.recordID))
        }

        /// Adds what had been erased when the exports were read in, one number per export.
        package mutating func add(erasedBefore counts: [Int]) {
            for (place, count) in counts.enumerated() { leftOut[place].erased += count }
        }

        /// What a run says of it.
        package var notices: [Text] {
            leftOut.flatMap { source -> [Text] in
                var notices: [Text] = []
                if source.restricted > 0 {
                    notices.append(
                        Text(
                            en: "\(source.source): \(source.restricted) restricted records were left out.",
                            zh: "\(source.source)：有 \(source.restricted) 条受限制的记录未使用。"))
                }
                if source.missed > 0 {
                    notices.append(
                        Text(
                            en:
                                "\(source.source): \(source.missed) restricted records without an id are not in the export as they were; if one is there with other values, restrict it again.",
                            zh: "\(source.source)：有 \(source.missed) 条无编号的受限制记录在导出中已无原样；如以其他值出现，请重新限制。"))
                }
                if source.erased > 0 {
                    notices.append(
                        Text(
                            en:
                                "\(source.source): \(source.erased) records that were erased stand in the export again and were left out; ask the office to erase them too.",
                            zh: "\(source.source)：导出中又出现 \(source.erased) 条已删除的记录，未予使用；请通知该部门一并删除。"))
                }
                return notices
            }
        }
    }

    package func apply(to tables: [SourceTable], schema: Schema) -> Kept {
        var kept = Kept()
        for table in tables {
            var (restricted, erased) = (0, 0)
            let (rows, missed, table) = excluded(table, schema)
            defer {
                kept.leftOut.append(
                    LeftOut(source: table.source, restricted: restricted, erased: erased, missed: missed))
            }
            // Also of records that an export has no more: what is said of them is said of nobody.
            let others = others(than: self.restricted[table.source] ?? [:], in: table)
            for (id, holders) in self.restricted[table.source] ?? [:] {
                for holder in holders {
                    kept.keys.insert(RecordKey(source: table.source, recordID: id, holder: holder))
                }
                if !others.contains(id) { kept.names.insert(RecordKey(source: table.source, recordID: id)) }
            }
            guard !rows.isEmpty else {
                kept.tables.append(table)
                kept.stored.append(table)
                continue
            }
            for (row, isErased) in rows {
                if isErased { erased += 1 } else { restricted += 1 }
                let id = table.recordIDPool[table.recordIDs[row]]
                let name = RecordKey(source: table.source, recordID: id)
                kept.keys.insert(RecordKey(source: table.source, recordID: id, holder: table.holder(row)))
                kept.names.insert(name)
                if isErased { kept.erased.insert(name) }
            }
            kept.tables.append(table.without(Set(rows.map(\.row))))
            kept.stored.append(
                erased == 0 ? table : table.without(Set(rows.lazy.filter(\.isErased).map(\.row))))
        }
        return kept
    }

    /// Ids of restricted records that another holder has in the export.
    private func others(than restricted: [String: Set<Int>], in table: SourceTable) -> Set<String> {
        if table.holders.isEmpty, restricted.values.allSatisfy({ $0.contains(0) }) { return [] }
        var others: Set<String> = []
        for (row, code) in table.recordIDs.enumerated() {
            let id = table.recordIDPool[code]
            if let holders = restricted[id], !holders.contains(table.holder(row)) { others.insert(id) }
        }
        return others
    }

    /// - Returns: the rows, how many restricted records without an id are none of them, and the export with those whose id
    ///   was of somebody who was erased as the records of who has it next.
    private func excluded(
        _ table: SourceTable, _ schema: Schema
    ) -> (rows: [(row: Int, isErased: Bool)], missed: Int, table: SourceTable) {
        let (restricted, names) = (restricted[table.source] ?? [:], names[table.source] ?? [:])
        let contents = contents[table.source] ?? []
        var missed = restrictedContents[table.source] ?? []
        if restricted.isEmpty, names.isEmpty, contents.isEmpty { return ([], 0, table) }
        let known = missed
        let isUnnamed = unnamed.contains(table.source)
        var verdicts = [Verdict](repeating: .kept, count: table.recordIDPool.count)
        for code in 0..<UInt32(table.recordIDPool.count) {
            let id = table.recordIDPool[code]
            if isUnnamed || RecordKey.isPlace(id) {
                verdicts[Int(code)] = contents.isEmpty && known.isEmpty ? .kept : .byContent
            } else if let holders = restricted[id] {
                verdicts[Int(code)] = .restricted(holders)
            } else if let token, !names.isEmpty,
                let holders = names[token.name(source: table.source, recordID: id)]
            {
                verdicts[Int(code)] = .erased(holders)
            }
        }
        let fields = ErasedValues.fields(of: schema)
        var next = table.holders
        let layout = RecordLayout(table, schema).digest
        let rows = VersionWriter.with(table, layout: layout) { writer in
            table.recordIDs.indices.compactMap { row -> (row: Int, isErased: Bool)? in
                switch verdicts[Int(table.recordIDs[row])] {
                case .kept: return nil
                case .restricted(let holders): return holders.contains(table.holder(row)) ? (row, false) : nil
                case .erased(let holders):
                    let values = token.map { ErasedValues.all(of: row, in: table, schema, fields: fields, $0) } ?? []
                    if holders.contains(where: { $0.mayBe(values) }) { return (row, true) }
                    // Nothing of it is an erased person's: whoever it is, it is somebody else.
                    if holders.contains(where: { $0.number == table.holder(row) }) {
                        next[row] = (holders.map(\.number).max() ?? 0) + 1
                    }
                    return nil
                case .byContent:
                    writer.write(row)
                    if let token, !contents.isEmpty,
                        contents.contains(
                            token.content(source: table.source, layout: layout, cells: writer.cells))
                    {
                        return (row, true)
                    }
                    if known.isEmpty { return nil }
                    var hash = SHA256()
                    hash.update(data: layout)
                    hash.update(bufferPointer: writer.cells)
                    let content = SHA256Bytes(hash.finalize())
                    guard known.contains(content) else { return nil }
                    missed.remove(content)
                    return (row, false)
                }
            }
        }
        return (rows, missed.count, next == table.holders ? table : table.held(by: next))
    }

    private enum Verdict {
        case kept, byContent
        /// All that were erased who had the id.
        case erased([ErasedHolder])
        /// Some holders of the id.
        case restricted(Set<Int>)
    }
}

extension WorkspaceStore {
    /// - Parameter unnamed: sources whose records have no id of their own.
    /// - Throws: `E-ERA-001` when records were erased and the key that recognises them is not there.
    package func exclusions(at moment: Moment = .now, unnamed: Set<String>) throws -> Exclusions {
        try read { try Exclusions(directory: directory, at: moment, unnamed: unnamed, $0) }
    }

    /// How many records are restricted by an event after this one.
    package func restrictions(after event: Int) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM (\(RestrictionTable.live())) WHERE event > ?", arguments: [event]) ?? 0
        }
    }
}
