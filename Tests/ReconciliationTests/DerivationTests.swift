import Reconciliation
import Records
import Testing

/// What follows from a person's other cells stands where no record has a value of its own.
struct DerivationTests {
    private static let fields = [
        Field(name: "hukou_code", kind: .division), Field(name: "hukou_addr", kind: .address),
        Field(name: "has_case", kind: .code),
    ]

    static let cases: [(code: String, address: String, expected: [String])] = [
        ("", "四川省成都市青羊区草市街道人民路1号", ["510105", "四川省成都市青羊区草市街道人民路1号"]),
        ("999999→!999999", "四川省成都市青羊区草市街道人民路1号", ["510105", "四川省成都市青羊区草市街道人民路1号"]),
        ("510105", "青羊区草市街道人民路1号", ["510105", "四川省成都市青羊区草市街道人民路1号"]),
        ("", "彭州市丽春镇沙井村4组14号", ["510182", "四川省成都市彭州市丽春镇沙井村4组14号"]),
        // Several divisions bear the name, and the code names another one than the address.
        ("", "鼓楼区人民路1号", ["", "鼓楼区人民路1号"]),
        ("440106", "彭州市丽春镇沙井村4组14号", ["440106", "彭州市丽春镇沙井村4组14号"]),
        ("", "人民路1号", ["", "人民路1号"]), ("", "", ["", ""]),
    ]

    @Test("division and address", arguments: cases)
    func places(_ code: String, _ address: String, _ expected: [String]) throws {
        let records = Registry.table(Self.fields, [Registry.Office("a", [["1", code, address, ""]])])
        let places = [SurvivorshipPlan.Place(division: 0, address: 1)]
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: ["derived", "valid"], places: places), findings: [])
        #expect([master.value(0, 0, in: records), master.value(0, 1, in: records)] == expected)
        for field in [0, 1] where expected[field] != records.value(0, field) {
            #expect(master.columns[field].replacements[0]?.cause == .derived(from: 1 - field))
            #expect(master.rules[Int(master.columns[field].rules[0])] == "derived")
        }
        let without = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: ["valid"], places: places), findings: [])
        #expect(without.columns.allSatisfy { $0.replacements.isEmpty })
    }

    @Test func `a cell that no record fills follows from where the person has records`() throws {
        let records = Registry.table(
            Self.fields,
            [
                Registry.Office(
                    "a", [["1", "", "", "1"], ["2", "", "", nil], ["3", "", "", ""], ["4", "", "", ""]]),
                Registry.Office("dossier", [["1", "", "", ""]]),
            ])
        let assignment = PersonIDs.assign(groups: [0, 1, 2, 3, 2], previous: .none(rows: 5))
        func values(_ presence: SurvivorshipPlan.Presence) throws -> [String] {
            let master = try Reconciler.master(
                records: records, assignment: assignment,
                plan: SurvivorshipPlan(standard: ["valid"], presences: [2: presence]), findings: [])
            return (0..<4).map { master.value($0, 2, in: records) }
        }
        #expect(try values(.init(source: "dossier", present: "1", absent: "0")) == ["1", "0", "1", "0"])
        #expect(try values(.init(source: "dossier", present: "1", absent: nil)) == ["1", "", "1", ""])
        #expect(try values(.init(source: "nowhere", present: "1", absent: "0")) == ["1", "", "", ""])
    }
}
