import Estimation
import Records
import TestSupport
import Testing

@testable import Matching

/// Thirty reviewers who err at a known rate, on a register whose truth is known.
@Suite struct SimulatedReviewTests {
    /// 900 persons, half of them with further records in which cells are spoilt; every fourth shares household and phone with
    /// the one before.
    private static let register: (records: RecordTable, truth: [String]) = {
        var random = SeededRandom(seed: 23)
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
            Field(name: "birth_date", kind: .date), Field(name: "phone", kind: .phone),
        ])
        let letters = Array("abcdefghijklmnoprstuvwyz")
        func word(_ length: Int) -> String { String((0..<length).map { _ in letters[random.below(letters.count)] }) }
        let (givens, surnames) = ((0..<60).map { _ in word(6) }, (0..<80).map { _ in word(7) })
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func day() -> String { "\(1950 + random.below(40))-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" }
        var rows: [[String]] = []
        var truth: [String] = []
        for person in 0..<900 {
            var row = [
                givens[random.below(60)], surnames[random.below(80)], day(),
                String(10_000_000 + random.below(89_999_999)),
            ]
            if person % 4 == 1 {
                row[1] = rows[rows.count - 1][1]
                row[3] = rows[rows.count - 1][3]
            }
            rows.append(row)
            truth.append("\(person)")
            for _ in 0..<[1, 0, 2, 0][person % 4] {
                var copy = row
                for _ in 0..<(1 + random.below(2)) {
                    switch random.below(5) {
                    case 0: copy[0] = givens[random.below(60)]
                    case 1: copy[1] = word(7)
                    case 2: copy[2] = day()
                    case 3: copy[3] = String(10_000_000 + random.below(89_999_999))
                    default: copy[3] = ""
                    }
                }
                rows.append(copy)
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
        ], decide: .init(merge: 0.9, review: 0.02))

    /// Scored once; only what people say differs.
    private struct Desk {
        let context: MatchContext
        let fitted: FittedModel
        let candidates: ScoredCandidates
        let lines: DecisionLines

        init() throws {
            let records = SimulatedReviewTests.register.records
            context = MatchContext(records, plan: SimulatedReviewTests.plan, threads: 1)
            fitted = try FittedModel(context, threads: 1)
            let lowest = DecisionLines.lowest(context.plan.decide)
            candidates = ScoredCandidates(
                context.walk, comparison: context.comparison, table: fitted.table, line: lowest,
                draws: PairDraws(records), threads: 1)
            lines = DecisionLines(
                context.plan.decide, candidates: candidates.pairs, matches: 0, decided: [], rows: records.count)
        }

        func outcome(_ decisions: [Decision]) -> Grouping {
            Grouping(
                candidates.pairs, source: CandidatePairs(walk: context.walk, comparison: context.comparison),
                table: fitted.table, lines: lines, never: [], records: context.records,
                bindings: Bindings(decisions, records: context.records),
                threads: 1)
        }
    }

    private static func isOnePerson(_ pair: ScoredPair) -> Bool {
        register.truth[Int(pair.a)] == register.truth[Int(pair.b)]
    }

    /// Of the groups, by B³: 1 − F1.
    private static func error(_ groups: [UInt32]) -> Double {
        1 - Evaluation(found: groups.map(String.init), truth: register.truth).bCubed.f1
    }

    @Test func `with every tenth of the answers thirty erring reviewers bring the groups closer to the truth`() throws {
        let desk = try Desk()
        let open = desk.outcome([])
        // In no order: pairs of one pattern are mostly all the same, or all not, and where none is, to err can only harm.
        var order = SeededRandom(seed: 3)
        let queue = open.pairs.filter { $0.outcome == .review }.map { (pair: $0, place: order.below(1 << 30)) }
            .sorted { $0.place < $1.place }.map(\.pair)
        #expect(queue.count >= 200)
        var errors = [Double](repeating: 0, count: 11)
        for reviewer in 0..<30 {
            var random = SeededRandom(seed: UInt64(reviewer + 1))
            // From 1 to 6 wrong answers in 100.
            let wrong = 1 + reviewer % 6
            let answers = queue.map { pair -> Decision in
                let isRight = random.below(100) >= wrong
                return Decision(
                    Self.register.records.key(Int(pair.a)), Self.register.records.key(Int(pair.b)),
                    Self.isOnePerson(pair) == isRight ? .same : .different, by: "r\(reviewer)", reason: "looked",
                    at: "2026-11-21T08:00:00Z")
            }
            for tenth in 0...10 {
                let said = Array(answers.prefix(answers.count * tenth / 10))
                errors[tenth] += Self.error(desk.outcome(said).groups) / 30
            }
        }
        print("1 − B³ F1 after each tenth of \(queue.count) answers:", errors.map { ($0 * 1e5).rounded() / 1e5 })
        for tenth in 1...10 { #expect(errors[tenth] < errors[tenth - 1], "after \(tenth) tenths") }
        #expect(errors[10] < errors[0] / 2)
    }

    @Test func `the intervals of thirty reviewers' samples cover the true rate in 93 runs of 100`() throws {
        let desk = try Desk()
        let merged = desk.outcome([]).pairs.filter { $0.outcome == .merged }
        let truth = Double(merged.count { !Self.isOnePerson($0) }) / Double(merged.count)
        #expect(truth > 0.002)
        var (runs, covered, known) = (0, 0, 0)
        for reviewer in 0..<30 {
            let wrong = Double(1 + reviewer % 6) / 100
            for draw in 0..<40 {
                var random = SeededRandom(seed: UInt64(1_000 * (reviewer + 1) + draw))
                func errs() -> Bool { random.below(100_000) < Int(wrong * 100_000) }
                var (errors, slips) = (0, 0)
                for _ in 0..<400 {
                    let isWrong = !Self.isOnePerson(merged[random.below(merged.count)])
                    if isWrong != errs() { errors += 1 }
                    // As many pairs whose answer is known measure the reviewer.
                    if errs() { slips += 1 }
                }
                runs += 1
                let found = ErrorRate(errors: errors, size: 400).corrected(forWrongAnswers: wrong)
                if found.interval.contains(truth) { covered += 1 }
                if ErrorRate(errors: slips, size: 400).interval.contains(wrong) { known += 1 }
            }
        }
        print("rate \(truth) of \(merged.count): covered \(covered), the reviewer's own \(known), of \(runs) runs")
        #expect(Double(covered) >= 0.93 * Double(runs))
        #expect(Double(known) >= 0.93 * Double(runs))
    }

    @Test func `what was let go is counted whole, and its sample is the same with any number of threads`() throws {
        let (records, truth) = Self.register
        let one = try Matcher.match(records, plan: Self.plan, threads: 1)
        let four = try Matcher.match(records, plan: Self.plan, threads: 4)
        #expect(one.letGo.pairs == four.letGo.pairs && one.letGo.totals == four.letGo.totals)
        let total = one.letGo.totals.values.reduce(0, +)
        #expect(total == one.model.candidatePairs - one.pairs.count)
        for stratum in LetGoSample.Stratum.allCases {
            let drawn = one.letGo.pairs.filter { $0.stratum == stratum }
            #expect(drawn.count == min(LetGoSample.most, one.letGo.totals[stratum] ?? 0))
            #expect(drawn.allSatisfy { $0.probability < 0.02 })
            if stratum == .near { #expect(drawn.allSatisfy { $0.probability >= LetGoSample.near }) }
            if stratum == .far { #expect(drawn.allSatisfy { $0.probability < LetGoSample.near }) }
        }
        // Drawn without regard to what it looks like: the share of matches is that of the whole, as far as chance allows.
        let missed = one.letGo.pairs.count { truth[Int($0.a)] == truth[Int($0.b)] }
        #expect(missed < one.letGo.pairs.count / 20)
    }

    @Test func `a calibration changes what probabilities are read as, and nothing else about the pairs`() throws {
        let records = Self.register.records
        let calibration = Calibration(shift: -1, slope: 0.8, decisions: 60, event: 9)
        let plain = try Matcher.match(records, plan: Self.plan, threads: 1)
        let read = try Matcher.match(records, plan: Self.plan, calibration: calibration, threads: 2)
        #expect(read.model.calibration == calibration && plain.model.calibration == nil)
        let before = Dictionary(plain.pairs.map { ([$0.a, $0.b], $0) }) { first, _ in first }
        #expect(read.pairs.count < plain.pairs.count)
        for pair in read.pairs {
            let own = try #require(before[[pair.a, pair.b]])
            #expect(own.levels == pair.levels)
            #expect((calibration(own.probability) - pair.probability).magnitude < 1e-9)
        }
        // Pairs over the line are found whether they are let go early or not.
        let wanted = plain.pairs.count { calibration($0.probability) >= 0.02 }
        #expect(read.pairs.count == wanted)
    }
}
