import Records
import Testing

@testable import Matching

@Suite struct KeySuggestionTests {
    private static let registry = SmallRegistry.shared

    @Test func `the key that was left out is proposed, with the matches it would bring`() throws {
        // What is lost has no phone in common and a spoilt name: the birth date finds it.
        let plan = SmallRegistry.plan([[0, 1], [3], [1, 4]])
        let context = MatchContext(Self.registry.records, plan: plan, threads: 2)
        let found = KeySuggestions(context, fitted: context.fitted(threads: 2), threads: 2)
        let lost = Self.registry.matches.filter { context.index.keys($0.a, $0.b) == 0 }
        #expect(found.tried > 100)
        #expect(!found.suggestions.isEmpty)
        let candidates = CandidateKeys(plan, schema: Self.registry.records.schema)
        let parts = KeyParts(
            plan.blocking(on: candidates.parts.map { .init([$0]) }), columns: context.columns, threads: 1)
        var left = lost
        for suggestion in found.suggestions {
            let key = try #require(
                candidates.all.first { candidate in
                    candidate.key.parts.map { MatchPlan.Key([$0]).description(in: Self.registry.records.schema) }
                        == suggestion.parts
                })
            let values = parts.values(of: key.key.parts)
            func finds(_ pair: RowPair) -> Bool {
                values[Int(pair.a)] != 0 && values[Int(pair.a)] == values[Int(pair.b)]
            }
            let truth = Double(lost.count(where: finds))
            #expect(abs(suggestion.newMatches - truth) < 10 + 0.25 * truth, "\(suggestion) \(truth)")
            left.removeAll(where: finds)
        }
        #expect(Double(left.count) < 0.35 * Double(lost.count))
        #expect(found.suggestions[0].parts.contains { $0.hasPrefix("birth_date") })
    }

    @Test func `strangers who share a town are not taken for missed matches`() {
        // These keys find nearly all; what they leave is worth at most a few.
        let plan = SmallRegistry.plan([[0, 1], [2], [3], [1, 4], [0, 4]])
        let context = MatchContext(Self.registry.records, plan: plan, threads: 2)
        let found = KeySuggestions(context, fitted: context.fitted(threads: 2), threads: 2)
        let lost = Self.registry.matches.count { context.index.keys($0.a, $0.b) == 0 }
        #expect(found.suggestions.allSatisfy { $0.newMatches <= 3 * Double(lost) + 6 }, "\(lost) \(found)")
    }

    @Test func `the same is proposed whatever the number of threads`() {
        let plan = SmallRegistry.plan([[0, 1], [1, 4]])
        let answers = [1, 3].map { threads in
            let context = MatchContext(Self.registry.records, plan: plan, threads: threads)
            return KeySuggestions(context, fitted: context.fitted(threads: threads), threads: threads)
                .suggestions.map { "\($0.yaml) \($0.pairs) \($0.newMatches)" }
        }
        #expect(answers[0] == answers[1])
    }

    @Test func `no key is proposed that a key of the rule book contains`() {
        let plan = SmallRegistry.plan([[0, 1], [2]])
        let candidates = CandidateKeys(plan, schema: Self.registry.records.schema)
        let known = plan.keys.map { $0.mask(among: candidates.parts) }
        #expect(candidates.all.allSatisfy { candidate in !known.contains { $0 & ~candidate.mask == 0 } })
        #expect(candidates.parts.count <= 64)
    }
}
