import GRDB
package import Records

/// The findings of all runs by their stable ids, and when each was resolved or raised again. What a finding says follows
/// from records and rules, so it is brought up to date; that it was raised is never taken back.
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
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED
                ) STRICT;
                CREATE TABLE finding_change (
                    finding INTEGER NOT NULL REFERENCES finding (id),
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
                    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
                    PRIMARY KEY (finding, run)
                ) STRICT, WITHOUT ROWID;
                CREATE VIEW open_finding AS
                    SELECT * FROM finding WHERE coalesce(
                        (SELECT is_open FROM finding_change WHERE finding = finding.id ORDER BY run DESC LIMIT 1), 1);
                """)
        try Migrations.makeAppendOnly("finding_change", db)
    }

    /// Brings the table to the findings of a run. A finding of a record that took no part in the run stays as it is.
    ///
    /// - Parameter keys: the stored record of each row.
    static func save(
        _ findings: [Finding], records: RecordTable, keys: [Int64], run: Int, _ db: Database
    ) throws -> FindingChanges {
        let found = identified(findings, records)
        let stored = try Stored(db)
        let rows = RowsByKey(keys)
        var writer = try Writer(db, run: run)
        var changes = FindingChanges()
        var new: [(id: Int64, index: Int)] = []
        var place = 0
        for (id, index) in found {
            while place < stored.ids.count, stored.ids[place] < id {
                try writer.resolve(stored, place, rows, &changes)
                place += 1
            }
            let finding = findings[index]
            if place < stored.ids.count, stored.ids[place] == id {
                if stored.contents[place] != content(finding) { try writer.update(id, finding) }
                if stored.closed.contains(id) {
                    try writer.change(id, isOpen: true)
                    changes.raised += 1
                }
                place += 1
            } else {
                new.append((id, index))
                changes.raised += 1
            }
        }
        while place < stored.ids.count {
            try writer.resolve(stored, place, rows, &changes)
            place += 1
        }
        try insert(new, of: findings, records, keys, run, db)
        changes.open = found.count
        return changes
    }

    /// Ascending by id; of findings with one id, the first.
    private static func identified(_ findings: [Finding], _ records: RecordTable) -> [(id: Int64, index: Int)] {
        var ids = records.withView { view in
            findings.enumerated().map { index, finding in
                (id: Int64(bitPattern: finding.hash(in: view).value), index: index)
            }
        }
        ids.sort { ($0.id, $0.index) < ($1.id, $1.index) }
        var unique: [(id: Int64, index: Int)] = []
        unique.reserveCapacity(ids.count)
        for entry in ids where unique.last?.id != entry.id { unique.append(entry) }
        return unique
    }

    private static func insert(
        _ new: [(id: Int64, index: Int)], of findings: [Finding], _ records: RecordTable, _ keys: [Int64], _ run: Int,
        _ db: Database
    ) throws {
        var next = -1
        try RowFeed.insert(
            into: """
                finding (id, kind, "check", severity, record, field, suggestion, other_record, detail, content, run)
                """, columns: 11, db
        ) {
            next += 1
            return next < new.count
        } value: { column, cell in
            let finding = findings[new[next].index]
            switch column {
            case 0: cell.take(new[next].id)
            case 1: cell.take(finding.kind.rawValue)
            case 2: cell.take(finding.check)
            case 3: cell.take(finding.severity.rawValue)
            case 4: cell.take(keys[finding.row])
            case 5:
                if let field = finding.field { cell.take(records.schema.fields[field].name) } else { cell.takeNull() }
            case 6: cell.take(finding.suggestion)
            case 7: if let other = finding.otherRow { cell.take(keys[other]) } else { cell.takeNull() }
            case 8: cell.take(finding.detail)
            case 9: cell.take(content(finding))
            default: cell.take(Int64(run))
            }
        }
    }

    fileprivate static func content(_ finding: Finding) -> Int64 {
        var hash = StableHash()
        hash.combine(finding.severity.rawValue)
        hash.combine(finding.suggestion)
        hash.combine(finding.detail)
        return Int64(bitPattern: hash.value)
    }

    static func counts(_ db: Database) throws -> [FindingCount] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT kind, "check", severity, count(*) AS findings FROM open_finding
                GROUP BY kind, "check", severity ORDER BY kind, "check", severity
                """
        ).map { row in
            FindingCount(
                kind: Finding.Kind(rawValue: row["kind"]) ?? .error, check: row["check"],
                severity: Severity(rawValue: row["severity"]) ?? .info, findings: row["findings"])
        }
    }
}

/// What a run did to the list of findings.
package struct FindingChanges: Sendable, Hashable {
    /// For the first time, or again.
    package fileprivate(set) var raised = 0
    package fileprivate(set) var resolved = 0
    package fileprivate(set) var open = 0
}

/// How many findings of a check are open.
package struct FindingCount: Sendable, Hashable {
    package let kind: Finding.Kind
    package let check: String
    package let severity: Severity
    package let findings: Int
}

/// What is stored, ascending by id.
private struct Stored {
    private(set) var ids: [Int64] = []
    private(set) var contents: [Int64] = []
    private(set) var records: [Int64] = []
    private(set) var closed: Set<Int64> = []

    init(_ db: Database) throws {
        try BulkQuery(db, "SELECT id, content, record FROM finding ORDER BY id").eachRow { row in
            ids.append(row.integer(0))
            contents.append(row.integer(1))
            records.append(row.integer(2))
        }
        try BulkQuery(db, "SELECT finding, is_open FROM finding_change ORDER BY finding, run").eachRow { row in
            if row.integer(1) == 0 { closed.insert(row.integer(0)) } else { closed.remove(row.integer(0)) }
        }
    }
}

private struct Writer {
    private let updates: BulkStatement
    private let changes: BulkStatement

    init(_ db: Database, run: Int) throws {
        updates = try BulkStatement(
            db, "UPDATE finding SET severity = ?, suggestion = ?, detail = ?, content = ? WHERE id = ?")
        changes = try BulkStatement(db, "INSERT INTO finding_change (finding, run, is_open) VALUES (?, ?, ?)")
        changes.bind(Int64(run), at: 2)
    }

    mutating func resolve(_ stored: Stored, _ place: Int, _ rows: RowsByKey, _ counts: inout FindingChanges) throws {
        guard rows.row(of: stored.records[place]) != nil, !stored.closed.contains(stored.ids[place]) else { return }
        try change(stored.ids[place], isOpen: false)
        counts.resolved += 1
    }

    mutating func change(_ id: Int64, isOpen: Bool) throws {
        changes.bind(id, at: 1)
        changes.bind(isOpen ? 1 : 0, at: 3)
        try changes.run()
    }

    mutating func update(_ id: Int64, _ finding: Finding) throws {
        try withUTF8([finding.severity.rawValue, finding.suggestion, finding.detail]) { texts in
            for place in 0..<3 { updates.bind(text: texts[place], at: Int32(place + 1)) }
            updates.bind(FindingTable.content(finding), at: 4)
            updates.bind(id, at: 5)
            try updates.run()
        }
    }
}

/// The UTF-8 of several texts at once, valid within `body`.
private func withUTF8(_ texts: [String], _ body: ([UnsafeBufferPointer<UInt8>]) throws -> Void) rethrows {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for text in texts {
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
    }
    try bytes.withUnsafeBufferPointer { all in
        try body(ends.indices.map { UnsafeBufferPointer(rebasing: all[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]]) })
    }
}
