import Reconciliation
import Records
import Testing

/// Each rule against its definition, on random tables.
struct SurvivorshipRuleTests {
    private static let fields = [
        Field(name: "value", kind: .text), Field(name: "day", kind: .date), Field(name: "updated", kind: .date),
        Field(name: "note", kind: .text),
    ]

    private struct Table {
        let records: RecordTable
        let findings: [Finding]
        let rows: [UInt32]
    }

    private static func table(_ random: inout SplitMix) -> Table {
        let values = ["欧阳娜", "ouyang", "on", "x→!x", "甲"]
        let days = ["1985-01-01", "1985-03-07", "1985→!1985", "1985-03→!1985-03", "1991-12-30", "abc→!abc"]
        let dates = ["2015-02-01", "2020-01-01", "2042-01-01", "", "2024-13-01→!2024-13-01"]
        let offices = (0..<4).map { office in
            Registry.Office(
                "s\(office)", trust: Int.random(in: 1...3, using: &random),
                role: Bool.random(using: &random) ? .reference : .register,
                asOf: ["2024-06-30", "2023-01-01", nil].randomElement(using: &random) ?? nil,
                (0..<2).map { row in
                    [
                        "\(row)", values.randomElement(using: &random), days.randomElement(using: &random),
                        dates.randomElement(using: &random), Bool.random(using: &random) ? "n" : "",
                    ]
                })
        }
        let records = Registry.table(fields, offices)
        let rows = (0..<UInt32(8)).filter { _ in Bool.random(using: &random) }
        let findings = (0..<8).filter { _ in Int.random(in: 0..<5, using: &random) == 0 }.map {
            Finding(
                kind: .error, check: "c", severity: Bool.random(using: &random) ? .error : .warning, row: $0, field: 0)
        }
        return Table(records: records, findings: findings, rows: rows.count < 2 ? [0, 5] : rows)
    }

    private static func holds(
        _ rule: SurvivorshipRule, field: Int, updated: [String: Int] = [:],
        _ score: (RecordTable, [Finding], Int) -> [Int]
    ) {
        var random = SplitMix(state: 17)
        for _ in 0..<400 {
            let table = table(&random)
            let facts = RecordFacts(
                table.records, findings: table.findings, doubting: Set(fields.indices), updated: updated)
            let kept = rule.narrow(table.rows, Contest(fields: [field]), facts)
            let scores = table.rows.map { score(table.records, table.findings, Int($0)) }
            let best = scores.max { $0.lexicographicallyPrecedes($1) }
            #expect(kept == table.rows.indices.filter { scores[$0] == best }.map { table.rows[$0] })
        }
    }

    private static func profile(_ records: RecordTable, _ row: Int) -> SourceProfile {
        records.sources[records.sourceIndex(of: row)].profile
    }

    private static func number(_ day: String?) -> Int { day.flatMap { Int($0.replacing("-", with: "")) } ?? 0 }

    @Test func `longest: most Unicode scalars`() {
        Self.holds(.longest, field: 0) { records, _, row in [records.value(row, 0).unicodeScalars.count] }
    }

    @Test func `trust: the source's number`() {
        Self.holds(.trust, field: 0) { records, _, row in [Self.profile(records, row).trust] }
    }

    @Test func `reference_first: the source's role`() {
        Self.holds(.referenceFirst, field: 0) { records, _, row in
            [Self.profile(records, row).role == .reference ? 1 : 0]
        }
    }

    @Test func `most_complete: fields filled in`() {
        Self.holds(.mostComplete, field: 0) { records, _, row in
            [records.schema.fields.indices.count { !records.isMissing(row, $0) }]
        }
    }

    @Test func `most_precise_date: day, New Year, month, year, anything else`() {
        Self.holds(.mostPreciseDate, field: 1) { records, _, row in
            switch records.value(row, 1) {
            case "1985-03-07", "1991-12-30": [4]
            case "1985-01-01": [3]
            case "1985-03": [2]
            case "1985": [1]
            default: [0]
            }
        }
        Self.holds(.mostPreciseDate, field: 0) { _, _, _ in [0] }
    }

    @Test func `undoubted: no warning at the cell`() {
        Self.holds(.undoubted, field: 0) { _, findings, row in
            [findings.contains { $0.row == row && $0.severity == .warning } ? 0 : 1]
        }
    }

    @Test func `latest: the latest other date not after its export, then the export's day`() {
        Self.holds(.latest, field: 1) { records, _, row in
            let asOf = Self.profile(records, row).asOf
            let date = Self.number(records.value(row, 2))
            let counts = records.isWellFormed(row, 2) && date <= (asOf.map { Self.number($0) } ?? .max)
            return [counts ? date : 0, Self.number(asOf)]
        }
    }

    @Test func `latest: where the rule book names the date of the update, that one alone, for every field`() {
        let updated = Dictionary(uniqueKeysWithValues: (0..<4).map { ("s\($0)", 2) })
        for field in [0, 1, 2] {
            Self.holds(.latest, field: field, updated: updated) { records, _, row in
                let asOf = Self.profile(records, row).asOf
                let date = Self.number(records.value(row, 2))
                let counts = records.isWellFormed(row, 2) && date <= (asOf.map { Self.number($0) } ?? .max)
                return [counts ? date : 0, Self.number(asOf)]
            }
        }
    }

    @Test func `the date of the update may be another one in every source`() {
        Self.holds(.latest, field: 0, updated: ["s0": 1, "s1": 1, "s2": 1, "s3": 2]) { records, _, row in
            let asOf = Self.profile(records, row).asOf
            let field = records.sourceIndex(of: row) == 3 ? 2 : 1
            let date = Self.number(records.value(row, field))
            let counts = records.isWellFormed(row, field) && date <= (asOf.map { Self.number($0) } ?? .max)
            return [counts ? date : 0, Self.number(asOf)]
        }
    }

    @Test func `a repaired cell counts with its repair in every rule`() throws {
        let records = Registry.table(
            [Field(name: "day", kind: .date)],
            [Registry.Office("a", [["1", "1985→!1985"]]), Registry.Office("b", [["1", "1985-01-01"]])])
        let repair = Finding(
            kind: .error, check: "id", severity: .error, row: 0, field: 0, suggestion: "1985-03-07")
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records),
            plan: SurvivorshipPlan(standard: ["repaired", "most_precise_date"]), findings: [repair])
        #expect(master.value(0, 0, in: records) == "1985-03-07")
    }

    @Test func `the order of records in their files decides nothing`() throws {
        var random = SplitMix(state: 23)
        let values = ["李强", "李墙", "张三", ""]
        for _ in 0..<100 {
            var rows = (0..<6).map { ["\($0)", values.randomElement(using: &random)] }
            func master(_ rows: [[String?]]) throws -> (String, String, [String]) {
                let records = Registry.table(
                    [Field(name: "name", kind: .personName)],
                    [Registry.Office("a", Array(rows[..<3])), Registry.Office("b", Array(rows[3...]))])
                let master = try Reconciler.master(
                    records: records, assignment: Registry.onePerson(records),
                    plan: SurvivorshipPlan(standard: ["valid", "majority"]), findings: [])
                return (
                    master.value(0, 0, in: records), master.rules[Int(master.columns[0].rules[0])],
                    Conflicts.all(master, records).map { "\(records.recordID($0.row)) \($0.detail)" }
                )
            }
            let before = try master(rows)
            rows = rows[..<3].shuffled(using: &random) + rows[3...].shuffled(using: &random)
            #expect(try master(rows) == before)
        }
    }
}
