import GRDB
import Records

/// The records of all sources and their versions. A version without cells says that the record vanished.
enum RecordTables {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE record (
                    id INTEGER PRIMARY KEY,
                    source INTEGER NOT NULL REFERENCES source (id),
                    record_id TEXT NOT NULL,
                    -- Offices give the id of one person to another later: 0 is who had it first, 1 who had it next.
                    occurrence INTEGER NOT NULL CHECK (occurrence >= 0),
                    UNIQUE (source, record_id, occurrence)
                ) STRICT;
                CREATE INDEX record_holder ON record (source, record_id) WHERE occurrence > 0;
                CREATE TABLE record_version (
                    id INTEGER PRIMARY KEY,
                    record INTEGER NOT NULL REFERENCES record (id),
                    batch INTEGER NOT NULL REFERENCES batch (id),
                    cells BLOB,
                    digest BLOB,
                    -- In the digest; gone with the cells, so that nobody can try out what they were.
                    salt BLOB NOT NULL DEFAULT (zeroblob(16)) CHECK (length(salt) = 16),
                    UNIQUE (record, batch),
                    -- Cells that were erased leave their digest; a record that vanished has neither.
                    CHECK (cells IS NULL OR digest IS NOT NULL),
                    CHECK (digest IS NULL OR length(digest) = 32)
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("record", unless: ErasureTables.recordChange, db)
        try Migrations.makeAppendOnly("record_version", unless: ErasureTables.versionChange, db)
    }

    /// The records the workspace knows of one source.
    static func register(ofSource source: String, _ db: Database) throws -> RecordRegister {
        let count = try db.value(
            Int.self, sql: "SELECT count(*) FROM record JOIN source ON source.id = record.source WHERE source.name = ?",
            arguments: [source])
        var register = RecordRegister(expecting: count ?? 0)
        try BulkQuery(
            db,
            """
            SELECT record.id, record_id, occurrence FROM record JOIN source ON source.id = record.source
            WHERE source.name = ? ORDER BY record.id
            """, [source]
        ).eachRow { row in
            register.add(row.integer(0), recordID: row.bytes(1), holder: Int(row.integer(2)))
        }
        return register
    }
}

/// Finds the stored record for a record of an export.
package struct RecordRegister: Sendable {
    private var names: TextInterner
    /// Keys of the first holders by code of `names`, 0 where there is none.
    private var firsts: [Int64] = [0]
    private var further: [Holder: Int64] = [:]
    /// Codes of ids that have any.
    private var several: Set<UInt32> = []
    /// Numbers of those by key.
    private var numbers: [Int64: Int] = [:]
    /// Ascending.
    private(set) var keys: [Int64] = []
    /// Code of `names` for each of `keys`.
    private var codes: [UInt32] = []

    init(expecting count: Int) {
        names = TextInterner(expecting: count)
        keys.reserveCapacity(count)
        codes.reserveCapacity(count)
        firsts.reserveCapacity(count + 1)
    }

    private struct Holder: Hashable {
        let name: UInt32
        let number: Int
    }

    mutating func add(_ key: Int64, recordID: UnsafeBufferPointer<UInt8>, holder: Int) {
        let code = names.intern(recordID)
        if Int(code) == firsts.count { firsts.append(0) }
        if holder == 0 {
            firsts[Int(code)] = key
        } else {
            further[Holder(name: code, number: holder)] = key
            numbers[key] = holder
            several.insert(code)
        }
        keys.append(key)
        codes.append(code)
    }

    /// The office's record id of the record at a position in `keys`.
    func recordID(at position: Int) -> String { names.pool[codes[position]] }

    /// Which holder of its id the record at a position in `keys` is of.
    func holder(at position: Int) -> Int { numbers.isEmpty ? 0 : numbers[keys[position]] ?? 0 }

    /// Whether its id has later holders than the first.
    func hasSeveral(at position: Int) -> Bool {
        !several.isEmpty && several.contains(codes[position])
    }

    /// For each position in `keys` the record of an export that has its id; -1 where none has.
    mutating func rows(of source: SourceTable) -> [Int] {
        var rows = [Int](repeating: -1, count: names.count)
        for record in 0..<source.count {
            let code = Int(source.recordIDPool.withUTF8(source.recordIDs[record]) { names.intern($0) })
            if code < rows.count { rows[code] = record }
        }
        return codes.map { rows[Int($0)] }
    }

    mutating func key(recordID: UnsafeBufferPointer<UInt8>, holder: Int) -> Int64? {
        if keys.isEmpty { return nil }
        let code = names.intern(recordID)
        if Int(code) == firsts.count { firsts.append(0) }
        if holder > 0 { return further[Holder(name: code, number: holder)] }
        return firsts[Int(code)] == 0 ? nil : firsts[Int(code)]
    }

    /// Position in `keys`.
    func position(of key: Int64) -> Int? {
        guard let first = keys.first, key >= first else { return nil }
        // Where no other source came between, the keys follow each other.
        let distance = key - first
        if distance < keys.count, keys[Int(distance)] == key { return Int(distance) }
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? low : nil
    }

    /// The stored record of each record of `source`, 0 for one that is not stored.
    mutating func keys(of source: SourceTable) -> [Int64] {
        source.recordIDs.indices.map { record in
            source.recordIDPool.withUTF8(source.recordIDs[record]) {
                key(recordID: $0, holder: source.holder(record)) ?? 0
            }
        }
    }
}
