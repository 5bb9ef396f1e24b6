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

    /// One for each table of `RowSeals`, in that order.
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
        /// A row that was erased counts with the digest it had.
        var isErasable = false
    }

    /// Findings are left out: what they say follows from records and rules, and is brought up to date.
    static let tables = [
        Table(name: "source", key: "id", order: "id"),
        Table(name: "layout", key: "id", order: "id"),
        Table(name: "batch", key: "id", order: "id"),
        Table(name: "batch_content", key: "batch", order: "batch"),
        // The office's id is in the digest of every version, and is held against it; an erased one's token in `erasure`.
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
        Table(name: "person_alias", key: "run", order: "person, run"),
        Table(name: "membership", key: "run", order: "record, run"),
        Table(name: "restriction", key: "id", order: "id", isErasable: true),
        Table(name: "erasure", key: "id", order: "id"),
        Table(name: "erased_row", key: "id", order: "id"),
        Table(name: "removed_version", key: "id", order: "id"),
        Table(name: "emptied_run", key: "id", order: "id"),
    ]

    /// Of one row of an erasable table, of the columns after the first.
    static func digest(_ row: BulkRow) -> [UInt8] {
        var bytes: [UInt8] = []
        for column in 1..<row.columns { row.appendSealed(column, to: &bytes) }
        return Array(SHA256.hash(data: bytes))
    }

    /// - Parameter name: of an erasable table, whose key is `id`.
    static func digest(ofRow id: Int64, in name: String, _ db: Database) throws -> [UInt8] {
        var digest: [UInt8] = []
        try BulkQuery(db, "SELECT id, * FROM \(name) WHERE id = ?", [id]).eachRow { digest = Self.digest($0) }
        return digest
    }

    /// Of the rows after those of the last seal.
    ///
    /// - Parameter running: of the rows that the commit put in.
    static func next(_ running: RunningSeals, _ db: Database) throws -> RowSeal {
        let sealed = try lastParts(db)
        return RowSeal(
            parts: try tables.map { table in
                let from = sealed[table.name] ?? 0
                guard let made = running.part(table) else { return try part(of: table, after: from, db) }
                assert((try? part(of: table, after: from, db)) == made, "\(table.name) is sealed as it is stored")
                return made
            })
    }

    private static func part(of table: Table, after from: Int, _ db: Database) throws -> RowSeal.Part {
        let to =
            try Int.fetchOne(db, sql: "SELECT max(\(table.key)) FROM \(table.name) WHERE \(table.condition)") ?? 0
        var digests = Digests(bounds: [max(from, to)])
        if to > from { try digests.take(table, where: "\(table.key) > \(from)", db) }
        return RowSeal.Part(table: table.name, to: max(from, to), rows: digests.rows[0], digest: digests.finish()[0])
    }

    private static func lastParts(_ db: Database) throws -> [String: Int] {
        let body = try String.fetchOne(
            db,
            sql: """
                SELECT CAST(body AS TEXT) FROM event JOIN event_payload ON event_payload.event = sequence
                WHERE type = 'rows.sealed' ORDER BY sequence DESC LIMIT 1
                """)
        let parts = body.flatMap { Self.parts($0) } ?? []
        return Dictionary(parts.map { ($0.table, $0.to) }) { $1 }
    }

    /// Of the body of `rows.sealed`.
    static func parts(_ body: String) -> [RowSeal.Part]? {
        struct Body: Decodable {
            let tables: [RowSeal.Part]
        }
        return JSON.value(Body.self, body)?.tables
    }

    /// Sequence and table of the first seal that does not hold for each table; 0 for rows that no seal is over.
    static func broken(_ seals: [(sequence: Int, parts: [RowSeal.Part])], _ db: Database) throws -> [(Int, String)] {
        var found: [(Int, String)] = []
        for table in tables {
            let parts = seals.compactMap { seal in
                seal.parts.first { $0.table == table.name }.map { (seal.sequence, $0) }
            }
            var digests = Digests(bounds: parts.map(\.1.to))
            try digests.take(table, db)
            let made = digests.finish()
            let wrong = parts.indices.first { made[$0] != parts[$0].1.digest || digests.rows[$0] != parts[$0].1.rows }
            if let wrong {
                found.append((parts[wrong].0, table.name))
            } else if digests.beyond > 0 {
                found.append((0, table.name))
            }
        }
        return found
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
                let entry = erased[row.integer(0)]
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

    func finish() -> [String] { hashes.map { Hex.text($0.finalize()) } }
}
