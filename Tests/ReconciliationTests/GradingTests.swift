import Reconciliation
import Records
import Testing

struct GradingTests {
    static let fields = [
        Field(name: "name", kind: .personName, required: true),
        Field(name: "birth_date", kind: .date, required: true), Field(name: "phone", kind: .phone),
    ]

    static func finding(_ severity: Severity, _ row: Int, _ field: Int?, _ kind: Finding.Kind = .error) -> Finding {
        Finding(kind: kind, check: "test", severity: severity, row: row, field: field)
    }

    @Test(
        "the grade of a person's data",
        arguments: [
            ("李强", "1985-03-07", [], Grade.a),
            ("李强", "1985-03-07", [finding(.info, 0, 2)], .a),
            ("李强", "1985-03-07", [finding(.error, 0, nil, .duplicate)], .a),
            ("李强", "1985-03-07", [finding(.warning, 0, 2)], .b),
            ("李强", "1985-03-07", [finding(.error, 1, 0)], .b),
            ("李强", "1985-03-07", [finding(.error, 0, 2)], .c),
            ("李强", "1985-03-07", [finding(.error, 0, nil)], .c),
            ("李强", "", [], .c),
            ("李强", "", [finding(.error, 0, 0)], .d),
            ("", "", [], .d),
        ] as [(String, String, [Finding], Grade)])
    func grade(_ name: String, _ birth: String, _ findings: [Finding], _ grade: Grade) throws {
        let records = Registry.table(
            Self.fields,
            [
                Registry.Office("a", trust: 2, [["1", name, birth, "13800000001"]]),
                Registry.Office("b", [["1", name.isEmpty ? "" : "李墙", "", ""]]),
            ])
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: ["trust"]),
            findings: findings)
        #expect(master.grades == [grade])
    }
}
