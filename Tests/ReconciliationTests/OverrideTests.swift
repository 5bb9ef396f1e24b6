import Reconciliation
import Records
import Testing

/// What a person says of a cell of the master stands, whatever records and rules have, as long as it is clear whose it is.
struct OverrideTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "phone", kind: .phone, required: true),
        Field(name: "born", kind: .date),
    ]

    private static func override(
        _ field: Int, _ rows: [UInt32], _ text: String, event: Int = 1, reason: String = "asked by phone"
    ) -> CellOverride {
        CellOverride(
            field: field, rows: rows, text: text, by: "wang", at: "2026-03-01T08:00:00Z", reason: reason, event: event)
    }

    private static let offices = [
        Registry.Office("a", trust: 2, [["1", "李强", "1", ""], ["2", "王秀", "", "1990-01-02"]]),
        Registry.Office("b", [["1", "李墙", "2", nil]]),
    ]

    /// Rows 0 and 2 are one person, row 1 another.
    private static func master(
        _ overrides: [CellOverride], findings: [Finding] = [], groups: [UInt32] = [0, 1, 0]
    ) throws -> (Master, RecordTable) {
        let records = Registry.table(fields, offices)
        let master = try Reconciler.master(
            records: records, assignment: PersonIDs.assign(groups: groups, previous: .none(rows: 3)),
            plan: SurvivorshipPlan(standard: ["valid", "trust"]), findings: findings, overrides: overrides)
        return (master, records)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let overrides: [CellOverride]
        /// Of person 0: name, phone, born.
        let cells: [String]
        /// Of the same cells: the row that has the value, -1 for none.
        let rows: [Int]
    }

    static let cases: [Case] = [
        Case(testDescription: "none", overrides: [], cells: ["李强", "1", ""], rows: [0, 0, -1]),
        Case(
            testDescription: "a value that another record has", overrides: [override(1, [0, 2], "2")],
            cells: ["李强", "2", ""], rows: [0, 2, -1]),
        Case(
            testDescription: "a value that no record has", overrides: [override(0, [0, 2], "李羌")],
            cells: ["李羌", "1", ""], rows: [-1, 0, -1]),
        Case(
            testDescription: "a cell that no record fills", overrides: [override(2, [0], "1985-03-07")],
            cells: ["李强", "1", "1985-03-07"], rows: [0, 0, -1]),
        Case(
            testDescription: "a cell is emptied", overrides: [override(1, [0, 2], "")], cells: ["李强", "", ""],
            rows: [0, -1, -1]),
        Case(
            testDescription: "of several the latest",
            overrides: [override(1, [0], "8", event: 9), override(1, [0, 2], "7", event: 4), override(1, [2], "6")],
            cells: ["李强", "8", ""], rows: [0, -1, -1]),
        Case(
            testDescription: "of records that are two persons' now", overrides: [override(1, [0, 1], "2")],
            cells: ["李强", "1", ""], rows: [0, 0, -1]),
        Case(
            testDescription: "of records that are gone", overrides: [override(1, [], "2"), override(1, [7], "2")],
            cells: ["李强", "1", ""], rows: [0, 0, -1]),
    ]

    @Test("what stands in the master", arguments: cases)
    func stands(_ test: Case) throws {
        let (master, records) = try Self.master(test.overrides)
        #expect((0..<3).map { master.value(0, $0, in: records) } == test.cells)
        #expect(master.columns.map { $0.rows[0] == Master.noRow ? -1 : Int($0.rows[0]) } == test.rows)
        let (backwards, _) = try Self.master(test.overrides.reversed())
        #expect(backwards.columns.map(\.replacements) == master.columns.map(\.replacements))
    }

    @Test func `the cell says who set it and what would stand there`() throws {
        let said = Self.override(1, [0, 2], "2")
        let (master, records) = try Self.master([said])
        #expect(master.columns[1].replacements[0]?.override == said)
        #expect(master.columns[1].replacements[0]?.instead == 0)
        #expect(master.rules[Int(master.columns[1].rules[0])] == "override")
        var changes: [Changes.Change] = []
        Changes(master: master, records: records).each { changes.append($0) }
        #expect(changes.map { "\($0.row ?? -1) \($0.rule)" } == ["0 override"])
    }

    @Test func `a value set in an empty cell is a change of no record, an emptied empty cell none`() throws {
        let (master, records) = try Self.master([Self.override(2, [0], "1985-03-07"), Self.override(1, [1], "")])
        var changes: [Changes.Change] = []
        Changes(master: master, records: records).each { changes.append($0) }
        #expect(changes.map(\.row) == [nil])
        #expect(changes.first?.replacement?.text == "1985-03-07")
    }

    @Test func `what is nobody's and what contradicts is told`() {
        let (early, late, again) = (
            Self.override(1, [0], "7", event: 2), Self.override(1, [2], "8", event: 3),
            Self.override(1, [2], "8", event: 1)
        )
        let (split, gone) = (Self.override(0, [0, 1], "李羌", event: 5), Self.override(0, [], "李羌", event: 4))
        let overrides = Overrides([split, early, gone, late, again], personOf: [0, 1, 0])
        #expect(overrides.unowned == [gone, split])
        #expect(overrides.held == [.init(person: 0, field: 1): late])
        #expect(overrides.contradictions.map(\.holds) == [late])
        #expect(overrides.contradictions.map(\.others) == [[early]])
    }

    @Test func `who says it again of the same person, or of one it has become part of, has changed their mind`() {
        let (early, late) = (Self.override(1, [0], "7", event: 2), Self.override(1, [0, 2], "8", event: 3))
        let together = Overrides([early, late], personOf: [0, 1, 0])
        #expect(together.held == [.init(person: 0, field: 1): late])
        #expect(together.contradictions.isEmpty)
        // Apart again, each says what was said of it alone.
        let apart = Overrides([early, late], personOf: [0, 1, 2])
        #expect(apart.held == [.init(person: 0, field: 1): early])
        #expect(apart.unowned == [late])
    }

    @Test func `nothing counts against a cell that a person set`() throws {
        let findings = [
            Finding(kind: .error, check: "bad", severity: .error, row: 0, field: 1),
            Finding(kind: .omission, check: "required", severity: .error, row: 1, field: 1),
        ]
        let (before, _) = try Self.master([], findings: findings, groups: [0, 1, 2])
        #expect(before.grades == [.c, .c, .a])
        let (after, _) = try Self.master(
            [Self.override(1, [0], "1"), Self.override(1, [1], "9")], findings: findings, groups: [0, 1, 2])
        #expect(after.grades == [.a, .a, .a])
    }

    @Test func `every office with another value is asked to write what the person said, for the person's reason`()
        throws
    {
        let (master, records) = try Self.master([
            Self.override(1, [0, 2], "3", event: 12), Self.override(2, [0], "1985-03-07"), Self.override(1, [1], "4"),
        ])
        let orders = Corrections(master: master, records: records, findings: [], pairs: []).orders()
        let lines = orders.map { "\($0.action) \($0.row) \($0.field ?? -1) \($0.before)→\($0.after)" }
        #expect(
            lines == ["change 0 1 1→3", "fill 0 2 →1985-03-07", "fill 1 1 →4", "change 2 1 2→3"])
        #expect(orders[0].reason.en == "asked by phone")
        #expect(orders[0].evidence.en == "set by wang, 2026-03-01T08:00:00Z, event 12")
    }

    @Test func `an office that has what the person said is asked nothing, one that must empty its cell is`() throws {
        let (same, records) = try Self.master([Self.override(1, [0, 2], "1")])
        let orders = Corrections(master: same, records: records, findings: [], pairs: []).orders()
        #expect(orders.map(\.row) == [2])
        let (empty, table) = try Self.master([Self.override(1, [0, 2], "", reason: "")])
        let emptied = Corrections(master: empty, records: table, findings: [], pairs: []).orders()
        #expect(emptied.map(\.after) == ["", ""])
        #expect(emptied.first?.reason.en == "a person set the value")
    }

    @Test func `what follows from other cells follows from what a person wrote into them`() throws {
        let fields = [
            Field(name: "name", kind: .personName), Field(name: "code", kind: .division),
            Field(name: "address", kind: .address),
        ]
        let home = "四川省成都市锦江区春熙路1号"
        let records = Registry.table(fields, [.init("a", [["1", "李强", "", home], ["2", "李强", "", home]])])
        func master(_ overrides: [CellOverride]) throws -> Master {
            try Reconciler.master(
                records: records, assignment: Registry.onePerson(records),
                plan: SurvivorshipPlan(
                    standard: ["derived", "valid", "majority"], places: [.init(division: 1, address: 2)]),
                findings: [], overrides: overrides)
        }
        #expect(try master([]).value(0, 1, in: records) == "510104")
        let moved = try master([Self.override(2, [0, 1], "四川省成都市青羊区人民路5号")])
        #expect(moved.value(0, 1, in: records) == "510105")
        // What was written itself stays, be it short or nothing.
        let short = try master([Self.override(2, [0, 1], "锦江区春熙路1号")])
        #expect(short.value(0, 2, in: records) == "锦江区春熙路1号")
        #expect(try master([Self.override(1, [0, 1], "")]).value(0, 1, in: records).isEmpty)
    }
}
