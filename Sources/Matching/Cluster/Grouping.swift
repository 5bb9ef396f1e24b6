import Foundation
import Records
import Standards

/// From scored candidate pairs to groups, and to the pairs that people see.
struct Grouping: Sendable {
    let groups: [UInt32]
    /// Over the review line, or decided; sorted by (a, b).
    let pairs: [ScoredPair]

    init(
        _ candidates: CandidatePairs, model: MixtureModel, plan: MatchPlan, records: RecordTable, bindings: Bindings,
        threads: Int
    ) {
        let line = plan.decide.merge ?? .infinity
        let evidence = model.posteriors.map { Self.evidence($0) }
        let identities = plan.never.map { Self.identity($0, records: records) }

        var components = UnionFind(count: records.count)
        for (index, pair) in candidates.pairs.enumerated()
        where model.posteriors[Int(candidates.patternOf[index])] >= line {
            components.join(pair.a, pair.b)
        }
        for pair in bindings.same { components.join(pair.a, pair.b) }
        var edges: [Clustering.Edge] = []
        for (index, pair) in candidates.pairs.enumerated()
        where components.root(of: pair.a) == components.root(of: pair.b) {
            let pattern = Int(candidates.patternOf[index])
            edges.append(
                Clustering.Edge(
                    pair: pair, evidence: evidence[pattern], isSeed: model.posteriors[pattern] >= line))
        }
        let clustering = Clustering(
            rows: records.count, edges: edges, same: bindings.same, apart: bindings.apart, identities: identities,
            threads: threads)
        groups = clustering.groups
        pairs = Self.visible(
            candidates, model: model, plan: plan, groups: clustering.groups, bindings: bindings, identities: identities)
    }

    /// ln of the odds, within ±12.
    private static func evidence(_ posterior: Double) -> Double {
        let odds = log(max(posterior, 1e-12)) - log(max(1 - posterior, 1e-12))
        return min(max(odds, -Clustering.bound), Clustering.bound)
    }

    /// Per row the value under a `never` rule, 0 where it has none that counts.
    private static func identity(_ rule: MatchPlan.Never, records: RecordTable) -> [UInt32] {
        let column = records.columns[rule.field]
        let isResidentID = records.schema.fields[rule.field].kind == .residentID
        let counts = (0..<column.values.count).map { code -> Bool in
            guard code != 0 else { return false }
            switch rule.condition {
            case .different: return true
            case .validAndDifferent:
                guard isResidentID else { return column.isWellFormed[code] }
                return ResidentID(column.values[UInt32(code)])?.isValid ?? false
            }
        }
        return column.codes.map { counts[Int($0)] ? $0 : 0 }
    }

    private static func visible(
        _ candidates: CandidatePairs, model: MixtureModel, plan: MatchPlan, groups: [UInt32], bindings: Bindings,
        identities: [[UInt32]]
    ) -> [ScoredPair] {
        let decidedSame = Set(bindings.same)
        let decidedApart = Set(bindings.apart)
        var pairs: [ScoredPair] = []
        var met = Set<RowPair>()
        for (index, pair) in candidates.pairs.enumerated() {
            let pattern = Int(candidates.patternOf[index])
            let posterior = model.posteriors[pattern]
            let isDecided =
                !(decidedSame.isEmpty && decidedApart.isEmpty)
                && (decidedSame.contains(pair) || decidedApart.contains(pair))
            guard posterior >= plan.decide.review || isDecided else { continue }
            if isDecided { met.insert(pair) }
            pairs.append(
                ScoredPair(
                    a: pair.a, b: pair.b, levels: candidates.patterns[pattern], weight: model.weight(of: posterior),
                    probability: posterior, key: candidates.keyOf[index], likeliestClass: model.likeliest[pattern],
                    outcome: outcome(pair, groups, decidedSame, decidedApart, identities)))
        }
        for pair in bindings.same + bindings.apart where !met.contains(pair) {
            pairs.append(
                ScoredPair(
                    a: pair.a, b: pair.b, levels: 0, weight: 0, probability: 0, key: .max, likeliestClass: .max,
                    outcome: outcome(pair, groups, decidedSame, decidedApart, identities)))
        }
        return pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    private static func outcome(
        _ pair: RowPair, _ groups: [UInt32], _ same: Set<RowPair>, _ apart: Set<RowPair>, _ identities: [[UInt32]]
    ) -> ScoredPair.Outcome {
        if apart.contains(pair) { return .decidedDifferent }
        let isTogether = groups[Int(pair.a)] == groups[Int(pair.b)]
        if isTogether { return same.contains(pair) ? .decidedSame : .merged }
        let contradicts = identities.contains { values in
            let (x, y) = (values[Int(pair.a)], values[Int(pair.b)])
            return x != 0 && y != 0 && x != y
        }
        return contradicts ? .heldApart : .review
    }
}
