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
    /// For each record of the register its newest version.
    private let stored: Versions
    /// As the export in force has them, where later ones were taken back: what is counted is counted from there. `nil`: the
    /// same.
    private let inForce: Versions?
    private var salts = Salts()
    private var isPresent: [Bool]

    private var counts = (new: 0, reassigned: 0, changed: 0, unchanged: 0, vanished: 0)
    private var digest = SHA256()
    private var seals: RunningSeals
    private var order = RecordOrder()
    /// The stored record of each record of the export.
    private var keys: [Int64]

    /// The batch, and the stored record of each record of the export.
    ///
    /// No batch when the newest batch of the source that nobody took back has the very same file and held the same: then
    /// nothing is written. (The same bytes read with another encoding, mapping or record id are other records.)
    static func run(
        _ source: SourceTable, issues: [ImportIssue], leftOut: Int, schema: Schema, importedAt: String, event: Int,
        seals: inout RunningSeals, _ db: Database
    ) throws -> (batch: Batch?, keys: [Int64]) {
        let layout = RecordLayout(source, schema)
        let register = try RecordTables.register(ofSource: source.source, db)
        let last = try BatchTable.live(ofSource: source.source, db).last
        if let last, last.file.sha256 == source.file.sha256,
            last.counts.records == source.count, last.counts.leftOut == leftOut,
            try IssueTable.issues(of: last.id, db) == issues,
            let keys = try held(source, by: last, layout, register, db)
        {
            return (nil, keys)
        }
        let newest = try BatchTable.latest(ofSource: source.source, db)
        let inForce =
            newest?.id == last?.id ? nil : try Versions(register, source.source, upTo: Int64(last?.id ?? 0), db)
        let id = try BatchTable.insert(source: source, layout: layout, importedAt: importedAt, event: event, db)
        var batchImport = try BatchImport(source, batch: id, layout: layout, register, inForce, seals, db)
        try batchImport.insertRecords()
        try batchImport.insertVersions()
        try batchImport.insertVanished()
        try IssueTable.insert(issues, of: id, db)
        batchImport.digest.update(data: batchImport.order.bytes)
        try BatchTable.insert(
            Batch.Counts(
                records: source.count, new: batchImport.counts.new, changed: batchImport.counts.changed,
                unchanged: batchImport.counts.unchanged, vanished: batchImport.counts.vanished, leftOut: leftOut,
                reassigned: batchImport.counts.reassigned),
            of: id, digest: Array(batchImport.digest.finalize()), order: batchImport.order.bytes, db)
        seals = batchImport.seals
        return (try BatchTable.latest(ofSource: source.source, db), batchImport.keys)
    }

    private init(
        _ source: SourceTable, batch: Int64, layout: RecordLayout, _ register: RecordRegister, _ inForce: Versions?,
        _ seals: RunningSeals, _ db: Database
    ) throws {
        self.source = source
        self.seals = seals
        self.batch = batch
        self.layout = layout.digest
        self.db = db
        self.register = register
        self.inForce = inForce
        stored = try Versions(register, source.source, upTo: .max, db)
        isPresent = Array(repeating: false, count: register.keys.count)
        keys = self.register.keys(of: source)
    }

    /// The stored record of each record, when the batch held these very records with these very cells; later exports, which
    /// somebody took back, may have brought other cells meanwhile.
    private static func held(
        _ source: SourceTable, by batch: Batch, _ layout: RecordLayout, _ register: RecordRegister, _ db: Database
    ) throws -> [Int64]? {
        var register = register
        let keys = register.keys(of: source)
        let versions = try Versions(register, source.source, upTo: Int64(batch.id), db)
        let isHeld = VersionWriter.with(source, layout: layout.digest) { writer in
            keys.indices.allSatisfy { index in
                guard let position = register.position(of: keys[index]) else { return false }
                writer.write(index)
                return versions.isWritten(&writer, at: position)
            }
        }
        return isHeld ? keys : nil
    }

    /// The newest version of each record of a register up to a batch, by its salt and digest.
    private struct Versions {
        private static let size = Salts.size + 32
        /// Zeros for a record that had vanished, or was erased.
        private var bytes: [UInt8]
        /// Whether there was a version of the record.
        private var isKnown: [Bool]

        init(_ register: RecordRegister, _ source: String, upTo batch: Int64, _ db: Database) throws {
            var bytes = [UInt8](repeating: 0, count: register.keys.count * Self.size)
            var isKnown = [Bool](repeating: false, count: register.keys.count)
            (self.bytes, self.isKnown) = ([], [])
            if register.keys.isEmpty { return }
            try BulkQuery(
                db,
                """
                SELECT record, salt, digest FROM record_version
                WHERE batch IN (SELECT batch.id FROM batch JOIN source ON source.id = batch.source
                    WHERE source.name = ? AND batch.id <= \(batch))
                ORDER BY record_version.id
                """, [source]
            ).eachRow { row in
                guard let position = register.position(of: row.integer(0)) else { return }
                isKnown[position] = true
                let (salt, digest) = (row.bytes(1), row.bytes(2))
                let isWhole = salt.count == Salts.size && digest.count == 32
                let start = position * Self.size
                for byte in 0..<Salts.size { bytes[start + byte] = isWhole ? salt[byte] : 0 }
                for byte in 0..<32 { bytes[start + Salts.size + byte] = isWhole ? digest[byte] : 0 }
            }
            // A record that was erased, and is left out of the export since, has not vanished from it.
            for record in try Int64.fetchAll(db, sql: "SELECT record FROM erasure") {
                guard let position = register.position(of: record) else { continue }
                for byte in 0..<Self.size { bytes[position * Self.size + byte] = 0 }
            }
            (self.bytes, self.isKnown) = (bytes, isKnown)
        }

        func isKnown(at position: Int) -> Bool { isKnown[position] }

        private func digest(at position: Int) -> ArraySlice<UInt8> {
            bytes[position * Self.size + Salts.size..<(position + 1) * Self.size]
        }

        func isHeld(at position: Int) -> Bool { digest(at: position).contains { $0 != 0 } }

        /// Whether the writer has just written the same cells; seals what it wrote with the version's salt.
        func isWritten(_ writer: inout VersionWriter, at position: Int) -> Bool {
            guard isHeld(at: position) else { return false }
            writer.seal(with: bytes[position * Self.size..<position * Self.size + Salts.size])
            return writer.digest.elementsEqual(digest(at: position))
        }
    }

    /// A row for each record the store does not have; they follow the highest key.
    private mutating func insertRecords() throws {
        let source = self.source
        let known = keys
        let id = try BatchTable.sourceID(source.source, db)
        let first = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM record") ?? 1
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
                default: cell.take(Int64(source.holder(index)))
                }
            }
        }
        next = first
        for index in keys.indices where keys[index] == 0 {
            keys[index] = next
            seals.record.add(next) { row in
                row.appendSealed(next)
                row.appendSealed(id)
                row.appendSealed(Int64(source.holder(index)))
            }
            if source.holder(index) > 0 { counts.reassigned += 1 }
            next += 1
        }
        if inForce == nil { counts.new = Int(next - first) }
    }

    /// A row for each record whose cells are not those of its newest version.
    private mutating func insertVersions() throws {
        let source = self.source
        var (index, next) = (-1, try nextVersion())
        try VersionWriter.with(source, layout: layout) { writer in
            try RowFeed.insert(into: "record_version (record, batch, cells, salt, digest)", columns: 5, db) {
                while true {
                    index += 1
                    guard index < source.count else { return false }
                    writer.write(index)
                    order.append(
                        RecordOrder.Entry(
                            record: keys[index], line: Int64(source.lines[index]),
                            offset: Int64(bitPattern: source.offsets[index])))
                    let isStored = isStored(&writer, of: keys[index])
                    count(&writer, keys[index], isStored: isStored)
                    if isStored { continue }
                    writer.seal(with: salts.next())
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
                case 3: cell.take(blob: writer.salt)
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

    private mutating func count(_ writer: inout VersionWriter, _ key: Int64, isStored: Bool) {
        guard let inForce else {
            if isStored { counts.unchanged += 1 } else if key <= register.keys.last ?? 0 { counts.changed += 1 }
            return
        }
        if let position = register.position(of: key), inForce.isKnown(at: position) {
            if inForce.isWritten(&writer, at: position) { counts.unchanged += 1 } else { counts.changed += 1 }
        } else {
            counts.new += 1
        }
    }

    /// Whether these cells are the newest version of the record; notes that the export has it.
    private mutating func isStored(_ writer: inout VersionWriter, of key: Int64) -> Bool {
        guard let position = register.position(of: key) else { return false }
        isPresent[position] = true
        return stored.isWritten(&writer, at: position)
    }

    /// A version without cells for each record that was in the export before and is not in this one.
    private mutating func insertVanished() throws {
        let version = try BulkStatement(db, "INSERT INTO record_version (record, batch) VALUES (?, ?)")
        version.bind(batch, at: 2)
        var next = try nextVersion()
        for position in register.keys.indices where !isPresent[position] {
            if (inForce ?? stored).isHeld(at: position) { counts.vanished += 1 }
            guard stored.isHeld(at: position) else { continue }
            digest.update(data: [UInt8](repeating: 0, count: 32))
            version.bind(register.keys[position], at: 1)
            try version.run()
            seal(next, record: register.keys[position], nil)
            next += 1
        }
    }
}
