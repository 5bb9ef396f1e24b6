import Crypto
import GRDB
import Records

/// What one commit added to the append-only tables, one digest a table: an event holds it, and so the trail vouches for rows
/// as well as for events.
///
/// Delicate: a digest is over all columns in their order. A migration that adds a column to one of these tables has to
/// say here which columns older seals are over.
package struct RowSeal: Sendable, Hashable {
    package struct Part: Sendable, Hashable, Codable {
        package let table: String
        /// The greatest key at that time; the seal is over the rows after the one of the seal before.
        package let to: Int
        package let rows: Int
        /// SHA-256, hex.
        package let digest: String
    }

    /// Of the tables of `RowSeals` that have rows the greatest key: the next seal goes on from there.
    package let bounds: [String: Int]
    /// One for each table that grew, in the order of `RowSeals`.
    package let parts: [Part]
}

enum RowSeals {
    struct Table {
        let name: String
        /// The column that grows from commit to commit: a row id, or the run.
        let key: String
        /// The primary key, in whose order the rows are taken.
        let order: String
        var condition = "1"
        var columns = "*"
        /// A row that was erased, or says something else by now, counts with the digest it had. Its first column is its id.
        var isErasable = false

        /// SQL: the greatest key, where there is a shorter way to it; of a table without an index on the key all rows would
        /// be looked at, for every word of somebody.
        var last: String?
    }

    static let tables = [
        Table(name: "source", key: "id", order: "id"),
        Table(name: "layout", key: "id", order: "id"),
        Table(name: "batch", key: "id", order: "id"),
        Table(name: "batch_content", key: "batch", order: "batch"),
        // The office's id is in the digest of every version, or in `removed_version`, and is held against it; an erased one's
        // token in `erasure`.
        Table(name: "record", key: "id", order: "id", columns: "id, source, occurrence"),
        // The digest is over the cells, and is held against them record by record.
        Table(name: "record_version", key: "id", order: "id", columns: "id, record, batch, digest"),
        Table(name: "batch_issue", key: "id", order: "id", isErasable: true),
        Table(name: "decision", key: "id", order: "id", isErasable: true),
        Table(name: "cell_override", key: "id", order: "id", isErasable: true),
        Table(name: "cell_override_record", key: "override", order: "override, record"),
        Table(name: "withdrawal", key: "id", order: "id", isErasable: true),
        Table(name: "waiver", key: "id", order: "id", isErasable: true),
        Table(name: "approval", key: "id", order: "id", isErasable: true),
        Table(name: "model", key: "rowid", order: "rowid"),
        Table(name: "rule_book", key: "rowid", order: "rowid"),
        Table(name: "run", key: "id", order: "id"),
        Table(name: "run_batch", key: "run", order: "run, batch"),
        // The checkpoint is made after the seal and says itself whether it is whole.
        Table(name: "run_output", key: "run", order: "run, path", condition: "path <> 'checkpoint.txt'"),
        Table(name: "person", key: "number", order: "number"),
        Table(name: "person_floor", key: "id", order: "id"),
        Table(name: "person_alias", key: "run", order: "person, run", last: "SELECT max(id) FROM run"),
        Table(name: "membership", key: "run", order: "record, run", last: "SELECT max(id) FROM run"),
        Table(
            name: "finding", key: "run", order: "id", columns: FindingTable.sealed, isErasable: true,
            last: "SELECT max(id) FROM run"),
        Table(name: "finding_change", key: "run", order: "finding, run", last: "SELECT max(id) FROM run"),
        Table(name: "restriction", key: "id", order: "id", isErasable: true),
        Table(name: "erasure", key: "id", order: "id"),
        Table(name: "erased_row", key: "id", order: "id"),
        Table(name: "removed_version", key: "id", order: "id", isErasable: true),
        Table(name: "emptied_run", key: "id", order: "id"),
        Table(name: "account", key: "id", order: "id"),
        Table(name: "calibration", key: "id", order: "id"),
    ]

    /// Of one row of an erasable table, of the columns after the first.
    static func digest(_ row: BulkRow) -> [UInt8] {
        var bytes: [UInt8] = []
        for column in 1..<row.columns { row.appendSealed(column, to: &bytes) }
        return Array(SHA256.hash(data: bytes))
    }

    /// - Parameter name: of an erasable table.
    static func digest(ofRow id: Int64, in name: String, _ db: Database) throws -> [UInt8] {
        var digest: [UInt8] = []
        try BulkQuery(db, "SELECT id, * FROM \(name) WHERE id = ?", [id]).eachRow { digest = Self.digest($0) }
        return digest
    }

    /// Of the rows after those of the last seal.
    ///
    /// - Parameter running: of the rows that the commit put in.
    static func next(_ running: RunningSeals, _ db: Database) throws -> RowSeal {
        var bounds = try lastBounds(db)
        let parts = try tables.map { table in
            let from = bounds[table.name] ?? 0
            guard let made = running.part(table) else { return try part(of: table, after: from, db) }
            assert((try? part(of: table, after: from, db)) == made, "\(table.name) is sealed as it is stored")
            return made
        }
        for part in parts where part.to > 0 { bounds[part.table] = part.to }
        return RowSeal(bounds: bounds, parts: parts.filter { $0.rows > 0 })
    }

    /// False when a table goes on after the last seal: somebody put rows in without a word of it.
    static func areAllSealed(_ db: Database) throws -> Bool {
        let bounds = try lastBounds(db)
        return try tables.allSatisfy { try last($0, db) <= bounds[$0.name] ?? 0 }
    }

    /// The greatest key; 0 for an empty table.
    private static func last(_ table: Table, _ db: Database) throws -> Int {
        let last = table.last ?? "SELECT max(\(table.key)) FROM \(table.name) WHERE \(table.condition)"
        return try db.value(Int.self, sql: last) ?? 0
    }

    private static func part(of table: Table, after from: Int, _ db: Database) throws -> RowSeal.Part {
        let to = max(from, try last(table, db))
        var digests = Digests(bounds: [to])
        if to > from { try digests.take(table, where: "\(table.key) > \(from)", db) }
        return RowSeal.Part(
            table: table.name, to: to, rows: digests.rows[0], digest: Hex.text(digests.finish()[0]))
    }

    private static func lastBounds(_ db: Database) throws -> [String: Int] {
        struct Body: Decodable {
            let bounds: [String: Int]
        }
        let body = try db.value(
            String.self,
            sql: """
                SELECT CAST(body AS TEXT) FROM event JOIN event_payload ON event_payload.event = sequence
                WHERE type = 'rows.sealed' ORDER BY sequence DESC LIMIT 1
                """)
        return body.flatMap { JSON.value(Body.self, $0)?.bounds } ?? [:]
    }

    /// The parts of all seals, table by table: a trail has very many.
    struct Stored {
        struct Part {
            let sequence: Int
            let to: Int
            let rows: Int
            /// 32 bytes.
            let digest: SHA256Bytes
        }

        fileprivate var parts: [String: [Part]] = [:]

        /// - Parameter body: of `rows.sealed`.
        /// - Returns: false when it says nothing.
        mutating func add(_ body: String, sequence: Int) -> Bool {
            struct Body: Decodable {
                let tables: [RowSeal.Part]
            }
            guard let body = JSON.value(Body.self, body) else { return false }
            for part in body.tables {
                let digest = SHA256Bytes(hex: part.digest) ?? .zero
                parts[part.table, default: []].append(
                    Part(sequence: sequence, to: part.to, rows: part.rows, digest: digest))
            }
            return true
        }
    }

    /// Sequence and table of the first seal that does not hold for each table; 0 for rows that no seal is over.
    static func broken(_ seals: Stored, _ db: Database) throws -> [(Int, String)] {
        var found: [(Int, String)] = []
        for table in tables {
            let parts = seals.parts[table.name] ?? []
            var digests = Digests(bounds: parts.map(\.to))
            try digests.take(table, db)
            let made = digests.finish()
            let wrong = parts.indices.first {
                SHA256Bytes(made[$0]) != parts[$0].digest || digests.rows[$0] != parts[$0].rows
            }
            if let wrong {
                found.append((parts[wrong].sequence, table.name))
            } else if digests.beyond > 0 {
                found.append((0, table.name))
            }
        }
        return found
    }
}

/// A SHA-256 without memory of its own.
struct SHA256Bytes: Hashable {
    private var words = SIMD4<UInt64>.zero

    static let zero = SHA256Bytes()

    private init() {}

    init(_ digest: SHA256.Digest) {
        digest.withUnsafeBytes { bytes in
            for word in 0..<4 { words[word] = bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) }
        }
    }

    init?(hex: String) {
        guard hex.utf8.count == 64 else { return nil }
        var rest = hex[...]
        for word in 0..<4 {
            guard let value = UInt64(rest.prefix(16), radix: 16) else { return nil }
            words[word] = value.bigEndian
            rest = rest.dropFirst(16)
        }
    }
}

/// Digests of runs of rows, each up to a greatest key. Rows need not come in the order of their keys.
private struct Digests {
    private let bounds: [Int]
    private var hashes: [SHA256]
    private var buffer: [UInt8] = []
    /// The run of rows that the last row was one of, the keys it is between, and how many of its rows were not hashed yet.
    private var current = 0
    private var (from, to) = (Int.max, Int.min)
    private var pending = 0
    private(set) var rows: [Int]
    /// Rows over the last bound.
    private(set) var beyond = 0

    init(bounds: [Int]) {
        self.bounds = bounds
        hashes = Array(repeating: SHA256(), count: bounds.count)
        rows = Array(repeating: 0, count: bounds.count)
    }

    mutating func take(_ table: RowSeals.Table, where condition: String = "1", _ db: Database) throws {
        let erased = table.isErasable ? try ErasureTables.erasedRows(of: table.name, db) : [:]
        try BulkQuery(
            db,
            """
            SELECT \(table.key), \(table.columns) FROM \(table.name) WHERE \(condition) AND \(table.condition)
            ORDER BY \(table.order)
            """
        ).eachRow { row in
            let key = Int(row.integer(0))
            if key <= from || key > to || buffer.count > 1 << 16 {
                guard enter(key) else {
                    beyond += 1
                    return
                }
            }
            pending += 1
            if table.isErasable {
                let digest = RowSeals.digest(row)
                let entry = erased[row.integer(1)]
                buffer += entry.map { $0.remains == digest ? $0.digest : digest } ?? digest
            } else {
                for column in 1..<row.columns { row.appendSealed(column, to: &buffer) }
            }
        }
        flush()
    }

    /// The first whose bound is not below the key.
    private func place(of key: Int) -> Int? {
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < bounds.count ? low : nil
    }

    /// False for a key beyond the last bound.
    private mutating func enter(_ key: Int) -> Bool {
        flush()
        guard let place = place(of: key) else { return false }
        current = place
        (from, to) = (place == 0 ? .min : bounds[place - 1], bounds[place])
        return true
    }

    private mutating func flush() {
        if pending > 0 {
            hashes[current].update(data: buffer)
            rows[current] += pending
        }
        buffer.removeAll(keepingCapacity: true)
        pending = 0
    }

    func finish() -> [SHA256.Digest] { hashes.map { $0.finalize() } }
}
