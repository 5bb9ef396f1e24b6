import Records
import Testing

@testable import Pipeline

@Suite struct ContradictionGraphTests {
    private static func decision(_ a: Int, _ b: Int, _ verdict: Decision.Verdict) -> Decision {
        Decision(
            RecordKey(source: "a", recordID: "\(a)"), RecordKey(source: "a", recordID: "\(b)"), verdict, by: "li",
            reason: "seen", at: "2026-11-21T08:00:00Z")
    }

    @Test(arguments: 0..<200) func `one more decision contradicts what it would among all of them`(seed: UInt64) throws
    {
        var random = Random(seed)
        var (decisions, pairs): ([Decision], Set<[Int]>) = ([], [])
        for _ in 0..<30 {
            let (a, b) = (Int.random(in: 0..<14, using: &random), Int.random(in: 0..<14, using: &random))
            guard a != b, pairs.insert([min(a, b), max(a, b)]).inserted else { continue }
            let decision = Self.decision(a, b, Bool.random(using: &random) ? .same : .different)
            // What holds of them: a graph without contradictions, as after a run.
            if Contradiction.all(decisions + [decision]).isEmpty { decisions.append(decision) }
        }
        var graph = Contradiction.Graph(decisions)
        for a in 0..<14 {
            for b in a + 1..<14 where !pairs.contains([a, b]) {
                let dropped = Self.decision(a, b, .same)
                let wanted = Contradiction.all(decisions + [dropped]).min { $0.chain.count < $1.chain.count }
                #expect(graph.contradiction(with: dropped) == wanted)
            }
        }
    }

    /// Looking at all decisions for each of them takes minutes.
    @Test(.timeLimit(.minutes(1))) func `ten thousand dropped decisions are explained at once`() {
        let count = 10_000
        let apart = (0..<count).map { Self.decision(3 * $0, 3 * $0 + 2, .different) }
        let same = (0..<count).map { Self.decision(3 * $0, 3 * $0 + 1, .same) }
        var graph = Contradiction.Graph(apart + same)
        let found = (0..<count).compactMap { graph.contradiction(with: Self.decision(3 * $0 + 1, 3 * $0 + 2, .same)) }
        #expect(found.map(\.apart) == apart)
    }
}
