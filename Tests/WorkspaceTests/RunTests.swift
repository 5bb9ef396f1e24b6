import GRDB
import Records
import Testing

@testable import Workspace

struct RunTests {
    static let source = Sample.source("a", [["1", "李强", ""], ["2", "王秀", ""], ["3", "张三", ""]])

    @Test func `persons are remembered by record, over merges and returns`() throws {
        let sample = Sample()
        let store = try sample.open()
        let records = Sample.table([Self.source])
        #expect(try store.membership(of: records).current == [0, 0, 0])
        try store.commit { try Sample.run($0, [Self.source], persons: [1, 2, 3], new: [1, 2, 3]) }
        #expect(try store.membership(of: records).current == [1, 2, 3])
        #expect(try store.membership(of: records).first == [1, 2, 3])

        try store.commit {
            try Sample.run(
                $0, [Self.source], persons: [1, 1, 1], merged: [.init(from: 2, into: 1), .init(from: 3, into: 1)])
        }
        let merged = try store.membership(of: records)
        #expect(merged.current == [1, 1, 1])
        #expect(merged.first == [1, 2, 3])
        #expect(merged.highest == 3)
        #expect(try store.aliases() == [2: 1, 3: 1])

        try store.commit { try Sample.run($0, [Self.source], persons: [1, 2, 1], returned: [2]) }
        #expect(try store.membership(of: records).current == [1, 2, 1])
        #expect(try store.aliases() == [3: 1])

        let reordered = Sample.table([
            Sample.source("b", [["3", "", ""]]), Sample.source("a", [["3", "", ""], ["9", "", ""], ["2", "", ""]]),
        ])
        #expect(try store.membership(of: reordered).current == [0, 1, 0, 2])
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test func `aliases lead to the end of a chain`() throws {
        let sample = Sample()
        let store = try sample.open()
        try store.commit { try Sample.run($0, [Self.source], persons: [1, 2, 3], new: [1, 2, 3]) }
        try store.commit { try Sample.run($0, [Self.source], persons: [2, 2, 3], merged: [.init(from: 1, into: 2)]) }
        try store.commit { try Sample.run($0, [Self.source], persons: [3, 3, 3], merged: [.init(from: 2, into: 3)]) }
        #expect(try store.aliases() == [1: 3, 2: 3])
    }

    @Test func `an unchanged run writes no person, record or finding again`() throws {
        let sample = Sample()
        let store = try sample.open()
        let findings = [Finding(kind: .error, check: "c", severity: .error, row: 0, field: 0)]
        for run in 1...2 {
            try store.commit {
                try Sample.run(
                    $0, [Self.source], persons: [1, 2, 3], new: run == 1 ? [1, 2, 3] : [], findings: findings)
            }
        }
        let counts = try store.read { db in
            try ["batch", "record", "record_version", "person", "membership", "finding", "finding_change", "rule_book"]
                .map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? 0 }
        }
        #expect(counts == [1, 3, 3, 3, 3, 1, 0, 1])
        #expect(try store.runs().map(\.id) == [1, 2])
        #expect(try store.lastRun()?.name == "run-2")
        #expect(try store.ruleBook()?.text == "registry: 登记")
    }

    @Test func `the stored id of a finding is the one that is written out`() throws {
        let sources = [Self.source, Sample.source("另一个", [["", "", ""]])]
        let findings = [
            Finding(kind: .error, check: "c", severity: .error, row: 1, field: 1),
            Finding(kind: .duplicate, check: "重复", severity: .info, row: 3, otherRow: 2),
        ]
        let sample = Sample()
        let store = try sample.open()
        try store.commit {
            try Sample.run($0, sources, persons: [1, 2, 3, 4], new: [1, 2, 3, 4], findings: findings)
        }
        let stored = try store.read { try Int64.fetchAll($0, sql: "SELECT id FROM finding") }.map { id in
            let hex = String(UInt64(bitPattern: id), radix: 16)
            return "F" + String(repeating: "0", count: 16 - hex.count) + hex
        }
        let records = Sample.table(sources)
        #expect(stored.sorted() == findings.map { $0.id(in: records) }.sorted())
    }

    @Test func `the latest decision on a pair is live, earlier ones are kept`() throws {
        let sample = Sample()
        let store = try sample.open()
        let (x, y, z) = (
            RecordKey(source: "a", recordID: "1"), RecordKey(source: "b", recordID: "é"),
            RecordKey(source: "b", recordID: "e\u{301}2")
        )
        let decisions = [
            Decision(x, y, .same, by: "wang", reason: "card", at: "2026-11-21T08:00:00Z"),
            Decision(z, x, .unsure, by: "li", reason: "", at: "2026-11-21T08:00:00Z"),
            // Recorded later, whatever the clock says.
            Decision(y, x, .different, by: "li", reason: "二人", at: "2020-01-01T00:00:00Z"),
        ]
        let ids = try store.commit { writer in
            try decisions.enumerated().map { place, decision in
                try writer.append(Sample.event(place + 1, "decision.made"))
                return try writer.record(decision, event: place + 1)
            }
        }
        #expect(ids == [1, 2, 3])
        #expect(try store.liveDecisions() == [decisions[1], decisions[2]])
        #expect(try store.liveDecisions(at: Moment(after: 1)) == [decisions[0]])
        #expect(try store.liveDecisions(at: Moment(withdrawing: [3])) == [decisions[0], decisions[1]])
        #expect(try store.read(DecisionTable.all) == decisions)
        #expect {
            try store.commit { try $0.record(Decision(x, x, .same, by: "", reason: "", at: Sample.time), event: 4) }
        } throws: { ($0 as? Failure)?.code == "E-WS-008" }
    }

    @Test func `events come back as they were appended`() throws {
        let sample = Sample()
        let store = try sample.open()
        let events = [Sample.event(1), Sample.event(2, payload: false), Sample.event(3)]
        try store.commit { writer in
            for event in events { try writer.append(event) }
        }
        var read: [RecordedEvent] = []
        try store.forEachEvent { read.append($0) }
        #expect(read == events)
        #expect(try store.lastEvent() == events[2].event)
        #expect(throws: Failure.self) { try store.commit { try $0.append(events[2]) } }
    }
}
