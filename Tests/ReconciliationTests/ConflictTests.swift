import Reconciliation
import Records
import Testing

/// What no rule settles is told, not picked in silence.
struct ConflictTests {
    private static let fields = [Field(name: "name", kind: .personName), Field(name: "sex", kind: .code)]

    private static func conflicts(
        _ offices: [Registry.Office], rules: [String] = ["valid", "majority", "trust"], overrides: [CellOverride] = []
    ) throws -> ([Finding], RecordTable) {
        let records = Registry.table(fields, offices)
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: rules),
            findings: [], overrides: overrides)
        return (Conflicts.all(master, records), records)
    }

    private static let offices = [
        Registry.Office("a", [["1", "李强", "1"]]), Registry.Office("b", [["7", "李墙", "1"], ["8", "李疆", "2"]]),
    ]

    @Test func `one finding per person and field, at the record that stands for now, with the other one`() throws {
        let (found, records) = try Self.conflicts(Self.offices)
        #expect(found.count == 1)
        let conflict = try #require(found.first)
        #expect(conflict.kind == .error && conflict.severity == .warning && conflict.check == "conflict")
        #expect(conflict.row == 0 && conflict.field == 0 && conflict.otherRow == 1 && conflict.detail == "李墙")
        records.withView { view in
            let english = Conflicts.message(conflict, view, .english)?.text
            #expect(english?.hasPrefix("name is “李强” here and “李墙” in b 7") == true)
            let chinese = Conflicts.message(conflict, view, .chinese)?.text ?? ""
            #expect(chinese.contains("“李强”") && chinese.contains("b 7"))
        }
    }

    @Test func `what a rule settles, what agrees and what a person set is no conflict`() throws {
        #expect(
            try Self.conflicts(Self.offices, rules: ["longest", "trust", "most_complete"]).0.map(\.field) == [0, 1])
        #expect(
            try Self.conflicts([
                Registry.Office("a", trust: 2, [["1", "李强", "1"]]), Registry.Office("b", [["7", "李墙", ""]]),
            ]).0.isEmpty)
        let said = CellOverride(
            field: 0, rows: [0], text: "李墙", by: "wang", at: "2026-03-01T08:00:00Z", reason: "", event: 1)
        #expect(try Self.conflicts(Self.offices, overrides: [said]).0.isEmpty)
    }

    @Test func `other findings have no message here`() throws {
        let (_, records) = try Self.conflicts(Self.offices)
        let other = Finding(kind: .error, check: "bad-date", severity: .error, row: 0, field: 0, otherRow: 1)
        records.withView { view in #expect(Conflicts.message(other, view, .english) == nil) }
    }
}
