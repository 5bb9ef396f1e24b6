import Records
import TestSupport
import Testing

@testable import Validation

@Suite struct ValidatorTests {
    /// Findings of every kind of search strewn over them.
    private static let large: RecordTable = {
        var builder = RecordTableBuilder(Registry.fields)
        let rows = (0..<2100).map { number -> [String] in
            switch number % 7 {
            case 0: Registry.cells(["name": "", "birth_date": "1978-17-09"])
            case 1: Registry.cells(["id_number": "510112197809172645", "res_code": "330126"])
            case 2:
                Registry.cells([
                    "id_number": "510112197809172644", "birth_date": "19\(10 + number % 89)-02-03", "sex": "男",
                ])
            case 3:
                Registry.cells([
                    "name": "李\(number)", "insurance": "A\(number % 400)",
                    "birth_date": "19\(10 + number % 83)-0\(1 + number % 9)-1\(number % 10)",
                ])
            case 4: Registry.cells(["name": "王\u{FFFD}\u{200B}", "registered": "2025-01-01"])
            default: Registry.cells(["name": "王\(number)"])
            }
        }
        builder.add(Array(rows[..<1000]), asOf: Registry.asOf)
        builder.add(Array(rows[1000...]), source: "b", without: ["phone"])
        return builder.table(normalize: Registry.normalize)
    }()

    private static let plan = ValidationPlan(
        conditions: [
            .init(
                id: "early", expression: "registered > '2024-12-31'", severity: .warning, fields: [9, 3],
                message: "too late")
        ], today: "2026-11-01")

    @Test func findingsDoNotDependOnThreads() throws {
        let one = try Validator.check(Self.large, plan: Self.plan, threads: 1, rowsPerPiece: 2100)
        for threads in [2, 5] {
            let more = try Validator.check(Self.large, plan: Self.plan, threads: threads, rowsPerPiece: 64)
            #expect(one.count == more.count && zip(one, more).allSatisfy(Self.areEqual))
        }
        #expect(Set(one.map(\.check)).count >= 9)
    }

    @Test func findingsAreSortedByRowFieldAndCheck() throws {
        let found = try Validator.check(Self.large, plan: Self.plan, threads: 2)
        let keys = found.map { (($0.row, $0.field ?? -1), $0.check) }
        #expect(
            zip(keys, keys.dropFirst()).allSatisfy { left, right in
                left.0 != right.0 ? left.0 < right.0 : left.1 <= right.1
            })
    }

    @Test func aConditionSpeaksInTheWordsOfTheRuleBook() throws {
        let found = try Validator.check(Self.large, plan: Self.plan, threads: 1)
        let first = try #require(found.first { $0.check == "early" })
        #expect(first.severity == .warning && first.field == 9)
        let message = Validator.message(of: first, in: Self.large, plan: Self.plan)
        #expect(message.en == "too late: registered = “2025-01-01”, birth_date = “”")
        let own = ValidationPlan(
            conditions: [.init(id: "early", expression: "a > b", severity: .error, fields: [9])], today: "2026-11-01")
        #expect(
            Validator.message(of: first, in: Self.large, plan: own).en
                == "the rule book calls this an error: a > b; here registered = “2025-01-01”")
    }

    @Test func aCheckIsSwitchedOffOrChangedByTheRuleBook() throws {
        let before = try Validator.check(Self.large, plan: Self.plan, threads: 1)
        #expect(before.contains { $0.check == "missing-required" && $0.severity == .error })
        #expect(before.contains { $0.check == "damaged-text" })
        let plan = ValidationPlan(
            conditions: Self.plan.conditions,
            settings: ["missing-required": .init(severity: .info), "damaged-text": .init(isOff: true)],
            today: Self.plan.today)
        let after = try Validator.check(Self.large, plan: plan, threads: 1)
        #expect(after.filter { $0.check == "missing-required" }.allSatisfy { $0.severity == .info })
        #expect(!after.contains { $0.check == "damaged-text" })
        #expect(after.count == before.count { $0.check != "damaged-text" })
    }

    @Test func aLimitIsTakenFromTheRuleBook() throws {
        let rows: [Registry.Row] = (0..<6).map { number in
            ["name": ["王伟", "李娜", "张强"][number % 3], "birth_date": "195\(number)-02-03", "phone": "13812345678"]
        }
        func found(_ limit: Int) throws -> Int {
            let plan = ValidationPlan(
                conditions: [], settings: ["phone-on-many": .init(limit: limit)], today: "2026-11-01")
            return try Validator.check(Registry.table(rows), plan: plan, threads: 1).count {
                $0.check == "phone-on-many"
            }
        }
        #expect(try found(2) == 6)
        #expect(try found(3) == 0)
    }

    @Test func oneWrongCellIsOneFinding() throws {
        let found = try Registry.findings([["id_number": "13812345678"], ["name": "寮犱笁涓板叞"], ["phone": "1.38E+10"]])
        #expect(found.map(\.check) == ["misplaced-value", "misread-encoding", "spreadsheet-number"])
    }

    @Test func aMonthWithTwiceAsManyRecordsIsABreak() throws {
        let found = try Registry.findings(months { $0 == 29 ? 150 : 40 }).filter { $0.check == "volume-break" }
        #expect(found.map(\.row) == [29 * 40])
        #expect(found.map(\.topic) == ["\(2022 * 12 + 5)"] && found.map(\.remark) == ["150 40"])
    }

    @Test func missingNumbersAreWrittenAsTheOfficeWritesThem() throws {
        var builder = RecordTableBuilder(Registry.fields)
        let numbers = (1...1_060).reversed().filter { $0 != 965 }.map { "R" + String(10_000 + $0).dropFirst() }
        builder.add(numbers.map { _ in Registry.cells(["name": "王伟"]) }, recordIDs: numbers)
        let found = try Validator.check(builder.table(normalize: Registry.normalize), plan: Registry.plan, threads: 1)
        #expect(found.filter { $0.check == "record-number-gap" }.map(\.detail) == ["1 R0965 R0965"])
    }

    @Test func everyDateThatIsOutOfOrderIsAFindingOfItsOwn() throws {
        let records = Registry.table([
            ["registered": "2020-05-01", "last_visit": "2020-07-01", "death_date": "2019-05-01"]
        ])
        let found = try Validator.check(records, plan: Registry.plan, threads: 1).filter { $0.check == "event-order" }
        #expect(found.compactMap(\.topic) == ["last_visit", "registered"])
        #expect(Set(found.ids(in: records)).count == 2)
    }

    @Test func aSeasonIsNoBreakAndItsAbsenceIsOne() throws {
        func breaks(_ count: (Int) -> Int) throws -> [String] {
            try Registry.findings(months(count)).filter { $0.check == "volume-break" }.map {
                "\($0.topic ?? "") \($0.remark)"
            }
        }
        // Every September, and twice as many from year to year.
        #expect(try breaks { $0 % 12 == 8 ? 200 : 40 } == [])
        #expect(try breaks { ($0 % 12 == 8 ? 100 : 20) << ($0 / 12) } == [])
        #expect(try breaks { $0 % 12 == 8 && $0 != 32 ? 200 : 40 } == ["\(2022 * 12 + 8) 40 200"])
    }

    @Test func aMonthWithoutAnyRecordStandsAtTheNextOne() throws {
        let found = try Registry.findings(months { $0 == 29 ? 0 : 40 }).filter { $0.check == "volume-break" }
        #expect(found.map(\.row) == [29 * 40])
        #expect(found.map(\.topic) == ["\(2022 * 12 + 5)"] && found.map(\.remark) == ["0 40"])
    }

    @Test func conditionsOfTheRuleBookStandInForTheOrderOfDates() throws {
        let table = Registry.table([["registered": "2020-05-01", "last_visit": "2019-05-01"]])
        let plan = ValidationPlan(
            conditions: [
                .init(id: "early", expression: "last_visit < registered", severity: .error, fields: [12, 9])
            ], today: "2026-11-01")
        #expect(try Validator.check(table, plan: plan, threads: 1).map(\.check) == ["early"])
    }

    @Test func aRunNeedsADay() {
        #expect(throws: Failure.self) {
            try Validator.check(Self.large, plan: ValidationPlan(conditions: [], today: "today"), threads: 1)
        }
    }

    @Test func anEmptyTableHasNoFindings() throws {
        #expect(try Registry.findings([]).isEmpty)
        #expect(try Validator.check(RecordTableBuilder([]).table(), plan: Self.empty, threads: 2).isEmpty)
    }

    private static let empty = ValidationPlan(conditions: [], today: "2026-11-01")

    private static func areEqual(_ left: Finding, _ right: Finding) -> Bool {
        left.row == right.row && left.field == right.field && left.check == right.check
            && left.suggestion == right.suggestion && left.detail == right.detail && left.otherRow == right.otherRow
            && left.severity == right.severity && left.kind == right.kind
    }
}
