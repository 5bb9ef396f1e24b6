import Reconciliation
import Records
import Testing

/// Fields that belong together come from one record.
struct FieldGroupTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "address", kind: .address),
        Field(name: "code", kind: .division),
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var rules = ["valid", "majority", "trust"]
        let offices: [Registry.Office]
        /// Row and field that a check found wrong.
        var flagged: [(Int, Int)] = []
        let address: String
        let code: String
        let rule: String
    }

    private static let (full, short) = ("云南省昆明市官渡区南湖路41号", "官渡区南湖路41号")

    static let cases: [Case] = [
        Case(
            testDescription: "the cells of the more trusted record, though more records have the other code",
            rules: ["trust", "majority"],
            offices: [
                .init("a", trust: 3, [["1", "", "甲路1号", "110101"]]),
                .init("b", [["1", "", "乙路2号", "440106"], ["2", "", "丙路3号", "440106"]]),
            ], address: "甲路1号", code: "110101", rule: "trust"),
        Case(
            testDescription: "a record that has only the address loses to one that has both",
            offices: [
                .init("a", trust: 9, [["1", "", "甲路1号", nil]]), .init("b", trust: 1, [["1", "", "乙路2号", "440106"]]),
            ], address: "乙路2号", code: "440106", rule: "most of group"),
        Case(
            testDescription: "a cell that a check found wrong does not count as had",
            offices: [
                .init("a", trust: 9, [["1", "", "甲路1号", "110101"]]),
                .init("b", trust: 1, [["1", "", "乙路2号", "440106"]]),
            ], flagged: [(0, 2)], address: "乙路2号", code: "440106", rule: "most of group"),
        Case(
            testDescription: "a record without the code speaks for one with the same address",
            offices: [
                .init("a", trust: 9, [["1", "", "甲路1号", "110101"]]),
                .init("b", trust: 1, [["1", "", "乙路2号", "440106"]]), .init("c", trust: 1, [["1", "", "乙路2号", nil]]),
            ], address: "乙路2号", code: "440106", rule: "majority"),
        Case(
            testDescription: "what most of very many records say wins, not what few say and the rest leave out",
            offices: [
                .init("a", trust: 9, [["1", "", "甲路1号", "110101"]]),
                .init("b", trust: 1, Array(repeating: ["1", "", "乙路2号", "440106"], count: 20)),
                .init("c", trust: 1, Array(repeating: ["1", "", nil, nil], count: 300)),
            ], address: "乙路2号", code: "440106", rule: "majority"),
        Case(
            testDescription: "a gap of the winner is filled by a record that agrees in the rest",
            offices: [.init("a", trust: 9, [["1", "", "甲路1号", ""]]), .init("b", [["1", "", "甲路1号", "440106→!44"]])],
            address: "甲路1号", code: "44", rule: "all agree"),
        Case(
            testDescription: "a gap of the winner stays a gap where the others disagree in the rest",
            offices: [
                .init("a", trust: 9, [["1", "", "甲路1号", ""]]),
                .init("b", trust: 1, [["1", "", "乙路2号→!乙路2号", "440106"]]),
            ], address: "甲路1号", code: "", rule: "majority"),
        Case(
            testDescription: "the fuller form of the winner's address is taken from a record that agrees",
            rules: ["valid", "trust", "fullest"],
            offices: [.init("a", trust: 9, [["1", "", short, "530111"]]), .init("b", [["1", "", full, nil]])],
            address: full, code: "530111", rule: "most of group"),
        Case(
            testDescription: "an address and its end count together for the majority",
            rules: ["valid", "majority", "fullest", "trust"],
            offices: [
                .init("a", trust: 9, [["1", "", "甲路1号", "110101"]]), .init("b", [["1", "", short, "530111"]]),
                .init("c", [["1", "", full, "530111"]]),
            ], address: full, code: "530111", rule: "fullest"),
    ]

    private static func table(_ test: Case) -> (RecordTable, [Finding]) {
        (
            Registry.table(fields, test.offices),
            test.flagged.map { Finding(kind: .error, check: "bad", severity: .error, row: $0.0, field: $0.1) }
        )
    }

    @Test("what survives", arguments: cases)
    func survives(_ test: Case) throws {
        let (records, findings) = Self.table(test)
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: [], groups: [.init(fields: [1, 2], rules: test.rules)]),
            findings: findings)
        #expect(master.value(0, 1, in: records) == test.address)
        #expect(master.value(0, 2, in: records) == test.code)
        #expect(master.rules[Int(master.columns[1].rules[0])] == test.rule)
    }

    @Test func `cells of a group never come from records that contradict each other`() throws {
        var random = SplitMix(state: 11)
        let (streets, codes) = (["甲路1号", "乙路2号", "丙路3号", ""], ["110101", "440106", "", "1→!1"])
        for _ in 0..<300 {
            let offices = (0..<Int.random(in: 1...5, using: &random)).map { office in
                Registry.Office(
                    "s\(office)", trust: Int.random(in: 1...2, using: &random),
                    [["1", "", streets.randomElement(using: &random), codes.randomElement(using: &random)]])
            }
            let records = Registry.table(Self.fields, offices)
            let plan = SurvivorshipPlan(
                standard: ["valid", "majority", "trust"], groups: [.init(fields: [1, 2])])
            let master = try Reconciler.master(
                records: records, assignment: Registry.onePerson(records), plan: plan, findings: [])
            let (address, code) = (master.columns[1].rows[0], master.columns[2].rows[0])
            if address != Master.noRow, code != Master.noRow {
                let (own, given) = (records.value(Int(code), 1), records.value(Int(address), 1))
                #expect(own == given || own.isEmpty)
            }
            let isEmpty = (0..<records.count).allSatisfy { records.isMissing($0, 1) && records.isMissing($0, 2) }
            #expect((address == Master.noRow && code == Master.noRow) == isEmpty)
        }
    }

    @Test func `a group that no rule settles is a conflict in each field that differs`() throws {
        let records = Registry.table(
            Self.fields,
            [
                Registry.Office("a", [["1", "", "甲路1号", "110101"]]),
                Registry.Office("b", [["1", "", "乙路2号", "110101"]]),
            ])
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: ["valid", "majority"], groups: [.init(fields: [1, 2])]), findings: [])
        #expect(Conflicts.all(master, records).map(\.field) == [1])
    }
}
