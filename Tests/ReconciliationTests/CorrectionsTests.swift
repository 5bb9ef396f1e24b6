import Reconciliation
import Records
import Testing

struct CorrectionsTests {
    static let fields = [
        Field(name: "name", kind: .personName, required: true), Field(name: "birth_date", kind: .date),
        Field(name: "phone", kind: .phone),
    ]

    /// All records are one person's, but for those with an id that begins with x: each of these is another person's.
    static func orders(
        _ offices: [Registry.Office], findings: [Finding] = [], pairs: [ScoredPair] = []
    ) throws -> [Correction] {
        let records = Registry.table(fields, offices)
        let groups = (0..<records.count).map { records.recordID($0).hasPrefix("x") ? UInt32($0) : 0 }
        let master = try Reconciler.master(
            records: records, assignment: PersonIDs.assign(groups: groups, previous: .none(rows: records.count)),
            plan: SurvivorshipPlan(standard: ["valid", "majority", "trust"]), findings: findings)
        return Corrections(master: master, records: records, findings: findings, pairs: pairs).orders()
    }

    /// `action row field before→after`.
    static func line(_ correction: Correction) -> String {
        let field = correction.field.map { fields[$0].name } ?? "record"
        return "\(correction.action.rawValue) \(correction.row) \(field) \(correction.before)→\(correction.after)"
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let offices: [Registry.Office]
        var findings: [Finding] = []
        let lines: [String]

        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(
            title: "equal records need nothing",
            offices: [
                .init("a", [["1", "李强", "19850307→1985-03-07", "13800000001"]]),
                .init("b", [["1", "李强", "1985/3/7→1985-03-07", "13800000001"]]),
            ],
            lines: []),
        Case(
            title: "an empty cell is filled in the office's notation",
            offices: [
                .init("a", [["1", "李强", "不详→", "1"], ["x", "王秀", "19900102→1990-01-02", "1"]]),
                .init("b", [["1", "李强", "1985-03-07→1985-03-07", "1"]]),
            ],
            lines: ["fill 0 birth_date 不详→19850307"]),
        Case(
            title: "a column the office does not have is not filled",
            offices: [.init("a", [["1", "李强", nil, "1"]]), .init("b", [["1", "李强", "1985-03-07", "1"]])], lines: []),
        Case(
            title: "an invalid value does not fill",
            offices: [.init("a", [["1", "李强", "", "1"]]), .init("b", [["1", "李强", "1985-13-07→!1985-13-07", "1"]])],
            lines: []),
        Case(
            title: "an ill-formed value is changed to a valid one, whatever the field",
            offices: [
                .init("a", trust: 9, [["1", "李强", "1985-03-07", "138→!138"]]),
                .init("b", [["1", "李强", "1985-03-07", "13800000001"]]),
            ],
            lines: ["change 0 phone 138→13800000001"]),
        Case(
            title: "an older phone is no mistake",
            offices: [
                .init("a", trust: 1, [["1", "李强", "1985-03-07", "13800000001"]]),
                .init("b", trust: 3, [["1", "李强", "1985-03-07", "13800000002"]]),
                .init("c", trust: 2, [["1", "李强", "1985-03-07", "13800000002"]]),
            ],
            lines: []),
        Case(
            title: "a name outvoted by as trusted records is changed",
            offices: [
                .init("a", trust: 1, [["1", "李墙", "1985-03-07", "1"]]),
                .init("b", trust: 1, [["1", "李强", "1985-03-07", "1"]]),
                .init("c", trust: 1, [["1", "李强", "1985-03-07", "1"]]),
            ],
            lines: ["change 0 name 李墙→李强"]),
        Case(
            title: "the most trusted source is not outvoted",
            offices: [
                .init("a", trust: 3, [["1", "李墙", "1985-03-07", "1"]]),
                .init("b", trust: 1, [["1", "李强", "1985-03-07", "1"]]),
                .init("c", trust: 1, [["1", "李强", "1985-03-07", "1"]]),
            ],
            lines: []),
        Case(
            title: "one against one is not decided by trust alone",
            offices: [
                .init("a", trust: 1, [["1", "李墙", "1985-03-07", "1"]]),
                .init("b", trust: 3, [["1", "李强", "1985-03-07", "1"]]),
            ],
            lines: []),
        Case(
            title: "a check's suggestion stands where no record has better",
            offices: [.init("a", [["1", "李强", "19850308→1985-03-08", "1"], ["2", "李强", "", ""]])],
            findings: [
                Finding(
                    kind: .error, check: "id-birth-date", severity: .error, row: 0, field: 1, suggestion: "1985-03-07")
            ],
            lines: ["change 0 birth_date 19850308→19850307", "merge 1 record 2→1"]),
        Case(
            title: "another record's valid value goes before a suggestion",
            offices: [
                .init("a", [["1", "李强", "1985-03-08", "1"]]), .init("b", [["1", "李强", "1985-03-09", "1"]]),
            ],
            findings: [
                Finding(
                    kind: .error, check: "id-birth-date", severity: .error, row: 0, field: 1, suggestion: "1985-03-07")
            ],
            lines: ["change 0 birth_date 1985-03-08→1985-03-09"]),
        Case(
            title: "an omission is filled from its suggestion",
            offices: [.init("a", [["1", "李强", "", "1"]])],
            findings: [
                Finding(
                    kind: .omission, check: "required", severity: .warning, row: 0, field: 1, suggestion: "1985-03-07")
            ],
            lines: ["fill 0 birth_date →1985-03-07"]),
        Case(
            title: "of two records of one office the fuller one is kept, and only that is corrected",
            offices: [
                .init("a", [["1", "李强", "", ""], ["2", "李强", "1985-03-07", ""]]),
                .init("b", [["1", "李强", "1985-03-07", "13800000001"]]),
            ],
            lines: ["merge 0 record 1→2", "fill 1 phone →13800000001"]),
    ]

    @Test("what an office is asked to change", arguments: cases)
    func orders(_ test: Case) throws {
        #expect(try Self.orders(test.offices, findings: test.findings).map(Self.line) == test.lines)
    }

    @Test func `a correction names its witnesses and a merge its likeness`() throws {
        let pair = ScoredPair(
            a: 0, b: 1, levels: 0, weight: 12, probability: 0.99999, key: 0, likeliestClass: 0, outcome: .merged)
        let orders = try Self.orders(
            [
                .init("a", [["1", "李强", "1985-03-07", "1"], ["2", "李强", "", "1"]]),
                .init("b", [["7", "李强", "", "1"]]), .init("c", [["8", "李强", "1985-03-07", "1"]]),
                .init("d", [["9", "李强", "1985-03-07", "1"]]), .init("e", [["0", "李强", "1985-03-07", "1"]]),
            ], pairs: [pair])
        #expect(orders.map(Self.line) == ["merge 1 record 2→1", "fill 2 birth_date →1985-03-07"])
        #expect(orders[0].evidence.en == "match probability 99.99 %")
        #expect(orders[1].evidence.en == "a 1, c 8, d 9 and 1 more")
        #expect(orders[1].evidence.zh == "a 1、c 8、d 9 等共4条记录")
    }

    @Test func `changes are the cells that normalising altered`() throws {
        let records = Registry.table(
            Self.fields,
            [
                Registry.Office("a", [["1", "李 强→李强", "1985-03-07", ""]]),
                Registry.Office("b", [["1", "李强", "", "138-0000→1380000"]]),
            ])
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: []),
            findings: [])
        var changes: [Changes.Change] = []
        Changes(master: master, records: records).each { changes.append($0) }
        #expect(
            changes == [
                .init(person: 0, field: 0, row: 0, rule: "all agree"),
                .init(person: 0, field: 2, row: 1, rule: "only value"),
            ])
    }

    @Test func `a person whom the rules expect in a source is a record to add, with what is known, in its notation`()
        throws
    {
        let absent = Finding(kind: .omission, check: "absent-from-a", severity: .warning, row: 0)
        let doubtful = Finding(kind: .omission, check: "absent-from-a", severity: .info, row: 1)
        let orders = try Self.orders(
            [
                .init("b", [["1", "李强", "1985-03-07", "1"], ["x2", "李梅", "", "2"]]),
                .init("a", [["x1", "王秀", "1990/1/2→1990-01-02", nil]]),
            ], findings: [doubtful, absent])
        let added = orders.filter { $0.action == .add }
        #expect(added.count == 1)
        #expect(added.first?.cells == [.init(field: 0, text: "李强"), .init(field: 1, text: "1985/3/7")])
        #expect(added.first?.evidence.en == "b 1")
        #expect(added.first?.finding?.check == "absent-from-a")
    }

    @Test func `findings stand behind corrections by their name`() throws {
        let twice = Finding(kind: .duplicate, check: "duplicate-in-source", severity: .warning, row: 1, otherRow: 0)
        let bad = Finding(
            kind: .error, check: "bad-date", severity: .error, row: 2, field: 1, suggestion: "1985-03-08")
        let orders = try Self.orders(
            [
                .init("a", [["1", "李强", "1985-03-07", "1"], ["2", "李强", "", ""]]),
                .init("b", [["x", "王秀", "1985-03-80→!1985-03-80", "1"]]),
            ], findings: [twice, bad])
        #expect(orders.map(\.action) == [.merge, .change])
        #expect(orders.map { $0.finding?.check } == ["duplicate-in-source", "bad-date"])
        #expect(orders.map(\.value) == ["", "1985-03-08"])
    }
}
