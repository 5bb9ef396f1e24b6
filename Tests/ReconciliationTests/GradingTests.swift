import Reconciliation
import Records
import Testing

struct GradingTests {
    static let fields = [
        Field(name: "name", kind: .personName, required: true),
        Field(name: "birth_date", kind: .date, required: true), Field(name: "phone", kind: .phone),
    ]

    static func finding(
        _ severity: Severity, _ row: Int, _ field: Int?, _ kind: Finding.Kind = .error, check: String = "test"
    ) -> Finding {
        Finding(kind: kind, check: check, severity: severity, row: row, field: field)
    }

    static func records(_ name: String = "李强", _ birth: String = "1985-03-07") -> RecordTable {
        Registry.table(
            Self.fields,
            [
                Registry.Office("a", trust: 2, [["1", name, birth, "13800000001"]]),
                Registry.Office("b", [["1", name.isEmpty ? "" : "李墙", "", ""]]),
            ])
    }

    @Test(
        "a record's points are those of its own findings, a cell counting once",
        arguments: [
            ([], 0, Grade.a),
            ([finding(.info, 0, 2)], 0, .a),
            ([finding(.warning, 0, 2)], 2, .b),
            ([finding(.warning, 0, 2), finding(.warning, 0, 1)], 4, .c),
            ([finding(.error, 0, 2)], 5, .c),
            ([finding(.warning, 0, 2, check: "x"), finding(.error, 0, 2), finding(.error, 0, 2, check: "y")], 5, .c),
            ([finding(.error, 0, 2), finding(.error, 0, 1)], 10, .d),
            ([finding(.error, 0, nil), finding(.warning, 0, nil, check: "x")], 7, .c),
            ([finding(.error, 0, nil, .duplicate)], 0, .a),
            ([finding(.error, 1, 0)], 0, .a),
        ] as [([Finding], Int, Grade)])
    func record(_ findings: [Finding], _ points: Int, _ grade: Grade) {
        let grading = Grading(findings, in: Self.records(), plan: QualityPlan())
        #expect(grading.points(row: 0) == points)
        #expect(grading.grade(row: 0) == grade)
    }

    @Test func `the rule book gives points and limits`() {
        let plan = QualityPlan(pointsByCheck: ["test": 1, "twice": 4], warningPoints: 7, limits: [1, 2, 4])
        let findings = [
            Self.finding(.error, 0, 2), Self.finding(.warning, 0, 1, check: "other"),
            Self.finding(.warning, 1, nil, .duplicate, check: "twice"),
        ]
        let grading = Grading(findings, in: Self.records(), plan: plan)
        #expect(grading.points(row: 0) == 8)
        #expect(grading.grade(row: 0) == .d)
        #expect(grading.grade(row: 1) == .c)
    }

    @Test(
        "a record of the master is graded by its surviving cells",
        arguments: [
            ("李强", "1985-03-07", [], Grade.a),
            ("李强", "1985-03-07", [finding(.info, 0, 2)], .a),
            ("李强", "1985-03-07", [finding(.error, 0, nil, .duplicate)], .a),
            ("李强", "1985-03-07", [finding(.warning, 0, 2)], .b),
            ("李强", "1985-03-07", [finding(.error, 1, 0)], .a),
            ("李强", "1985-03-07", [finding(.error, 1, 1, .omission)], .a),
            ("李强", "1985-03-07", [finding(.error, 0, 2)], .c),
            ("李强", "1985-03-07", [finding(.error, 0, nil), finding(.error, 1, nil)], .c),
            ("李强", "", [finding(.error, 0, 1, .omission), finding(.error, 1, 1, .omission)], .c),
            ("李强", "", [finding(.error, 0, 1, .omission), finding(.error, 0, 0)], .d),
        ] as [(String, String, [Finding], Grade)])
    func master(_ name: String, _ birth: String, _ findings: [Finding], _ grade: Grade) throws {
        let records = Self.records(name, birth)
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: ["trust"]),
            findings: findings)
        #expect(master.grades == [grade])
    }
}
