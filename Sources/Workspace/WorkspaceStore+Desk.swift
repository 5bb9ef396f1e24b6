import GRDB
package import Records

/// What the index of the desk is made of.
extension WorkspaceStore {
    /// The stored records of a source by the office's id, of who has it by an export.
    package struct KnownIDs {
        private var register: RecordRegister
        /// Which holder has an id, where it is not the first.
        private let later: [[UInt8]: Int]

        fileprivate init(_ register: RecordRegister, later: [[UInt8]: Int]) {
            self.register = register
            self.later = later
        }

        package mutating func record(_ id: UnsafeBufferPointer<UInt8>) -> Int64? {
            register.key(recordID: id, holder: later.isEmpty ? 0 : later[Array(id)] ?? 0)
        }
    }

    /// A record of an export.
    package struct DeliveredRecord {
        package let record: Int64
        /// The office's.
        package let recordID: String
        /// Of the fields that were asked for, as the office wrote them; empty where the export has no such column.
        package let texts: [String]
    }

    /// The records of an export as they stood with it, one at a time and in no order, without those whose cells are gone.
    ///
    /// - Returns: which of them an id stands for.
    /// - Throws: `E-WS-004` when what is stored is damaged.
    package func eachRecord(
        of batch: Batch, fields: [String], _ body: (DeliveredRecord) throws -> Void
    ) throws -> KnownIDs {
        try read { db in
            var newest = try Self.newestVersions(of: batch, db)
            let places = fields.map { field in batch.layout.columns.firstIndex { $0.field == field } }
            var later: [[UInt8]: Int] = [:]
            try BulkQuery(
                db,
                """
                SELECT version.id, record, cells, record_id, occurrence
                FROM record_version AS version CROSS JOIN record ON record.id = record
                WHERE batch <= ?1 AND cells IS NOT NULL AND record.source = (SELECT id FROM source WHERE name = ?2)
                """, [batch.id, batch.source]
            ).eachRow { row in
                let record = row.integer(1)
                guard record < newest.count, newest[Int(record)] == row.integer(0) else { return }
                newest[Int(record)] = 0
                if row.integer(4) > 0 { later[Array(row.bytes(3))] = Int(row.integer(4)) }
                guard let parts = RecordCells.decode(row.bytes(2), count: batch.layout.columns.count) else {
                    throw StoredSource.damaged(batch)
                }
                let texts = places.map { $0.map { String(decoding: row.bytes(2)[parts[$0]], as: UTF8.self) } ?? "" }
                try body(DeliveredRecord(record: record, recordID: row.text(3), texts: texts))
            }
            return KnownIDs(try RecordTables.register(ofSource: batch.source, db), later: later)
        }
    }

    /// By record, the version that stood with an export; 0 for a record that is not in it.
    private static func newestVersions(of batch: Batch, _ db: Database) throws -> [Int64] {
        let last = try db.value(Int.self, sql: "SELECT max(id) FROM record") ?? 0
        var isThere = [Bool](repeating: false, count: last + 1)
        try BatchTable.order(of: batch.id, db).withUnsafeBufferPointer { bytes in
            var (place, entry) = (0, RecordOrder.Entry())
            while place < bytes.count {
                guard let next = RecordOrder.entry(after: entry, at: &place, in: bytes),
                    isThere.indices.contains(Int(next.record))
                else { throw StoredSource.damaged(batch) }
                isThere[Int(next.record)] = true
                entry = next
            }
        }
        var newest = [Int64](repeating: 0, count: isThere.count)
        try BulkQuery(
            db, "SELECT id, record FROM record_version WHERE batch <= ?1 ORDER BY id", [batch.id]
        ).eachRow { row in
            let record = Int(row.integer(1))
            if record < isThere.count, isThere[record] { newest[record] = row.integer(0) }
        }
        return newest
    }

    /// The person that each stored record stands for after the newest run, by record; 0 for nobody.
    package func personsByRecord() throws -> [UInt32] {
        try read { db in
            let last = try db.value(Int.self, sql: "SELECT max(id) FROM record") ?? 0
            var persons = [UInt32](repeating: 0, count: last + 1)
            try BulkQuery(db, "SELECT record, person FROM membership ORDER BY record, run").eachRow { row in
                let record = Int(row.integer(0))
                if record <= last { persons[record] = UInt32(truncatingIfNeeded: row.integer(1)) }
            }
            return persons
        }
    }

    /// The findings that are open and that nobody accepts on that day, one at a time, without what they say.
    package func forEachOpenFinding(
        on day: String,
        _ body: (_ id: UInt64, _ record: Int64, _ facet: DeskFacet, _ proposes: Bool) throws -> Void
    ) throws {
        try read { db in
            let waivers = WaiverTable.live(withdrawn: try WithdrawalTable.withdrawn(db))
            try BulkQuery(
                db,
                """
                SELECT finding.id, kind, "check", severity, field, finding.record, source.name,
                    suggestion <> '' AND field IS NOT NULL
                FROM finding JOIN record ON record.id = finding.record JOIN source ON source.id = record.source
                WHERE state IN ('open', 'returned') AND finding.id NOT IN (
                    SELECT waiver.finding FROM (\(waivers)) AS waiver WHERE waiver.until IS NULL OR waiver.until >= ?)
                """, [day]
            ).eachRow { row in
                try body(
                    UInt64(bitPattern: row.integer(0)), row.integer(5),
                    DeskFacet(
                        check: row.text(2), kind: Finding.Kind(rawValue: row.text(1)) ?? .error,
                        severity: Severity(rawValue: row.text(3)) ?? .info, source: row.text(6), area: "",
                        field: row.text(4)), row.integer(7) != 0)
            }
        }
    }

    /// Names of stored records, in no order.
    package func names(of records: Set<Int64>) throws -> [Int64: RecordKey] {
        try read { db in
            let rows = try db.rows(
                sql: """
                    SELECT record.id, source.name, record_id, occurrence
                    FROM json_each(?) AS wanted CROSS JOIN record ON record.id = wanted.value
                    JOIN source ON source.id = record.source
                    """, arguments: [try JSON.text(records.sorted())])
            return Dictionary(
                rows.map { row in
                    let key = RecordKey(source: row["name"], recordID: row["record_id"], holder: row["occurrence"])
                    return (row["id"], key)
                }
            ) { $1 }
        }
    }
}

extension WorkspaceStore {
    /// What these events decided, in the order of their recording.
    package func decisions(ofEvents events: Set<Int>) throws -> [Decision] {
        if events.isEmpty { return [] }
        return try read { try DecisionTable.made(by: events, $0).map(\.decision) }
    }

    /// The same, each with its event.
    package func eventDecisions(of events: Set<Int>) throws -> [(event: Int, decision: Decision)] {
        if events.isEmpty { return [] }
        return try read { try DecisionTable.made(by: events, $0) }
    }

    /// Everything that was ever decided of two records, in the order of its recording.
    package func decisions(on a: RecordKey, _ b: RecordKey) throws -> [(event: Int, decision: Decision)] {
        try read { try DecisionTable.on(min(a, b), max(a, b), $0) }
    }

    /// Findings by their ids, in the order of these; those that there are.
    package func findings(among ids: [UInt64]) throws -> [RecordFinding] {
        try namedFindings(among: ids).map(\.finding)
    }

    /// The same with the id of each.
    package func namedFindings(among ids: [UInt64]) throws -> [(id: UInt64, finding: RecordFinding)] {
        if ids.isEmpty { return [] }
        return try read { db in
            try db.rows(
                sql: """
                    SELECT finding.* FROM json_each(?) AS wanted CROSS JOIN finding ON finding.id = wanted.value ORDER BY wanted.key
                    """, arguments: [try JSON.text(ids.map { Int64(bitPattern: $0) })]
            ).map { (UInt64(bitPattern: $0["id"]), Self.recordFinding($0)) }
        }
    }

    /// Types of the events that the master follows: with any of them the next run may make something else of the records.
    package static let wordsOfMaster = [
        "batch.imported", "calibration.applied", "cell.overridden", "decision.made", "erasure.executed",
        "finding.waived", "restriction.lifted", "restriction.set", "waiver.taken-back", "word.withdrawn",
    ]

    /// Types of the proposals that are such words once they are approved. Of an erasure the event that carries it out is one, of
    /// other rules the run under them.
    package static let proposalsOfMaster = [
        "calibration.proposed", "decision.proposed", "override.proposed", "withdrawal.proposed",
    ]

    /// Events that the master of a run does not follow yet. The exports that it took itself are recorded with it.
    package func wordCount(since run: StoredRun) throws -> Int {
        try read { db in
            try db.value(
                Int.self,
                sql: """
                    SELECT count(*) FROM event WHERE sequence > ?1 AND (
                        type IN (SELECT value FROM json_each(?2))
                            AND sequence NOT IN (SELECT event FROM batch JOIN run_batch ON run_batch.batch = batch.id WHERE run = ?4)
                        OR type = 'approval.granted' AND EXISTS (
                            SELECT 1 FROM approval JOIN event AS proposal ON proposal.sequence = approval.target
                            WHERE approval.event = event.sequence AND proposal.type IN (SELECT value FROM json_each(?3))))
                    """,
                arguments: [
                    run.basis, try JSON.text(Self.wordsOfMaster), try JSON.text(Self.proposalsOfMaster), run.id,
                ]) ?? 0
        }
    }

    /// Whether an event after one may have changed what holds of pairs.
    package func hasSpokenOfPairs(after event: Int) throws -> Bool {
        try read { db in
            try db.value(
                Bool.self,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM event WHERE sequence > ? AND (
                        type LIKE 'decision.%' OR type LIKE 'word.%' OR type LIKE 'withdrawal.%' OR type LIKE 'approval.%'
                        OR type IN ('erasure.executed', 'batch.imported', 'run.completed', 'backup.restored')))
                    """, arguments: [event]) ?? false
        }
    }

    /// Words of somebody that wait for a second person.
    package func waitingEvents() throws -> Set<Int> {
        try read { db in
            Set(
                try db.values(
                    Int.self,
                    sql: """
                        SELECT target FROM approval WHERE verdict = 'asked'
                        EXCEPT SELECT target FROM approval WHERE verdict <> 'asked'
                        """))
        }
    }

    /// The persons that records stand for now; 0 for nobody.
    package func persons(of records: Set<Int64>) throws -> [Int64: UInt32] {
        try read { db in
            Dictionary(
                uniqueKeysWithValues: try records.map { record in
                    let person = try db.value(
                        Int64.self, sql: "SELECT person FROM membership WHERE record = ? ORDER BY run DESC LIMIT 1",
                        arguments: [record])
                    return (record, UInt32(truncatingIfNeeded: person ?? 0))
                })
        }
    }

    /// Whether an event after one has changed which findings are open and which are accepted.
    package func hasChangedFindings(after event: Int) throws -> Bool {
        try read { db in
            try db.value(
                Bool.self,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM event WHERE sequence > ? AND (
                        type IN ('findings.changed', 'finding.waived', 'waiver.taken-back')
                        OR (type = 'word.withdrawn' AND subjects LIKE '%"finding:%')))
                    """, arguments: [event]) ?? false
        }
    }
}
