import Reconciliation
import Records
import Testing

struct SurvivorshipTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        var kind = FieldKind.personName
        let rules: [String]
        /// Source, trust, role, as of, value, registration date.
        let records: [(String, Int, SourceProfile.Role, String?, String, String)]
        /// Rows whose value a check found wrong.
        var flagged: [Int] = []
        let survivor: Int
        let rule: String

        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(
            title: "one value stands by itself", rules: ["valid"],
            records: [("a", 1, .register, nil, "", ""), ("b", 1, .register, nil, "李强", "")],
            survivor: 1, rule: "only value"),
        Case(
            title: "equal values agree", rules: ["valid"],
            records: [("a", 1, .register, nil, "李强", ""), ("b", 1, .register, nil, "李强", "")],
            survivor: 0, rule: "all agree"),
        Case(
            title: "of equal values the one without a finding is named", rules: ["valid"],
            records: [("a", 1, .register, nil, "李强", ""), ("b", 1, .register, nil, "李强", "")], flagged: [0],
            survivor: 1, rule: "all agree"),
        Case(
            title: "an ill-formed value is not valid", rules: ["valid"],
            records: [("a", 1, .register, nil, "?→!?", ""), ("b", 1, .register, nil, "李强", "")],
            survivor: 1, rule: "valid"),
        Case(
            title: "a value found wrong is not valid", rules: ["valid"],
            records: [("a", 1, .register, nil, "李墙", ""), ("b", 1, .register, nil, "李强", "")], flagged: [0],
            survivor: 1, rule: "valid"),
        Case(
            title: "when no value is valid the next rule decides", rules: ["valid", "trust"],
            records: [("a", 1, .register, nil, "甲→!甲", ""), ("b", 2, .register, nil, "乙→!乙", "")],
            survivor: 1, rule: "trust"),
        Case(
            title: "the majority wins", rules: ["valid", "majority"],
            records: [
                ("a", 1, .register, nil, "李墙", ""), ("b", 1, .register, nil, "李强", ""),
                ("c", 1, .register, nil, "李强", ""),
            ],
            survivor: 1, rule: "majority"),
        Case(
            title: "a tie of majorities goes on to trust", rules: ["majority", "trust"],
            records: [
                ("a", 1, .register, nil, "李墙", ""), ("b", 1, .register, nil, "李强", ""),
                ("c", 1, .register, nil, "李强", ""), ("d", 3, .register, nil, "李墙", ""),
                ("e", 9, .register, nil, "李疆", ""),
            ],
            survivor: 3, rule: "trust"),
        Case(
            title: "the latest date of the record counts, not its order", kind: .phone, rules: ["latest"],
            records: [
                ("a", 1, .register, nil, "13800000001", "2015-02-01"),
                ("b", 1, .register, nil, "13800000002", "2020-01-01"),
                ("c", 1, .register, nil, "13800000003", ""),
            ],
            survivor: 1, rule: "latest"),
        Case(
            title: "without dates the day of the export counts", kind: .phone, rules: ["latest"],
            records: [
                ("a", 1, .register, "2024-01-01", "13800000001", ""),
                ("b", 1, .register, "2026-01-01", "13800000002", ""),
            ],
            survivor: 1, rule: "latest"),
        Case(
            title: "a date after the day of its export is no news", kind: .phone, rules: ["latest"],
            records: [
                ("a", 1, .register, "2024-01-01", "13800000001", "2042-01-01"),
                ("b", 1, .register, "2024-01-01", "13800000002", "2019-05-05"),
            ],
            survivor: 1, rule: "latest"),
        Case(
            title: "length counts characters", rules: ["longest"],
            records: [("a", 1, .register, nil, "欧阳娜", ""), ("b", 1, .register, nil, "ouyang", "")],
            survivor: 1, rule: "longest"),
        Case(
            title: "the fuller record wins", rules: ["most_complete"],
            records: [("a", 1, .register, nil, "李强", ""), ("b", 1, .register, nil, "李墙", "2020-01-01")],
            survivor: 1, rule: "most_complete"),
        Case(
            title: "a day is more precise than New Year", kind: .date, rules: ["most_precise_date"],
            records: [
                ("a", 1, .register, nil, "1985→!1985", ""), ("b", 1, .register, nil, "1985-01-01", ""),
                ("c", 1, .register, nil, "1985-03-07", ""),
            ],
            survivor: 2, rule: "most_precise_date"),
        Case(
            title: "a reference source goes first", rules: ["reference_first"],
            records: [("a", 9, .register, nil, "李强", ""), ("b", 1, .reference, nil, "李墙", "")],
            survivor: 1, rule: "reference_first"),
        Case(
            title: "what no rule settles is the first record's and says so", rules: ["valid", "majority", "trust"],
            records: [("a", 1, .register, nil, "李强", ""), ("b", 1, .register, nil, "李墙", "")],
            survivor: 0, rule: "first"),
    ]

    @Test("the surviving value and its rule", arguments: cases)
    func survives(_ test: Case) throws {
        let records = Registry.table(
            [Field(name: "value", kind: test.kind), Field(name: "registered", kind: .date)],
            test.records.map { Registry.Office($0.0, trust: $0.1, role: $0.2, asOf: $0.3, [["1", $0.4, $0.5]]) })
        let findings = test.flagged.map {
            Finding(kind: .error, check: "test", severity: .error, row: $0, field: 0)
        }
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: [], byField: [0: test.rules]), findings: findings)
        #expect(master.columns[0].rows == [UInt32(test.survivor)])
        #expect(master.rules[Int(master.columns[0].rules[0])] == test.rule)
    }

    @Test func `a birth date does not vouch for its own recency`() throws {
        let records = Registry.table(
            [Field(name: "birth_date", kind: .date), Field(name: "registered", kind: .date)],
            [
                Registry.Office("a", [["1", "1990-01-02", "1991-01-01"]]),
                Registry.Office("b", [["1", "1980-01-02", "2001-01-01"]]),
                Registry.Office("c", [["1", "2019-01-02", "1992-01-01"]]),
            ])
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: ["latest"]),
            findings: [])
        #expect(master.value(0, 0, in: records) == "1980-01-02")
    }

    @Test func `an unknown rule is refused by name`() {
        let records = Registry.table([Field(name: "name", kind: .personName)], [Registry.Office("a", [["1", "李强"]])])
        #expect {
            try Reconciler.master(
                records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: ["newest"]),
                findings: [])
        } throws: { error in
            (error as? Failure)?.code == "E-SUR-001"
        }
    }

    @Test func `rules have unique names and both languages, and settle by one of their rows`() throws {
        let names = SurvivorshipRule.all.map(\.name)
        #expect(Set(names).count == names.count)
        let records = Registry.table(
            [Field(name: "name", kind: .personName)],
            [Registry.Office("a", [["1", "李强"], ["2", "李墙"]]), Registry.Office("b", [["1", "李疆"]])])
        let facts = RecordFacts(records, findings: [])
        for rule in SurvivorshipRule.all {
            #expect(!rule.summary.en.isEmpty && !rule.summary.zh.isEmpty)
            let kept = rule.narrow([0, 1, 2], Contest(fields: [0]), facts)
            #expect(!kept.isEmpty && kept == kept.sorted() && Set(kept).isSubset(of: [0, 1, 2]))
        }
        #expect(Set(Settlement.all.map(\.name)).count == Settlement.all.count)
    }

    @Test func `threads do not change the master`() throws {
        var random = SplitMix(state: 3)
        let names = ["李强", "李墙", "张三", "", "?→!?"]
        let offices = (0..<3).map { office in
            Registry.Office(
                "s\(office)", trust: office % 2,
                (0..<200).map { ["\($0)", names.randomElement(using: &random), names.randomElement(using: &random)] })
        }
        let records = Registry.table(
            [Field(name: "name", kind: .personName), Field(name: "alias", kind: .text)], offices)
        let groups = (0..<600).map { UInt32($0 % 37) }
        let assignment = PersonIDs.assign(groups: groups, previous: .none(rows: 600))
        let plan = SurvivorshipPlan(standard: ["valid", "majority", "trust", "latest"])
        let one = try Reconciler.master(
            records: records, assignment: assignment, plan: plan, findings: [], threads: 1)
        let two = try Reconciler.master(
            records: records, assignment: assignment, plan: plan, findings: [], threads: 2)
        #expect(one.columns.map(\.rows) == two.columns.map(\.rows))
        #expect(one.columns.map(\.rules) == two.columns.map(\.rules))
        #expect(one.grades == two.grades)
        for person in 0..<one.count {
            #expect(Array(one.members(of: person)).allSatisfy { one.personOf[Int($0)] == person })
        }
    }
}
