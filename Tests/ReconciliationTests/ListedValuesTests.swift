import Reconciliation
import Records
import Testing

/// A field that keeps all values holds each distinct valid one, with its own record.
struct ListedValuesTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "phone", kind: .phone),
        Field(name: "former_name", kind: .personName),
    ]

    private static func master(
        _ offices: [Registry.Office], findings: [Finding] = [], overrides: [CellOverride] = [],
        separator: Character = ";"
    ) throws -> (Master, RecordTable) {
        let records = Registry.table(fields, offices)
        let notation = ListNotation(separator: separator)
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: ["valid", "majority", "trust"], lists: [1: notation, 2: notation]),
            findings: findings, overrides: overrides)
        return (master, records)
    }

    private static let offices = [
        Registry.Office("a", trust: 1, [["1", "李强", "13800000001", "李小强"], ["2", "李强", "13800000002", ""]]),
        Registry.Office(
            "b", trust: 2,
            [["1", "李强", "13800000003", ""], ["2", "李强", "138→!138", ""], ["3", "李强", "13800000002", ""]]),
    ]

    @Test func `each value once, in the order in which they would survive, with its row`() throws {
        let (master, records) = try Self.master(Self.offices)
        #expect(master.value(0, 1, in: records) == "13800000002;13800000003;13800000001")
        #expect(master.columns[1].lists[0]?.map(\.row) == [1, 2, 0])
        #expect(master.columns[1].rows == [1])
        #expect(master.rules[Int(master.columns[1].rules[0])] == "all values")
        #expect(master.value(0, 2, in: records) == "李小强")
        #expect(master.columns[2].lists.isEmpty)
    }

    @Test func `values found wrong are left out, and of none that is valid one survives`() throws {
        let wrong = Finding(kind: .error, check: "bad", severity: .error, row: 2, field: 1)
        let (master, records) = try Self.master(Self.offices, findings: [wrong])
        #expect(master.value(0, 1, in: records) == "13800000002;13800000001")
        let (none, table) = try Self.master([
            .init("a", trust: 1, [["1", "", "1→!1", ""]]), .init("b", trust: 2, [["1", "", "2→!2", ""]]),
        ])
        #expect(none.value(0, 1, in: table) == "2")
        #expect(none.rules[Int(none.columns[1].rules[0])] == "trust")
    }

    @Test func `the only valid value survives, whoever has the others`() throws {
        let wrong = Finding(kind: .error, check: "bad", severity: .error, row: 0, field: 1)
        let (master, records) = try Self.master(
            [
                .init("a", trust: 9, [["1", "", "13800000009", ""]]),
                .init("b", trust: 1, [["1", "", "13800000001", ""]]),
            ], findings: [wrong])
        #expect(master.value(0, 1, in: records) == "13800000001")
        #expect(master.columns[1].rivals.isEmpty)
    }

    @Test func `no office is asked to take over another one's value, and an empty cell gets the best`() throws {
        let offices = Self.offices + [Registry.Office("c", [["1", "李强", "", nil]])]
        let (master, records) = try Self.master(offices)
        let orders = Corrections(master: master, records: records, findings: [], pairs: []).orders()
            .filter { $0.field != nil }
        #expect(orders.map { "\($0.row) \($0.after)" }.contains("5 13800000002"))
        #expect(!orders.contains { [0, 1, 2].contains($0.row) && $0.field == 1 })
    }

    @Test func `each value that normalising altered is a change of its own`() throws {
        let (master, records) = try Self.master([
            .init("a", [["1", "", "138-1→1381", ""], ["2", "", "1382", ""], ["3", "", "138 3→1383", ""]])
        ])
        var changes: [Changes.Change] = []
        Changes(master: master, records: records).each { changes.append($0) }
        #expect(changes.compactMap(\.row) == [0, 2])
    }

    @Test func `what a person says of the cell stands for all values`() throws {
        let said = CellOverride(
            field: 1, rows: [0], text: "13900000000", by: "wang", at: "2026-03-01T08:00:00Z", reason: "", event: 1)
        let (master, records) = try Self.master(Self.offices, overrides: [said])
        #expect(master.value(0, 1, in: records) == "13900000000")
    }

    @Test func `an office with none of the values that a person gave is asked for the first of them`() throws {
        let said = CellOverride(
            field: 1, rows: [0], text: "13800000001;13900000000", by: "wang", at: "2026-03-01T08:00:00Z", reason: "",
            event: 1)
        let (master, records) = try Self.master(
            [
                .init("a", [["1", "李强", "13800000001", ""]]), .init("b", [["1", "李强", "13800000002", ""]]),
                .init("c", [["1", "李强", "", ""]]),
            ], overrides: [said])
        let orders = Corrections(master: master, records: records, findings: [], pairs: []).orders()
        #expect(orders.map { "\($0.row) \($0.after)" } == ["1 13800000001", "2 13800000001"])
    }

    static let texts: [([String], String)] = [
        ([], ""), (["1"], "1"), (["1", "2"], "1;2"), (["a;b", "c"], "\"a;b\";c"),
        (["say \"x\"", ""], "\"say \"\"x\"\"\";\"\""),
        (["\"", ";", "\n"], "\"\"\"\";\";\";\n"),
    ]

    @Test("nothing is lost in writing values one after the other", arguments: texts)
    func notation(_ values: [String], _ text: String) {
        #expect(ListNotation.standard.text(values) == text)
        #expect(ListNotation.standard.values(text) == values)
    }

    @Test func `any values come back as they were`() {
        var random = SplitMix(state: 5)
        let parts = ["1", ";", "\"", "|", "李", " ", ""]
        for _ in 0..<2_000 {
            let values = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<Int.random(in: 0...4, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
                    .joined()
            }
            for separator: Character in [";", "|"] {
                let notation = ListNotation(separator: separator)
                #expect(notation.values(notation.text(values)) == values)
            }
        }
    }
}
