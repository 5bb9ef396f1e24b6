import GRDB
import Records

/// Makes the table of an export again from what is stored of it: records whose cells were erased are not in it.
struct StoredSource {
    private let batch: Batch
    /// Records of the export whose cells retention has removed.
    let removed: Int
    private let entries: [RecordOrder.Entry]
    /// Stored records of the source, ascending, with the cells of their newest version up to the batch.
    private var register: RecordRegister
    private var cells: [UInt8] = []
    private var ranges: [Range<Int>]
    /// The layout the cells were stored in, per record of the register.
    private var layouts: [RecordLayout]

    init(_ batch: Batch, _ db: Database) throws {
        self.batch = batch
        guard var entries = RecordOrder.decode(try BatchTable.order(of: batch.id, db)) else {
            throw Self.damaged(batch)
        }
        let batches = try BatchTable.all(db, source: batch.source)
        let layoutOf = Dictionary(batches.map { (Int64($0.id), $0.layout) }) { first, _ in first }
        let register = try RecordTables.register(ofSource: batch.source, db)
        var cells: [UInt8] = []
        var ranges = [Range<Int>](repeating: 0..<0, count: register.keys.count)
        var layouts = [RecordLayout](repeating: batch.layout, count: register.keys.count)
        var isErased = [Bool](repeating: false, count: register.keys.count)
        try BulkQuery(
            db,
            """
            SELECT record, batch, cells, digest FROM record_version
            WHERE batch <= ?1 AND batch IN (
                SELECT batch.id FROM batch JOIN source ON source.id = batch.source WHERE source.name = ?2)
            ORDER BY record_version.id
            """, [batch.id, batch.source]
        ).eachRow { row in
            guard let position = register.position(of: row.integer(0)) else { return }
            let start = cells.count
            cells.append(contentsOf: row.bytes(2))
            ranges[position] = start..<cells.count
            layouts[position] = layoutOf[row.integer(1)] ?? batch.layout
            isErased[position] = row.isNull(2) && !row.isNull(3)
        }
        if isErased.contains(true) {
            entries.removeAll { entry in register.position(of: entry.record).map { isErased[$0] } ?? false }
        }
        removed = try Self.removed(from: batch, db)
        self.entries = entries
        self.register = register
        self.cells = cells
        self.ranges = ranges
        self.layouts = layouts
    }

    /// Records of an export whose cells retention has removed, and nobody has erased: without them it is not the export.
    static func removed(from batch: Batch, _ db: Database) throws -> Int {
        try db.value(
            Int.self,
            sql: """
                SELECT count(*) FROM removed_version AS removed JOIN event ON event.sequence = removed.event
                JOIN record_version AS version ON version.id = removed.version
                JOIN batch ON batch.id = version.batch JOIN source ON source.id = batch.source
                WHERE event.type = 'retention.executed' AND source.name = ?1
                    AND version.record NOT IN (SELECT record FROM erasure)
                    AND version.id = (SELECT max(id) FROM record_version
                        WHERE record = version.record AND batch <= ?2)
                """, arguments: [batch.source, batch.id]) ?? 0
    }

    func table(_ profile: SourceProfile, _ schema: Schema) throws -> SourceTable {
        var ids = TextInterner(expecting: entries.count)
        var holders: [Int: Int] = [:]
        var builders = batch.layout.columns.map { _ in (texts: TextInterner(), codes: [UInt32]()) }
        let recordIDs = try entries.enumerated().map { row, entry in
            guard let position = register.position(of: entry.record) else { throw Self.damaged(batch) }
            try add(position, to: &builders)
            let holder = register.holder(at: position)
            if holder > 0 { holders[row] = holder }
            return ids.intern(register.recordID(at: position))
        }
        let columns = schema.fields.map { field -> SourceTable.Column? in
            guard let index = batch.layout.columns.firstIndex(where: { $0.field == field.name }) else { return nil }
            return SourceTable.Column(
                header: batch.layout.columns[index].header, codes: builders[index].codes,
                values: builders[index].texts.pool)
        }
        return SourceTable(
            profile: profile, file: batch.file, recordIDs: recordIDs, recordIDPool: ids.pool,
            lines: entries.map { UInt32(truncatingIfNeeded: $0.line) },
            offsets: entries.map { UInt64(bitPattern: $0.offset) }, columns: columns, holders: holders)
    }

    private func add(_ position: Int, to builders: inout [(texts: TextInterner, codes: [UInt32])]) throws {
        // A record that did not change between two layouts of the same digest differs at most in headers.
        let count = layouts[position].columns.count
        guard count == builders.count else { throw Self.damaged(batch) }
        let isSound = cells[ranges[position]].withUnsafeBufferPointer { bytes in
            guard let parts = RecordCells.decode(bytes, count: count) else { return false }
            for (column, part) in parts.enumerated() {
                let text = UnsafeBufferPointer(rebasing: bytes[part])
                builders[column].codes.append(builders[column].texts.intern(text))
            }
            return true
        }
        guard isSound else { throw Self.damaged(batch) }
    }

    static func damaged(_ batch: Batch) -> Failure {
        Failure(
            .verification, code: "E-WS-004",
            Text(
                en: "the stored records of batch \(batch.id) (\(batch.source)) are damaged",
                zh: "第\(batch.id)批（\(batch.source)）的存储记录已损坏"),
            advice: Text(en: "import the file again", zh: "请重新导入该文件"))
    }
}
