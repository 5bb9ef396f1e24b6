import Records
import Testing

@testable import Matching

@Suite struct PairExplanationTests {
    private static let registry = SmallRegistry.shared
    private static let plan = SmallRegistry.plan([[0, 1], [2], [1, 4]])
    private static let context = MatchContext(registry.records, plan: plan, threads: 2)
    private static let fitted = context.fitted(threads: 2)
    private static let matches = Matcher.match(context, fitted: fitted, threads: 2)

    private func explain(_ pair: RowPair, _ decisions: [Decision] = []) -> PairExplanation {
        let matches =
            decisions.isEmpty
            ? Self.matches : Matcher.match(Self.context, fitted: Self.fitted, decisions: decisions, threads: 2)
        return PairExplanation(
            Int(pair.a), Int(pair.b), context: Self.context, fitted: Self.fitted, matches: matches,
            decisions: decisions)
    }

    @Test func `weights add up to the total, which is the score of the pair`() {
        for pair in Self.matches.pairs.prefix(200) {
            let told = explain(RowPair(pair.a, pair.b))
            #expect(abs(told.prior + told.fields.reduce(0) { $0 + $1.weight } - told.total) < 1e-9)
            #expect(abs(told.total - pair.weight) < 1e-3)
            #expect(told.probability == pair.probability)
            #expect(abs(told.classes.reduce(0) { $0 + $1.share } - 1) < 1e-9)
            #expect(told.outcome.rawValue == pair.outcome.rawValue || told.outcome == .mergedThroughOthers)
        }
    }

    @Test func `each change turns the score, and is of one field where one is enough`() {
        let line = 0.9
        for pair in Self.matches.pairs.prefix(100) {
            let told = explain(RowPair(pair.a, pair.b))
            for change in told.changes {
                #expect((change.probability >= line) != (told.probability >= line))
                #expect((1...2).contains(change.fields.count))
                #expect(change.fields.allSatisfy { $0.from != $0.to })
            }
            #expect(Set(told.changes.map { $0.fields.count }).count <= 1)
        }
    }

    @Test func `keys that bring the two together are those of the blocks`() {
        for pair in Self.registry.matches.prefix(300) {
            let told = explain(pair)
            let found = told.keys.indices.filter { told.keys[$0].bringsTogether }
            let mask = Self.context.index.keys(pair.a, pair.b)
            #expect(found == Self.plan.keys.indices.filter { mask >> UInt64($0) & 1 == 1 })
        }
    }

    @Test func `a pair that no key brings together was not compared`() throws {
        let pair = try #require(
            Self.registry.matches.first {
                Self.context.index.keys($0.a, $0.b) == 0
                    && Self.matches.groups[Int($0.a)] != Self.matches.groups[Int($0.b)]
            })
        let told = explain(pair)
        #expect(told.outcome == .notCompared)
        #expect(told.keys.allSatisfy { !$0.bringsTogether && $0.parts.contains { !$0.agrees } })
    }

    @Test func `a decision is told and holds`() throws {
        let merged = try #require(Self.matches.pairs.first { $0.outcome == .merged })
        let records = Self.registry.records
        let decision = Decision(
            records.key(Int(merged.a)), records.key(Int(merged.b)), .different, by: "officer", reason: "twins",
            at: "2026-01-01T00:00:00Z")
        let told = explain(RowPair(merged.a, merged.b), [decision])
        #expect(told.outcome == .decidedDifferent)
        #expect(told.decision == decision)
    }

    @Test func `a never rule that the two break is named with both values`() throws {
        let plan = MatchPlan(
            keys: Self.plan.keys, comparisons: Self.plan.comparisons, decide: Self.plan.decide,
            never: [.init(field: 4, condition: .different)])
        let context = MatchContext(Self.registry.records, plan: plan, threads: 2)
        let fitted = context.fitted(threads: 2)
        let matches = Matcher.match(context, fitted: fitted, threads: 2)
        let held = try #require(matches.pairs.first { $0.outcome == .heldApart })
        let told = PairExplanation(
            Int(held.a), Int(held.b), context: context, fitted: fitted, matches: matches, decisions: [])
        #expect(told.outcome == .heldApart)
        #expect(told.never.map(\.field) == ["city"])
        #expect(told.never.first?.a != told.never.first?.b)
    }

    @Test func `how common an equal name is stands apart, and the rarer weighs more`() {
        let told = Self.matches.pairs.prefix(300).map { explain(RowPair($0.a, $0.b)) }
        let fields = told.flatMap(\.fields)
        #expect(fields.contains { $0.frequency != nil })
        #expect(
            fields.allSatisfy {
                ($0.frequency != nil) == $0.level.hasPrefix("exact") || $0.field == "birth_date" || $0.field == "phone"
                    || $0.field == "city"
            })
    }
}
