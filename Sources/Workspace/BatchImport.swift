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
    private var order = RecordOrder()

    /// `nil` when the newest batch of the source has the very same file and nothing would be new: then nothing is
    /// written. (The same bytes read with another encoding, mapping or record id are other records.)
    static func run(_ source: SourceTable, schema: Schema, importedAt: String, _ db: Database) throws -> Batch? {
        let last = try BatchTable.latest(ofSource: source.source, db)
        let isSameFile = last?.file.sha256 == source.file.sha256 && last?.counts.records == source.count
        var batch: Batch?
        try db.inSavepoint {
            let layout = RecordLayout(source, schema)
            let id = try BatchTable.insert(source: source, layout: layout, importedAt: importedAt, db)
            var batchImport = try BatchImport(source, batch: id, layout: layout, db)
            try batchImport.insertVersions()
            try batchImport.insertVanished()
            if isSameFile, batchImport.counts.unchanged == source.count, batchImport.counts.vanished == 0 {
                return .rollback
            }
            batchImport.digest.update(data: batchImport.order.bytes)
            try BatchTable.insert(
                Batch.Counts(
                    records: source.count, new: batchImport.counts.new, changed: batchImport.counts.changed,
                    unchanged: batchImport.counts.unchanged, vanished: batchImport.counts.vanished),
                of: id, digest: Array(batchImport.digest.finalize()), order: batchImport.order.bytes, db)
            batch = try BatchTable.latest(ofSource: source.source, db)
            return .commit
        }
        return batch
    }

    private init(_ source: SourceTable, batch: Int64, layout: RecordLayout, _ db: Database) throws {
        self.source = source
        self.batch = batch
        self.layout = layout.digest
        self.db = db
        register = try RecordTables.register(ofSource: source.source, db)
        stored = try Self.newestDigests(register, source.source, db)
        isPresent = Array(repeating: false, count: register.keys.count)
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
        return digests
    }

    private mutating func insertVersions() throws {
        let record = try BulkStatement(
            db, "INSERT INTO record (id, source, record_id, occurrence) VALUES (?, ?, ?, ?)")
        record.bind(try BatchTable.sourceID(source.source, db), at: 2)
        let version = try BulkStatement(
            db, "INSERT INTO record_version (record, batch, cells, digest) VALUES (?, ?, ?, ?)")
        version.bind(batch, at: 2)

        let keys = register.keys(of: source)
        let occurrences = RecordRegister.occurrences(source)
        let ids = source.recordIDPool
        var next = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM record") ?? 1
        var cells: [UInt8] = []
        var scratch: [UInt8] = []
        try CellWriter.with(source.columns.compactMap { $0 }) { writer in
            try ids.bytes.withUnsafeBufferPointer { idBytes in
                for index in 0..<source.count {
                    let id = UnsafeBufferPointer(rebasing: idBytes[ids.range(of: source.recordIDs[index])])
                    cells.removeAll(keepingCapacity: true)
                    writer.write(index, into: &cells)
                    let digest = cells.withUnsafeBufferPointer {
                        RecordCells.digest(layout: layout, recordID: id, cells: $0, scratch: &scratch)
                    }
                    var key = keys[index]
                    if key == 0 {
                        key = next
                        next += 1
                        counts.new += 1
                        record.bind(key, at: 1)
                        record.bind(text: id, at: 3)
                        record.bind(Int64(occurrences[index]), at: 4)
                        try record.run()
                    }
                    if !isStored(digest, of: keys[index]) {
                        if keys[index] != 0 { counts.changed += 1 }
                        version.bind(key, at: 1)
                        try insert(version, cells, digest)
                    } else {
                        counts.unchanged += 1
                    }
                    order.append(
                        RecordOrder.Entry(
                            record: key, line: Int64(source.lines[index]),
                            offset: Int64(bitPattern: source.offsets[index])))
                }
            }
        }
    }

    /// Whether these cells are the newest version of the record; notes that the export has it.
    private mutating func isStored(_ digest: SHA256.Digest, of key: Int64) -> Bool {
        guard key != 0, let position = register.position(of: key) else { return false }
        isPresent[position] = true
        return digest.elementsEqual(stored[position * 32..<position * 32 + 32])
    }

    private mutating func insert(_ version: BulkStatement, _ cells: [UInt8], _ digest: SHA256.Digest) throws {
        try digest.withUnsafeBytes { digest in
            self.digest.update(bufferPointer: digest)
            version.bind(blob: digest, at: 4)
            try cells.withUnsafeBytes { cells in
                version.bind(blob: cells, at: 3)
                try version.run()
            }
        }
    }

    /// A version without cells for each record that was in the export before and is not in this one.
    private mutating func insertVanished() throws {
        let version = try BulkStatement(db, "INSERT INTO record_version (record, batch) VALUES (?, ?)")
        version.bind(batch, at: 2)
        for position in register.keys.indices where !isPresent[position] {
            guard stored[position * 32..<position * 32 + 32].contains(where: { $0 != 0 }) else { continue }
            counts.vanished += 1
            digest.update(data: [UInt8](repeating: 0, count: 32))
            version.bind(register.keys[position], at: 1)
            try version.run()
        }
    }
}
