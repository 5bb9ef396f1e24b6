import Records
import TestSupport
import Testing

@testable import Matching

@Suite struct MatcherTests {
    /// 1,200 persons, 400 of them with a second record in which one cell is spoilt; households share surname and phone.
    private static let registry: (records: RecordTable, truth: [String]) = {
        var random = SeededRandom(seed: 11)
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
            Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone),
        ])
        let letters = Array("abcdefghijklmnoprstuvwyz")
        func word(_ length: Int) -> String { String((0..<length).map { _ in letters[random.below(letters.count)] }) }
        let givens = (0..<120).map { _ in word(6) }
        let surnames = (0..<150).map { _ in word(7) }
        func day() -> String {
            let (year, month, day) = (1930 + random.below(80), 1 + random.below(12), 1 + random.below(28))
            return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
        var rows: [[String]] = []
        var truth: [String] = []
        for person in 0..<1_200 {
            var row = [
                givens[random.below(120)], surnames[random.below(150)], day(),
                String(10_000_000 + random.below(89_999_999)),
            ]
            if person % 4 == 1 {
                row[1] = rows[rows.count - 1][1]
                row[3] = rows[rows.count - 1][3]
            }
            rows.append(row)
            truth.append("\(person)")
            if person % 3 == 0 {
                switch random.below(4) {
                case 0: row[0].removeLast()
                case 1: row[1].removeFirst()
                case 2: row[2] = random.below(4) == 0 ? day() : row[2].prefix(8) + "30"
                default: row[3] = ""
                }
                rows.append(row)
                truth.append("\(person)")
            }
        }
        builder.add(rows)
        return (builder.table(), truth)
    }()

    private static let plan = MatchPlan(
        keys: [
            .init([.init(field: 0), .init(field: 1)]), .init([.init(field: 2)]), .init([.init(field: 3)]),
            .init([.init(field: 1), .init(field: 2, transform: "year")]),
        ],
        comparisons: [
            .init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname"),
            .init(field: 2, comparator: "date"), .init(field: 3, comparator: "phone"),
        ], decide: .init(merge: 0.5, review: 0.1))

    private static func truth(_ records: RecordTable) -> [String] { registry.truth }

    @Test func duplicatesAreFoundAndRelativesAreNotMerged() throws {
        let found = try Matcher.match(Self.registry.records, plan: Self.plan, threads: 2)
        let score = Evaluation(found: found.groups.map { "\($0)" }, truth: Self.registry.truth).pairwise
        #expect(score.precision > 0.97)
        #expect(score.recall > 0.9)
    }

    @Test func theResultIsTheSameForAnyNumberOfThreads() throws {
        let one = try Matcher.match(Self.registry.records, plan: Self.plan, threads: 1)
        let three = try Matcher.match(Self.registry.records, plan: Self.plan, threads: 3)
        #expect(one.groups == three.groups)
        #expect(one.pairs.map(\.probability) == three.pairs.map(\.probability))
        #expect(one.comparisons.map(\.weights) == three.comparisons.map(\.weights))
    }

    @Test func aDecisionDifferentIsBinding() throws {
        let records = Self.registry.records
        let first = try Matcher.match(records, plan: Self.plan, threads: 2)
        let merged = try #require(first.pairs.first { $0.outcome == .merged })
        let decision = Decision(
            records.key(Int(merged.a)), records.key(Int(merged.b)), .different, by: "officer", reason: "twins",
            at: "2026-01-01T00:00:00Z")
        let second = try Matcher.match(records, plan: Self.plan, decisions: [decision], threads: 2)
        #expect(second.groups[Int(merged.a)] != second.groups[Int(merged.b)])
        #expect(second.pairs.contains { $0.a == merged.a && $0.b == merged.b && $0.outcome == .decidedDifferent })
    }

    @Test(arguments: [
        (MatchPlan.Model.mixture, MatchPlan.Levels.plain), (.fellegiSunter, .full), (.fellegiSunter, .plain),
    ])
    func theModelsForComparisonFindMostDuplicates(_ model: MatchPlan.Model, _ levels: MatchPlan.Levels) throws {
        let plan = MatchPlan(
            keys: Self.plan.keys, comparisons: Self.plan.comparisons, decide: Self.plan.decide, model: model,
            levels: levels)
        let found = try Matcher.match(Self.registry.records, plan: plan, threads: 2)
        let score = Evaluation(found: found.groups.map { "\($0)" }, truth: Self.registry.truth).pairwise
        #expect(score.recall > 0.8)
        #expect(found.comparisons.allSatisfy { levels == .full || $0.levels.count <= 7 })
    }

    @Test func namesInEachOthersFieldAreFoundAlsoWhenBothAreMisspelt() throws {
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
        ])
        builder.add([["susan", "draamiker"], ["dramiker", "suzan"], ["susan", "miller"]])
        let plan = MatchPlan(
            keys: [.init([.init(field: 0)])],
            comparisons: [.init(field: 0, comparator: "given_name"), .init(field: 1, comparator: "surname")],
            decide: .init(merge: 0.5, review: 0.1))
        let comparison = PairComparison(plan, columns: MatchColumns(builder.table()), threads: 1)
        let exchanged = UInt64(Comparator.givenName.ladder.exchanged ?? 0)
        let patterns = comparison.patterns(of: [RowPair(0, 1), RowPair(1, 2)])
        #expect(patterns[0] & 15 == exchanged)
        #expect(patterns[1] & 15 != exchanged)
    }

    @Test func aBirthDateIsFilledInFromTheOwnNumberAlone() {
        var builder = RecordTableBuilder([
            Field(name: "guardian_id", kind: .residentID), Field(name: "id_number", kind: .residentID),
            Field(name: "birth_date", kind: .date),
        ])
        builder.add([["450329201409174262", "130632200102184453", ""], ["450329201409174262", "", ""]])
        let columns = MatchColumns(builder.table())
        let dates = columns[2]
        #expect(dates.values[dates.codes[0]] == "2001-02-18")
        #expect(dates.codes[1] == 0)
    }

    @Test func aDayThatIsWrittenWhereNoneIsKnownSaysNothing() {
        var builder = RecordTableBuilder([
            Field(name: "id_number", kind: .residentID), Field(name: "birth_date", kind: .date),
            Field(name: "opened", kind: .date),
        ])
        builder.add([
            ["", "1900-01-01", "1900-01-01"], ["", "1970-01-01", "1970-01-01"],
            ["130632200102184453", "1900-01-01", "2001-02-18"], ["", "1900-01-02", "9999-12-31"],
        ])
        let columns = MatchColumns(builder.table())
        func days(_ field: Int) -> [String] { columns[field].codes.map { columns[field].values[$0] } }
        #expect(days(1) == ["", "", "2001-02-18", "1900-01-02"])
        #expect(days(2) == ["", "1970-01-01", "2001-02-18", ""])
    }

    @Test func patternsOfManyPairsAreThoseOfEach() {
        let comparison = PairComparison(Self.plan, columns: MatchColumns(Self.registry.records), threads: 1)
        let rows = UInt32(Self.registry.records.count)
        let pairs = (0..<3_000).map { RowPair(UInt32($0) % (rows - 1), rows - 1) }
        #expect(comparison.patterns(of: pairs) == pairs.map { comparison.patterns(of: [$0])[0] })
    }

    @Test func mergeOffSendsEverythingToPeople() throws {
        let plan = MatchPlan(
            keys: Self.plan.keys, comparisons: Self.plan.comparisons, decide: .init(merge: nil, review: 0.1))
        let found = try Matcher.match(Self.registry.records, plan: plan, threads: 2)
        #expect(found.groups == (0..<Self.registry.records.count).map { UInt32($0) })
        #expect(!found.pairs.isEmpty && found.pairs.allSatisfy { $0.outcome == .review })
    }

    @Test func expectedPrecisionIsNearTheRealOne() throws {
        let found = try Matcher.match(Self.registry.records, plan: Self.plan, threads: 2)
        let over = found.pairs.filter { $0.probability >= 0.5 }
        let right = over.count { Self.registry.truth[Int($0.a)] == Self.registry.truth[Int($0.b)] }
        let expected = try #require(found.model.expectedPrecision)
        #expect(abs(Double(right) / Double(over.count) - expected.value) < 0.05)
    }

    @Test(arguments: [0, 1, 2])
    func hardlyAnyRecordsMakeNoTrouble(_ count: Int) throws {
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
            Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone),
        ])
        builder.add(Array(repeating: ["anna", "berg", "1980-01-02", "5551234"], count: count))
        let found = try Matcher.match(builder.table(), plan: Self.plan, threads: 2)
        #expect(found.groups.count == count)
        #expect(!found.model.warnings.isEmpty)
    }

    @Test func aPinnedModelGivesTheSameScores() throws {
        let fitted = try Matcher.match(Self.registry.records, plan: Self.plan, threads: 2)
        let pinned = PinnedModel(
            path: "run.json",
            fields: fitted.comparisons.map { .init(name: $0.field, comparator: $0.comparator, levels: $0.levels) },
            classes: fitted.model.classes)
        let again = try Matcher.match(Self.registry.records, plan: Self.plan, pinned: pinned, threads: 2)
        #expect(again.pairs.map(\.probability) == fitted.pairs.map(\.probability))
        #expect(again.groups == fitted.groups)
        #expect(again.model.isPinned && again.model.iterations == 0)
    }

    @Test func aPinnedModelOfOtherFieldsIsRefused() throws {
        let fitted = try Matcher.match(Self.registry.records, plan: Self.plan, threads: 2)
        let pinned = PinnedModel(path: "run.json", fields: [], classes: fitted.model.classes)
        #expect(throws: Failure.self) {
            try Matcher.match(Self.registry.records, plan: Self.plan, pinned: pinned, threads: 2)
        }
    }

    @Test func budgetsSetTheLines() throws {
        func lines(_ falseMerges: Double, _ hours: Double) throws -> ModelSummary {
            let plan = MatchPlan(
                keys: Self.plan.keys, comparisons: Self.plan.comparisons,
                decide: .init(
                    merge: 0.9, review: 0.1, budget: .init(falseMergesPer1000: falseMerges, reviewHours: hours)))
            return try Matcher.match(Self.registry.records, plan: plan, threads: 2).model
        }
        let (strict, lax) = (try lines(0.05, 0.1), try lines(20, 10))
        let strictMerge = try #require(strict.mergeLine)
        let laxMerge = try #require(lax.mergeLine)
        #expect(strictMerge > laxMerge && laxMerge >= 0.5)
        #expect(strict.reviewLine > lax.reviewLine)
        let chosen = try #require(strict.lines.first { $0.isChosen })
        #expect(chosen.falseMergesPer1000 <= 0.05 && chosen.reviewHours <= 0.1)
    }

    @Test func aKeyOverTheBudgetIsRefinedOrLeftOutAndSaid() throws {
        let plan = MatchPlan(
            keys: Self.plan.keys + [.init([.init(field: 2, transform: "year")])], comparisons: Self.plan.comparisons,
            decide: .init(merge: 0.5, review: 0.1), pairBudget: 2_000)
        let found = try Matcher.match(Self.registry.records, plan: plan, threads: 2)
        #expect(found.blocking.allSatisfy { $0.pairs <= 2_000 || $0.isLeftOut })
        #expect(found.model.warnings.contains { $0.en.contains("over the budget of 2,000") })
    }
}
