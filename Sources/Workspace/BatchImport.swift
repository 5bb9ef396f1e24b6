import Crypto
import GRDB
import Records

/// Reads one export into the store: a record the store does not have is new, one with other cells is a new version, one
/// with the same is not stored again.
struct BatchImport {
    /// What becomes of a record.
    private enum Change: UInt8 {
        case none
        case new
        case changed
    }

    private let db: Database
    private let source: SourceTable
    private let layout: RecordLayout
    private let columns: [SourceTable.Column]
    private let occurrences: [Int]
    private var register: RecordRegister
    /// Per record of the export: its stored record, 0 for a new one.
    private var keys: [Int64] = []
    private var changes: [Change] = []
    /// 32 bytes a record.
    private var digests: [UInt8] = []
    /// Stored records that are not in the export and were in the one before.
    private var vanished: [Int64] = []

    init(_ source: SourceTable, schema: Schema, _ db: Database) throws {
        self.db = db
        self.source = source
        layout = RecordLayout(source, schema)
        columns = source.columns.compactMap { $0 }
        occurrences = RecordRegister.occurrences(source)
        register = try RecordTables.register(ofSource: source.source, db)
        keys = register.keys(of: source)
        try compare()
    }

    var bringsAnything: Bool {
        !vanished.isEmpty || changes.contains { $0 != .none }
    }

    /// Writes batch, records and versions.
    mutating func run(importedAt: String) throws -> Batch {
        var digest = SHA256()
        for record in changes.indices where changes[record] != .none {
            digest.update(data: digests[record * 32..<record * 32 + 32])
        }
        for _ in vanished { digest.update(data: [UInt8](repeating: 0, count: 32)) }
        let new = changes.count { $0 == .new }
        let changed = changes.count { $0 == .changed }
        try insertRecords()
        let batch = try BatchTable.insert(
            source: source, layout: layout, importedAt: importedAt,
            counts: Batch.Counts(
                records: source.count, new: new, changed: changed, unchanged: source.count - new - changed,
                vanished: vanished.count),
            digest: Array(digest.finalize()), order: order(), db)
        try insertVersions(batch: Int64(batch.id))
        return batch
    }

    // MARK: - Comparing

    private mutating func compare() throws {
        let stored = try newestDigests()
        var isPresent = [Bool](repeating: false, count: register.keys.count)
        digests.reserveCapacity(source.count * 32)
        changes.reserveCapacity(source.count)
        let layoutDigest = layout.digest
        var cells: [UInt8] = []
        for record in 0..<source.count {
            cells.removeAll(keepingCapacity: true)
            RecordCells.encode(columns, record: record, into: &cells)
            let digest = source.recordIDPool.withUTF8(source.recordIDs[record]) { id in
                cells.withUnsafeBufferPointer { RecordCells.digest(layout: layoutDigest, recordID: id, cells: $0) }
            }
            let start = digests.count
            digests.append(contentsOf: digest)
            guard let position = register.position(of: keys[record]) else {
                changes.append(.new)
                continue
            }
            isPresent[position] = true
            let isSame = digests[start..<start + 32] == stored[position * 32..<position * 32 + 32]
            changes.append(isSame ? .none : .changed)
        }
        vanished = register.keys.indices.filter { position in
            !isPresent[position] && stored[position * 32..<position * 32 + 32].contains { $0 != 0 }
        }.map { register.keys[$0] }
    }

    /// 32 bytes for each record of the register: its newest version's digest, zeros for a vanished one.
    private func newestDigests() throws -> [UInt8] {
        var digests = [UInt8](repeating: 0, count: register.keys.count * 32)
        if register.keys.isEmpty { return digests }
        try BulkQuery(
            db,
            """
            SELECT record, digest FROM record_version
            WHERE batch IN (SELECT batch.id FROM batch JOIN source ON source.id = batch.source WHERE source.name = ?)
            ORDER BY record_version.id
            """, [source.source]
        ).eachRow { row in
            guard let position = register.position(of: row.integer(0)) else { return }
            let digest = row.bytes(1)
            for byte in 0..<32 { digests[position * 32 + byte] = digest.count == 32 ? digest[byte] : 0 }
        }
        return digests
    }

    // MARK: - Writing

    private mutating func insertRecords() throws {
        let statement = try BulkStatement(
            db, "INSERT INTO record (id, source, record_id, occurrence) VALUES (?, ?, ?, ?)")
        statement.bind(try BatchTable.sourceID(source.source, db), at: 2)
        var next = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM record") ?? 1
        for record in keys.indices where keys[record] == 0 {
            keys[record] = next
            statement.bind(next, at: 1)
            statement.bind(Int64(occurrences[record]), at: 4)
            try source.recordIDPool.withUTF8(source.recordIDs[record]) { id -> Swift.Result<Void, any Error> in
                statement.bind(text: id, at: 3)
                return Swift.Result { try statement.run() }
            }.get()
            next += 1
        }
    }

    private func insertVersions(batch: Int64) throws {
        let statement = try BulkStatement(
            db, "INSERT INTO record_version (record, batch, cells, digest) VALUES (?, ?, ?, ?)")
        statement.bind(batch, at: 2)
        var cells: [UInt8] = []
        try digests.withUnsafeBytes { digests in
            for record in changes.indices where changes[record] != .none {
                cells.removeAll(keepingCapacity: true)
                RecordCells.encode(columns, record: record, into: &cells)
                statement.bind(keys[record], at: 1)
                statement.bind(blob: UnsafeRawBufferPointer(rebasing: digests[record * 32..<record * 32 + 32]), at: 4)
                try cells.withUnsafeBytes { bytes in
                    statement.bind(blob: bytes, at: 3)
                    try statement.run()
                }
            }
        }
        statement.bindNull(at: 3)
        statement.bindNull(at: 4)
        for record in vanished {
            statement.bind(record, at: 1)
            try statement.run()
        }
    }

    private func order() -> [UInt8] {
        var order = RecordOrder()
        for record in keys.indices {
            order.append(
                RecordOrder.Entry(
                    record: keys[record], line: Int64(source.lines[record]),
                    offset: Int64(bitPattern: source.offsets[record])))
        }
        return order.bytes
    }
}
