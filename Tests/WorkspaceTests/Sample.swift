import Foundation
import GRDB
import Records

@testable import Workspace

/// A workspace in a temporary folder, which is removed with it.
final class Sample {
    let directory: String

    init() {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("qingku-\(UUID().uuidString)").path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func open() throws -> WorkspaceStore {
        try WorkspaceStore.open(directory: directory, patience: .zero)
    }

    /// Changes the database behind the tool's back, with the guard rails taken away.
    func tamper(_ sql: String) throws {
        let database = try DatabaseQueue(path: directory + "/registry.sqlite")
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: sql)
        }
    }

    static let time = "2026-11-21T08:00:00Z"
    static let schema = Schema([Field(name: "name", kind: .personName), Field(name: "phone", kind: .phone)])

    /// Rows of record id, name and phone; `sha` tells files apart.
    static func source(
        _ name: String, sha: Character = "a", headers: [String?] = ["姓名", "电话"], _ rows: [[String]]
    ) -> SourceTable {
        var ids = TextInterner()
        let recordIDs = rows.map { ids.intern($0[0]) }
        let columns = headers.indices.map { column -> SourceTable.Column? in
            guard let header = headers[column] else { return nil }
            var texts = TextInterner()
            let codes = rows.map { texts.intern($0[column + 1]) }
            return SourceTable.Column(header: header, codes: codes, values: texts.pool)
        }
        return SourceTable(
            profile: SourceProfile(name: name),
            file: SourceFile(
                path: "\(name).csv", format: .csv, sha256: String(repeating: sha, count: 64), size: 100,
                encoding: "gb18030",
                dialect: Dialect(
                    delimiter: ";", quote: "\"", hasHeader: true, lineEnding: "crlf", hasByteOrderMark: true,
                    guessed: ["delimiter"], headers: ["编号", "姓名", "电话"])),
            recordIDs: recordIDs, recordIDPool: ids.pool, lines: rows.indices.map { UInt32($0 * 3 + 2) },
            offsets: rows.indices.map { UInt64($0 * 40 + 9) }, columns: columns)
    }

    /// Normalised values are the raw ones.
    static func table(_ sources: [SourceTable]) -> RecordTable {
        let columns = schema.fields.indices.map { field -> RecordTable.Column in
            var texts = TextInterner()
            var codes: [UInt32] = []
            for source in sources {
                for record in 0..<source.count {
                    let column = source.columns[field]
                    codes.append(texts.intern(column.map { $0.values[$0.codes[record]] } ?? ""))
                }
            }
            return RecordTable.Column(
                codes: codes, values: texts.pool, isWellFormed: Array(repeating: true, count: texts.pool.count))
        }
        return RecordTable(schema: schema, sources: sources, columns: columns)
    }

    /// A trail whose hashes only count.
    static func event(
        _ sequence: Int, _ type: String = "test.happened", subjects: [String] = ["run:1", "批"], body: String = "{}",
        payload: Bool = true
    ) -> RecordedEvent {
        RecordedEvent(
            event: AuditEvent(
                sequence: sequence, type: type, time: time, actor: "wang", tool: "qingku", rules: "r",
                subjects: subjects, commitment: hash(1000 + sequence), previousHash: hash(sequence - 1),
                hash: hash(sequence)),
            payload: payload
                ? EventPayload(salt: Array(repeating: UInt8(sequence), count: 32), body: Array(body.utf8)) : nil)
    }

    static func hash(_ number: Int) -> String {
        String(repeating: "0", count: 64 - String(number).count) + String(number)
    }

    static func problems(_ store: WorkspaceStore) throws -> [WorkspaceStore.Problem] {
        try store.verify()
    }

    /// What a run writes, all in one.
    @discardableResult
    static func run(
        _ writer: WorkspaceWriter, _ sources: [SourceTable], persons: [UInt32], new: [UInt32] = [],
        merged: [PersonAssignment.Merge] = [], returned: [UInt32] = [], findings: [Finding] = [],
        outputs: [StoredRun.Output] = [], checks: [String]? = nil, day: String = "2026-11-21"
    ) throws -> LedgerChanges {
        let run = try writer.nextRun()
        let records = table(sources)
        let update = try writer.ledger(
            findings, records: records, scope: LedgerScope(run: run, day: day, checks: checks))
        let batches = try sources.map { try writer.importBatch($0, schema: schema, time: time, event: 1).batch.id }
        try writer.remember(StoredRuleBook(sha256: hash(7), path: "rules/registry.yaml", text: "registry: 登记"))
        try writer.save(
            PersonAssignment(
                persons: persons, new: new, returned: returned, merged: merged, split: [], kept: 0,
                highest: persons.max() ?? 0), records: records, run: run)
        try writer.save(update, findings: findings, records: records)
        if !update.isEmpty {
            let sequence = (try writer.lastEvent()?.sequence ?? 0) + 1
            try writer.append(
                self.event(sequence, "findings.changed", body: "{\"run\":\(run)}"))
            for (waiver, word) in update.endedWaivers { try writer.record(word, on: [waiver], event: sequence) }
        }
        let event = event((try writer.lastEvent()?.sequence ?? 0) + 1)
        try writer.append(event)
        try writer.save(
            StoredRun(
                id: run, name: "run-\(run)", folder: "outbox/run-\(run)", finishedAt: time, tool: "qingku",
                rules: hash(7),
                inputs: hash(1), decisions: hash(2), batches: batches, records: persons.count,
                persons: Set(persons).count, basis: 0, day: day, language: .english, event: event.event.sequence,
                outputs: outputs))
        return update.ledger.changes ?? LedgerChanges(new: findings.count)
    }
}

extension WorkspaceStore {
    func membership(of records: RecordTable, before run: Int? = nil) throws -> Membership {
        try membership(of: keys(of: records), before: run)
    }
}

/// Raw cells of a source, by record.
func cells(_ source: SourceTable) -> [[String?]] {
    (0..<source.count).map { record in
        [source.recordIDPool[source.recordIDs[record]]] + source.columns.map { $0.map { $0.values[$0.codes[record]] } }
    }
}
