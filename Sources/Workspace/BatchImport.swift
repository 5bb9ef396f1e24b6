import Crypto
import GRDB
import Records

/// Reads one export into the store: a record the store does not have is new, one with other cells is a new version, one
/// with the same is not stored again.
struct BatchImport {
    private let source: SourceTable
    private let db: Database
    private let batch: Int64
    private let layout: [UInt8]
    private var register: RecordRegister
    /// 32 bytes for each record of the register: its newest version's digest, zeros for a vanished one.
    private let stored: [UInt8]
    private var isPresent: [Bool]

    private var counts = (new: 0, changed: 0, unchanged: 0, vanished: 0)
    private var digest = SHA256()
    private var seals: RunningSeals
    private var order = RecordOrder()
    /// The stored record of each record of the export.
    private var keys: [Int64]

    /// The batch, and the stored record of each record of the export.
    ///
    /// No batch when the newest batch of the source that nobody took back has the very same file and nothing would be new:
    /// then nothing is written. (The same bytes read with another encoding, mapping or record id are other records.)
    static func run(
        _ source: SourceTable, issues: [ImportIssue], schema: Schema, importedAt: String, event: Int,
        seals: inout RunningSeals, _ db: Database
    ) throws -> (batch: Batch?, keys: [Int64]) {
        let last = try BatchTable.live(ofSource: source.source, db).last
        let isSameFile = last?.file.sha256 == source.file.sha256 && last?.counts.records == source.count
        var batch: Batch?
        var keys: [Int64] = []
        try db.inSavepoint {
            let layout = RecordLayout(source, schema)
            let id = try BatchTable.insert(source: source, layout: layout, importedAt: importedAt, event: event, db)
            var batchImport = try BatchImport(source, batch: id, layout: layout, seals, db)
            try batchImport.insertRecords()
            try batchImport.insertVersions()
            try batchImport.insertVanished()
            keys = batchImport.keys
            if let last, isSameFile, batchImport.counts.unchanged == source.count, batchImport.counts.vanished == 0,
                try IssueTable.issues(of: last.id, db) == issues
            {
                return .rollback
            }
            try IssueTable.insert(issues, of: id, db)
            batchImport.digest.update(data: batchImport.order.bytes)
            try BatchTable.insert(
                Batch.Counts(
                    records: source.count, new: batchImport.counts.new, changed: batchImport.counts.changed,
                    unchanged: batchImport.counts.unchanged, vanished: batchImport.counts.vanished),
                of: id, digest: Array(batchImport.digest.finalize()), order: batchImport.order.bytes, db)
            batch = try BatchTable.latest(ofSource: source.source, db)
            seals = batchImport.seals
            return .commit
        }
        return (batch, keys)
    }

    private init(
        _ source: SourceTable, batch: Int64, layout: RecordLayout, _ seals: RunningSeals, _ db: Database
    ) throws {
        self.source = source
        self.seals = seals
        self.batch = batch
        self.layout = layout.digest
        self.db = db
        register = try RecordTables.register(ofSource: source.source, db)
        stored = try Self.newestDigests(register, source.source, db)
        isPresent = Array(repeating: false, count: register.keys.count)
        keys = register.keys(of: source)
    }

    private static func newestDigests(_ register: RecordRegister, _ source: String, _ db: Database) throws -> [UInt8] {
        var digests = [UInt8](repeating: 0, count: register.keys.count * 32)
        if register.keys.isEmpty { return digests }
        try BulkQuery(
            db,
            """
            SELECT record, digest FROM record_version
            WHERE batch IN (SELECT batch.id FROM batch JOIN source ON source.id = batch.source WHERE source.name = ?)
            ORDER BY record_version.id
            """, [source]
        ).eachRow { row in
            guard let position = register.position(of: row.integer(0)) else { return }
            let digest = row.bytes(1)
            for byte in 0..<32 { digests[position * 32 + byte] = digest.count == 32 ? digest[byte] : 0 }
        }
        // What is left out of a run on purpose has not vanished from its export.
        for record in try RestrictionTable.leftOut(db) {
            guard let position = register.position(of: record) else { continue }
            for byte in 0..<32 { digests[position * 32 + byte] = 0 }
        }
        return digests
    }

    /// A row for each record the store does not have; they follow the highest key.
    private mutating func insertRecords() throws {
        let source = self.source
        let known = keys
        let id = try BatchTable.sourceID(source.source, db)
        let first = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM record") ?? 1
        let occurrences = RecordRegister.occurrences(source)
        var (next, index) = (first - 1, -1)
        try source.recordIDPool.withView { names in
            try RowFeed.insert(into: "record (id, source, record_id, occurrence)", columns: 4, db) {
                repeat { index += 1 } while index < known.count && known[index] != 0
                next += 1
                return index < known.count
            } value: { column, cell in
                switch column {
                case 0: cell.take(next)
                case 1: cell.take(id)
                case 2: cell.take(text: names[source.recordIDs[index]])
                default: cell.take(Int64(occurrences[index]))
                }
            }
        }
        next = first
        for index in keys.indices where keys[index] == 0 {
            keys[index] = next
            seals.record.add(next) { row in
                row.appendSealed(next)
                row.appendSealed(id)
                row.appendSealed(Int64(occurrences[index]))
            }
            next += 1
        }
        counts.new = Int(next - first)
    }

    /// A row for each record whose cells are not those of its newest version.
    private mutating func insertVersions() throws {
        let (source, lastKnown) = (self.source, register.keys.last ?? 0)
        var (index, next) = (-1, try nextVersion())
        try VersionWriter.with(source, layout: layout) { writer in
            try RowFeed.insert(into: "record_version (record, batch, cells, digest)", columns: 4, db) {
                while true {
                    index += 1
                    guard index < source.count else { return false }
                    writer.write(index)
                    order.append(
                        RecordOrder.Entry(
                            record: keys[index], line: Int64(source.lines[index]),
                            offset: Int64(bitPattern: source.offsets[index])))
                    if isStored(writer.digest, of: keys[index]) {
                        counts.unchanged += 1
                        continue
                    }
                    if keys[index] <= lastKnown { counts.changed += 1 }
                    digest.update(bufferPointer: writer.digest)
                    seal(next, record: keys[index], writer.digest)
                    next += 1
                    return true
                }
            } value: { column, cell in
                switch column {
                case 0: cell.take(keys[index])
                case 1: cell.take(batch)
                case 2: cell.take(blob: writer.cells)
                default: cell.take(blob: writer.digest)
                }
            }
        }
    }

    /// The id that SQLite gives the next row.
    private func nextVersion() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM record_version") ?? 1
    }

    private mutating func seal(_ version: Int64, record: Int64, _ digest: UnsafeRawBufferPointer?) {
        let batch = batch
        seals.version.add(version) { row in
            row.appendSealed(version)
            row.appendSealed(record)
            row.appendSealed(batch)
            if let digest { row.appendSealed(blob: digest) } else { row.appendSealedNull() }
        }
    }

    /// Whether these cells are the newest version of the record; notes that the export has it.
    private mutating func isStored(_ digest: UnsafeRawBufferPointer, of key: Int64) -> Bool {
        guard let position = register.position(of: key) else { return false }
        isPresent[position] = true
        return digest.elementsEqual(stored[position * 32..<position * 32 + 32])
    }

    /// A version without cells for each record that was in the export before and is not in this one.
    private mutating func insertVanished() throws {
        let version = try BulkStatement(db, "INSERT INTO record_version (record, batch) VALUES (?, ?)")
        version.bind(batch, at: 2)
        var next = try nextVersion()
        for position in register.keys.indices where !isPresent[position] {
            guard stored[position * 32..<position * 32 + 32].contains(where: { $0 != 0 }) else { continue }
            counts.vanished += 1
            digest.update(data: [UInt8](repeating: 0, count: 32))
            version.bind(register.keys[position], at: 1)
            try version.run()
            seal(next, record: register.keys[position], nil)
            next += 1
        }
    }
}
