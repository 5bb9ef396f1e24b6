import GRDB
import Records

/// The findings of all runs by their stable ids, and when each was resolved or came back. What a finding says follows
/// from records and rules, so it is brought up to date, see `reword`; that it was made is never taken back.
enum FindingTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Alternatives are spelt out: SQLite builds a table for IN with three values, for every row.
                CREATE TABLE finding (
                    -- The 64 bits of Finding.id(in:).
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL CHECK (kind = 'error' OR kind = 'omission' OR kind = 'duplicate'),
                    "check" TEXT NOT NULL CHECK ("check" <> ''),
                    severity TEXT NOT NULL CHECK (severity = 'info' OR severity = 'warning' OR severity = 'error'),
                    record INTEGER NOT NULL REFERENCES record (id),
                    field TEXT,
                    suggestion TEXT NOT NULL,
                    other_record INTEGER REFERENCES record (id),
                    detail TEXT NOT NULL,
                    -- Tells whether severity, suggestion and detail are still the same.
                    content INTEGER NOT NULL,
                    -- The latest of its changes, kept here so that a list need not look them up; waivers stand apart.
                    state TEXT NOT NULL DEFAULT 'open'
                        CHECK (state = 'open' OR state = 'returned' OR state = 'resolved' OR state = 'vanished'),
                    -- The run that made it first.
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
                    -- Goes with its words: what is left of a seal does not say what they were.
                    salt BLOB NOT NULL CHECK (length(salt) = 16)
                ) STRICT;
                CREATE TABLE finding_change (
                    finding INTEGER NOT NULL REFERENCES finding (id),
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
                    change TEXT NOT NULL CHECK (change IN ('returned', 'resolved', 'vanished')),
                    PRIMARY KEY (finding, run)
                ) STRICT, WITHOUT ROWID;
                """)
        try Migrations.makeAppendOnly("finding_change", db)
    }

    /// All but the state, which is held against the changes; `insert` seals the same columns in the same order.
    static let sealed = """
        id, kind, "check", severity, record, field, suggestion, other_record, detail, content, run, salt
        """

    /// - Parameter keys: the stored record of each row.
    static func save(
        _ update: LedgerUpdate, findings: [Finding], records: RecordTable, keys: [Int64], seals: inout RunningSeals,
        _ db: Database
    ) throws {
        var writer = try Writer(db, run: update.run)
        let index = Dictionary(update.reworded) { first, _ in first }
        let event = (try EventTable.last(db)?.sequence ?? 0) + 1
        try reword(update.reworded.map(\.id), event: event, db) { id in
            if let index = index[id] { try writer.update(id, findings[index]) }
        }
        for (id, change) in update.changes { try writer.change(id, change) }
        try insert(update.new, of: findings, records, keys, update.run, &seals, db)
    }

    private static func insert(
        _ new: [(id: Int64, index: Int)], of findings: [Finding], _ records: RecordTable, _ keys: [Int64], _ run: Int,
        _ seals: inout RunningSeals, _ db: Database
    ) throws {
        let run = Int64(run)
        let fields = records.schema.fields.map(\.name)
        var salts = Salts()
        let salt = UnsafeMutableRawBufferPointer.allocate(byteCount: Salts.size, alignment: 1)
        defer { salt.deallocate() }
        var next = -1
        // They come in the order of their ids, each from another place in memory: it is looked up once, and copied.
        var finding = Finding(kind: .error, check: "", severity: .info, row: 0)
        try RowFeed.insert(
            into: """
                finding (id, kind, "check", severity, record, field, suggestion, other_record, detail, content, run,
                    salt)
                """, columns: 12, db
        ) {
            next += 1
            guard next < new.count else { return false }
            finding = findings[new[next].index]
            salt.copyBytes(from: salts.next())
            seals.finding.addErasable(run) { row in
                row.appendSealed(new[next].id)
                row.appendSealed(finding.kind.rawValue)
                row.appendSealed(finding.check)
                row.appendSealed(finding.severity.rawValue)
                row.appendSealed(keys[finding.row])
                if let field = finding.field { row.appendSealed(fields[field]) } else { row.appendSealedNull() }
                row.appendSealed(finding.suggestion)
                if let other = finding.otherRow { row.appendSealed(keys[other]) } else { row.appendSealedNull() }
                row.appendSealed(finding.detail)
                row.appendSealed(content(finding))
                row.appendSealed(run)
                row.appendSealed(blob: UnsafeRawBufferPointer(salt))
            }
            return true
        } value: { column, cell in
            switch column {
            case 0: cell.take(new[next].id)
            case 1: cell.take(finding.kind.rawValue)
            case 2: cell.take(finding.check)
            case 3: cell.take(finding.severity.rawValue)
            case 4: cell.take(keys[finding.row])
            case 5: if let field = finding.field { cell.take(fields[field]) } else { cell.takeNull() }
            case 6: cell.take(finding.suggestion)
            case 7: if let other = finding.otherRow { cell.take(keys[other]) } else { cell.takeNull() }
            case 8: cell.take(finding.detail)
            case 9: cell.take(content(finding))
            case 10: cell.take(run)
            default: cell.take(blob: UnsafeRawBufferPointer(salt))
            }
        }
    }

    /// Takes the words of findings away, in an erasure.
    static func blank(_ ids: [Int64], event: Int, _ db: Database) throws {
        let words = try BulkStatement(
            db, "UPDATE finding SET suggestion = '', detail = '', content = 0, salt = zeroblob(16) WHERE id = ?")
        try reword(ids, event: event, db) { id in
            words.bind(id, at: 1)
            try words.run()
        }
    }

    /// Changes what findings say. Seals are over the words that each had first: a row of `erased_row` vouches for those it
    /// has now.
    ///
    /// - Parameters:
    ///   - event: sequence of an event of the commit.
    ///   - change: writes the words of one finding.
    private static func reword(
        _ ids: [Int64], event: Int, _ db: Database, _ change: (Int64) throws -> Void
    ) throws {
        let word = try BulkStatement(
            db, "INSERT INTO erased_row (\"table\", key, digest, remains, event) VALUES ('finding', ?, ?, ?, ?)")
        word.bind(Int64(event), at: 4)
        for start in stride(from: 0, to: ids.count, by: 10_000) {
            let some = ids[start..<min(start + 10_000, ids.count)]
            let list = try JSON.text(Array(some))
            let sealed = try digests(list, db).merging(ErasureTables.sealedDigests(of: "finding", in: list, db)) { $1 }
            for id in some { try change(id) }
            for (id, remains) in try digests(list, db).sorted(by: { $0.key < $1.key }) {
                try (sealed[id] ?? remains).withUnsafeBytes { sealed in
                    try remains.withUnsafeBytes { remains in
                        word.bind(id, at: 1)
                        word.bind(blob: sealed, at: 2)
                        word.bind(blob: remains, at: 3)
                        try word.run()
                    }
                }
            }
        }
    }

    /// - Parameter list: ids, as a JSON array.
    private static func digests(_ list: String, _ db: Database) throws -> [Int64: [UInt8]] {
        var digests: [Int64: [UInt8]] = [:]
        try BulkQuery(
            db, "SELECT id, \(sealed) FROM finding WHERE id IN (SELECT value FROM json_each(?))", [list]
        ).eachRow { digests[$0.integer(0)] = RowSeals.digest($0) }
        return digests
    }

    static func content(_ finding: Finding) -> Int64 {
        var hash = StableHash()
        hash.combine(finding.severity.rawValue)
        hash.combine(finding.suggestion)
        hash.combine(finding.detail)
        return Int64(bitPattern: hash.value)
    }
}

private struct Writer {
    private let updates: BulkStatement
    private let states: BulkStatement
    private let changes: BulkStatement

    init(_ db: Database, run: Int) throws {
        updates = try BulkStatement(
            db,
            """
            UPDATE finding SET severity = ?, suggestion = ?, detail = ?, content = ?, salt = randomblob(16) WHERE id = ?
            """)
        states = try BulkStatement(db, "UPDATE finding SET state = ? WHERE id = ?")
        changes = try BulkStatement(db, "INSERT INTO finding_change (finding, run, change) VALUES (?, ?, ?)")
        changes.bind(Int64(run), at: 2)
    }

    mutating func change(_ id: Int64, _ change: LedgerUpdate.Change) throws {
        try BulkStatement.withUTF8([change.rawValue]) { texts in
            states.bind(text: texts[0], at: 1)
            states.bind(id, at: 2)
            try states.run()
            changes.bind(id, at: 1)
            changes.bind(text: texts[0], at: 3)
            try changes.run()
        }
    }

    mutating func update(_ id: Int64, _ finding: Finding) throws {
        try BulkStatement.withUTF8([finding.severity.rawValue, finding.suggestion, finding.detail]) { texts in
            for place in 0..<3 { updates.bind(text: texts[place], at: Int32(place + 1)) }
            updates.bind(FindingTable.content(finding), at: 4)
            updates.bind(id, at: 5)
            try updates.run()
        }
    }
}
