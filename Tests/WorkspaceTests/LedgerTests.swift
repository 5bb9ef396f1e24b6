import Records
import Testing

@testable import Workspace

struct LedgerTests {
    static let cells = [["1", "李强", "13800000001"], ["2", "王秀", "x"], ["3", "张三", ""]]
    static let day = "2026-11-21"

    private let sample = Sample()

    private func finding(_ check: String, _ row: Int, _ severity: Severity = .error, detail: String = "") -> Finding {
        Finding(kind: .error, check: check, severity: severity, row: row, field: 1, suggestion: "x", detail: detail)
    }

    /// One run over source a.
    @discardableResult
    private func run(
        _ store: WorkspaceStore, _ findings: [Finding], cells: [[String]] = cells, checks: [String]? = nil,
        day: String = day, more: [SourceTable] = []
    ) throws -> LedgerChanges {
        let sources = [Sample.source("a", sha: Character(String(cells.count)), cells)] + more
        let rows = sources.reduce(0) { $0 + $1.count }
        let isFirst = try store.lastRun() == nil
        return try store.commit {
            try Sample.run(
                $0, sources, persons: Array(repeating: 1, count: rows), new: isFirst ? [1] : [], findings: findings,
                checks: checks, day: day)
        }
    }

    private func states(_ store: WorkspaceStore, day: String = day) throws -> [String] {
        try store.findings(FindingFilter(), on: day).map {
            "\($0.check) \($0.recordID) \($0.state.rawValue)\($0.hasVanished ? " vanished" : "")"
        }.sorted()
    }

    private func waive(_ store: WorkspaceStore, _ finding: Finding, until: String? = nil) throws {
        let records = Sample.table([Sample.source("a", Self.cells)])
        let (id, value) = records.withView { (finding.hash(in: $0).value, finding.accepted(in: $0)) }
        let name = finding.id(in: records)
        try store.commit { writer in
            let sequence = (try writer.lastEvent()?.sequence ?? 0) + 1
            try writer.append(Sample.event(sequence, "finding.waived", subjects: ["finding:\(name)"]))
            try writer.record(
                .waive,
                on: [Waiver(finding: id, by: "wang", reason: "card", at: Sample.time, until: until, value: value)],
                event: sequence)
        }
    }

    @Test func `findings are new, open, healed and returned`() throws {
        let store = try sample.open()
        let (p0, q1, p2) = (finding("p", 0), finding("q", 1), finding("p", 2))
        #expect(try run(store, [p0, q1, p2]) == LedgerChanges(new: 3))
        #expect(try run(store, [finding("p", 0, .warning, detail: "5"), p2]) == LedgerChanges(open: 2, healed: 1))
        #expect(try states(store) == ["p 1 open", "p 3 open", "q 2 resolved"])
        #expect(
            try store.findingCounts(FindingFilter(states: [.open]), on: Self.day).map(\.severity) == [.error, .warning])
        #expect(try run(store, [q1, p2]) == LedgerChanges(returned: 1, open: 1, healed: 1))
        #expect(try states(store) == ["p 1 resolved", "p 3 open", "q 2 returned"])
        #expect(try run(store, [q1, q1, p2]) == LedgerChanges(open: 3))
        #expect(try run(store, [q1, p2]) == LedgerChanges(open: 2))
        let records = Sample.table([Sample.source("a", Self.cells)])
        let id = records.withView { q1.hash(in: $0).value }
        #expect(try store.history(of: id).map(\.what) == [.made, .resolved, .returned])
        #expect(try store.history(of: id).map(\.run) == [1, 2, 3])
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test func `findings of a record that vanished are resolved, and it says so`() throws {
        let store = try sample.open()
        try run(store, [finding("p", 0), finding("p", 2)])
        let changes = try run(store, [finding("p", 0)], cells: Array(Self.cells.prefix(2)))
        #expect(changes == LedgerChanges(open: 1, vanished: 1))
        #expect(try states(store) == ["p 1 open", "p 3 resolved vanished"])
        // The record is back, and so is what was wrong with it.
        #expect(try run(store, [finding("p", 0), finding("p", 2)]) == LedgerChanges(returned: 1, open: 1))
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test func `findings of a source that was left out stay open, also those that touch it`() throws {
        let store = try sample.open()
        let other = Sample.source("b", [["1", "李强", ""]])
        let pair = Finding(kind: .duplicate, check: "d", severity: .info, row: 0, otherRow: 3)
        try run(store, [finding("p", 0), finding("p", 3), pair], more: [other])
        #expect(try run(store, []) == LedgerChanges(healed: 1))
        #expect(try states(store) == ["d 1 open", "p 1 open", "p 1 resolved"])
    }

    @Test func `a run that looks for some checks leaves findings of others as they are`() throws {
        let store = try sample.open()
        try run(store, [finding("p", 0), finding("q", 1)])
        #expect(try run(store, [], checks: ["q"]) == LedgerChanges(healed: 1))
        #expect(try states(store) == ["p 1 open", "q 2 resolved"])
    }

    @Test func `a waived finding counts as waived, and lapses with the value it was given for`() throws {
        let store = try sample.open()
        try run(store, [finding("p", 0), finding("q", 1)])
        try waive(store, finding("q", 1))
        #expect(try states(store) == ["p 1 open", "q 2 waived"])
        #expect(try run(store, [finding("p", 0), finding("q", 1)]) == LedgerChanges(open: 1, waived: 1))
        // Another cell of the record changes nothing.
        var cells = Self.cells
        cells[1][1] = "王绣"
        #expect(try run(store, [finding("p", 0), finding("q", 1)], cells: cells) == LedgerChanges(open: 1, waived: 1))
        cells[1][2] = "y"
        let lapsed = LedgerChanges(open: 2, lapsed: 1)
        #expect(try run(store, [finding("p", 0), finding("q", 1)], cells: cells) == lapsed)
        #expect(try states(store) == ["p 1 open", "q 2 open"])
        // The old value again does not bring the waiver back.
        #expect(try run(store, [finding("p", 0), finding("q", 1)]) == LedgerChanges(open: 2))
        let records = Sample.table([Sample.source("a", Self.cells)])
        let history = try store.history(of: records.withView { finding("q", 1).hash(in: $0).value })
        #expect(history.count == 3)
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test func `a waiver holds on its last day and ends after it`() throws {
        let store = try sample.open()
        try run(store, [finding("p", 0)])
        try waive(store, finding("p", 0), until: "2026-12-01")
        #expect(try run(store, [finding("p", 0)], day: "2026-12-01") == LedgerChanges(waived: 1))
        #expect(try states(store, day: "2026-12-02") == ["p 1 open"])
        #expect(try run(store, [finding("p", 0)], day: "2026-12-02") == LedgerChanges(open: 1, expired: 1))
        #expect(try states(store, day: "2026-12-01") == ["p 1 open"])
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test(arguments: [
        "UPDATE finding_change SET change = 'vanished'", "DELETE FROM finding_change",
        "UPDATE finding SET state = 'open'",
    ])
    func `what is changed behind the ledger's back is found`(sql: String) throws {
        do {
            let store = try sample.open()
            try run(store, [finding("p", 0), finding("q", 1)])
            try run(store, [finding("p", 0)])
            #expect(try Sample.problems(store).isEmpty)
        }
        try sample.tamper(sql)
        #expect(try Sample.problems(sample.open()).contains { $0.kind == .finding })
    }
}
