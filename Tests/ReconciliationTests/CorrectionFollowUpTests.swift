import Reconciliation
import Records
import Testing

struct CorrectionFollowUpTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "birth_date", kind: .date),
    ]

    /// The office's new export, and another office's record of the person of record 1.
    private static func follow(_ rows: [[String?]]) throws -> CorrectionFollowUp {
        let records = Registry.table(
            fields, [.init("a", rows), .init("b", [["w", "李强", "1985-03-07"], ["v", "王秀", ""]])])
        // Records of one name are one person's.
        let names = (0..<records.count).map { records.columns[0].codes[$0] }
        let master = try Reconciler.master(
            records: records, assignment: PersonIDs.assign(groups: names, previous: .none(rows: records.count)),
            plan: SurvivorshipPlan(standard: ["valid"]), findings: [])
        return CorrectionFollowUp(records, master: master)
    }

    private static func change(_ id: String, before: String, after: String, _ values: (String, String))
        -> GivenCorrection
    {
        GivenCorrection(
            source: "a", recordID: id, field: "birth_date", action: before.isEmpty ? .fill : .change, before: before,
            after: after, valueBefore: values.0, valueAfter: values.1)
    }

    @Test(
        arguments: [
            // As it should be, also in another notation.
            ("1985/3/8→1985-03-08", .applied), ("19850308→1985-03-08", .applied),
            // As it was, also in another notation.
            ("1985/3/7→1985-03-07", .ignored), ("19850307→1985-03-07", .ignored),
            // Something else; emptied.
            ("1985/4/8→1985-04-08", .contradicted), ("", .contradicted), ("不详→", .contradicted),
        ] as [(String, FollowUpStatus)])
    func `a changed cell was applied, ignored or contradicted`(now: String, status: FollowUpStatus) throws {
        let follow = try Self.follow([["1", "李强", now]])
        let given = Self.change("1", before: "1985/3/7", after: "1985/3/8", ("1985-03-07", "1985-03-08"))
        let outcome = follow.outcome(of: given)
        #expect(outcome.status == status)
        #expect((outcome.row, outcome.now) == (0, String(now.split(separator: "→").first ?? "")))
    }

    @Test(
        arguments: [
            ("1985/3/8→1985-03-08", .applied), ("", .ignored), ("不详→", .ignored),
            ("1990/1/1→1990-01-01", .contradicted),
        ]
            as [(String, FollowUpStatus)])
    func `an empty cell was filled, left or filled otherwise`(now: String, status: FollowUpStatus) throws {
        let given = Self.change("1", before: "", after: "1985/3/8", ("", "1985-03-08"))
        #expect(try Self.follow([["1", "李强", now]]).outcome(of: given).status == status)
    }

    @Test(
        arguments: [("", .applied), ("不详→", .applied), ("1985/3/7→1985-03-07", .ignored)] as [(String, FollowUpStatus)])
    func `a cell that was to be emptied is empty also with a word for nothing in it`(
        now: String, status: FollowUpStatus
    ) throws {
        let given = Self.change("1", before: "1985/3/7", after: "", ("1985-03-07", ""))
        #expect(try Self.follow([["1", "李强", now]]).outcome(of: given).status == status)
    }

    @Test func `a record that is gone is said to be gone`() throws {
        let given = Self.change("9", before: "x", after: "y", ("", ""))
        #expect(try Self.follow([["1", "李强", "x"]]).outcome(of: given) == .init(status: .vanished))
    }

    @Test func `a column that is gone leaves its corrections open`() throws {
        let given = Self.change("1", before: "x", after: "y", ("", ""))
        #expect(try Self.follow([["1", "李强", nil]]).outcome(of: given).status == .ignored)
    }

    @Test(
        arguments: [
            (["1", "2"], .ignored), (["1"], .applied), (["2"], .applied), (["3"], .vanished),
        ] as [([String], FollowUpStatus)])
    func `two records of one person were merged when one of them is left`(
        ids: [String], status: FollowUpStatus
    ) throws {
        let given = GivenCorrection(
            source: "a", recordID: "2", field: "", action: .merge, before: "2", after: "1")
        #expect(try Self.follow(ids.map { [$0, "李强", ""] }).outcome(of: given).status == status)
    }

    @Test(arguments: [("w", .applied), ("v", .ignored), ("gone", .vanished)] as [(String, FollowUpStatus)])
    func `a record was added when its person has one in the source`(witness: String, status: FollowUpStatus) throws {
        let given = GivenCorrection(
            source: "a", recordID: "", field: "", action: .add, before: "", after: "",
            witness: RecordKey(source: "b", recordID: witness))
        #expect(try Self.follow([["1", "李强", ""]]).outcome(of: given).status == status)
    }
}
