import Foundation
import GRDB
import Records
import Testing

@testable import Workspace

/// The guard rails let an erasure through, and nothing else.
struct GuardTests {
    private static func isRefused(_ sql: String, _ store: WorkspaceStore) throws -> Bool {
        do {
            try store.database.write { try $0.execute(sql: sql) }
            return false
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return true
        }
    }

    /// Three records, the first of them erased; one decision on the others.
    private static func workspace() throws -> Sample {
        let sample = try VerifyTests.workspace()
        let store = try sample.open()
        try store.commit { writer in
            _ = try writer.record(
                Decision(
                    RecordKey(source: "a", recordID: "2"), RecordKey(source: "a", recordID: "3"), .different, by: "li",
                    reason: "seen", at: Sample.time), event: 4)
            try writer.append(Sample.event(4, "erasure.executed", subjects: ["record:1"]))
            let wanted = try WorkspaceStore.records("record.id = 1", [], writer.db)
            let plan = try ErasurePlan(wanted, telling: { _ in .name }, unnamed: [], schema: Sample.schema, writer.db)
            try writer.erase(plan, in: sample.directory, event: 4)
        }
        return sample
    }

    @Test func `one commit takes an event back once`() throws {
        let sample = try VerifyTests.workspace()
        let store = try sample.open()
        let failure = #expect(throws: Failure.self) {
            try store.commit { writer in
                for event in [4, 5] {
                    try writer.record(Withdrawal(of: 2, by: "li", reason: "seen", at: Sample.time), event: event)
                    try writer.append(Sample.event(event, "word.withdrawn", subjects: ["event:2"]))
                }
            }
        }
        #expect(failure?.code == "E-WS-012")
    }

    @Test func `an erased record is verified without its words`() throws {
        let sample = try Self.workspace()
        let store = try sample.open()
        #expect(try Sample.problems(store).filter { $0.kind != .output }.isEmpty)
        let texts = try store.read { db in
            try String.fetchAll(
                db,
                sql:
                    "SELECT record_id FROM record UNION ALL SELECT CAST(cells AS TEXT) FROM record_version WHERE cells IS NOT NULL"
            )
        }
        #expect(!texts.contains { $0.contains("李强") || $0.contains("1380000000") || $0 == "1" })
    }

    @Test(
        "nothing but an erasure changes what is stored",
        arguments: [
            "UPDATE record SET record_id = '7' WHERE id = 2",
            "UPDATE record SET record_id = 'x' WHERE id = 1",
            "UPDATE record SET occurrence = 3 WHERE id = 1",
            "DELETE FROM record WHERE id = 1",
            "UPDATE record_version SET cells = NULL WHERE record = 2",
            "UPDATE record_version SET cells = x'00' WHERE record = 1 AND digest IS NOT NULL",
            "UPDATE record_version SET digest = zeroblob(32) WHERE record = 1",
            "DELETE FROM record_version WHERE record = 1",
            "UPDATE decision SET reason = '' WHERE id = 1",
            "DELETE FROM decision WHERE id = 1",
            "UPDATE erasure SET token = token WHERE record = 1",
            "DELETE FROM erasure WHERE record = 1",
            "INSERT INTO erasure (record, token, contents, event) SELECT record, token, '[]', event FROM erasure",
            "DELETE FROM emptied_run", "UPDATE emptied_run SET run = run",
        ])
    func refused(_ sql: String) throws {
        let sample = try Self.workspace()
        #expect(try Self.isRefused(sql, try sample.open()))
    }

    @Test(
        "tampering around an erasure is found",
        arguments: [
            "DELETE FROM erasure", "UPDATE erasure SET token = 'erased:' || hex(zeroblob(32))",
            "UPDATE record SET record_id = 'erased:x' WHERE id = 1",
            "UPDATE record_version SET cells = x'00' WHERE record = 1 AND digest IS NOT NULL",
            "UPDATE record_version SET cells = NULL WHERE record = 2",
            "INSERT INTO removed_version (version, name, salt, event) VALUES (2, zeroblob(32), zeroblob(16), 4)",
        ])
    func found(_ sql: String) throws {
        let sample = try Self.workspace()
        try sample.tamper(sql)
        #expect(try Sample.problems(try sample.open()).contains { $0.kind == .record })
    }

    @Test func `restricted records are stored and not used, and are there when they are used again`() throws {
        let sample = try VerifyTests.workspace()
        let store = try sample.open()
        let records = try store.subject("a:2")
        try store.commit { writer in
            try writer.append(Sample.event(4))
            try writer.restrict(records, isLifted: false, by: "li", reason: "contested", time: Sample.time, event: 4)
        }
        let export = Sample.source("a", sha: "3", [["1", "李强", "13800000002"], ["2", "王秀", "139"]])
        let kept = try store.exclusions(unnamed: []).apply(to: [export], schema: Sample.schema)
        #expect(kept.tables[0].count == 1)
        #expect(kept.leftOut == [Exclusions.LeftOut(source: "a", restricted: 1, erased: 0, missed: 0)])
        // What only the record had is not even in the pools.
        #expect(kept.tables[0].recordIDPool.count == 2 && kept.tables[0].columns[1]?.values.count == 2)
        let batch = try store.commit {
            try $0.importBatch(kept.stored[0], schema: Sample.schema, time: Sample.time, event: 1).batch
        }
        #expect(batch.counts.vanished == 0 && batch.counts.changed == 1)
        try store.commit { writer in
            try writer.restrict(records, isLifted: true, by: "li", reason: "settled", time: Sample.time, event: 4)
        }
        #expect(try store.exclusions(unnamed: []).digest.isEmpty)
        let again = try store.commit {
            try $0.importBatch(export, schema: Sample.schema, time: Sample.time, event: 1)
        }
        #expect(again == .already(batch))
    }
}
