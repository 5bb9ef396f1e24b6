import Foundation
import Records
import Standards

/// From scored candidate pairs to groups, and to the pairs that people see.
struct Grouping: Sendable {
    let groups: [UInt32]
    /// Over the review line, or decided; sorted by (a, b).
    let pairs: [ScoredPair]

    /// - Parameter copies: of each spare its pair with the first of its set.
    init(
        _ candidates: [ScoredCandidate], copies: [ScoredCandidate] = [], source: some PairSource, table: ClassTable,
        lines: DecisionLines,
        never: [MatchPlan.Never], records: RecordTable, bindings: Bindings, threads: Int
    ) {
        let bars = Bars(lines)
        let identities = never.map { Self.identity($0, records: records) }
        var components = UnionFind(count: records.count)
        // Of each row the last pair that may merge it: two rows alone have just one.
        var seeds = [UInt32](repeating: 0, count: records.count)
        for (index, candidate) in candidates.enumerated() where bars.bar(candidate.posterior) != nil {
            components.join(candidate.pair.a, candidate.pair.b)
            seeds[Int(candidate.pair.a)] = UInt32(index + 1)
        }
        for pair in bindings.same { components.join(pair.a, pair.b) }
        // Of a spare people may have said something; the others go where the first of their set goes.
        let named = copies.isEmpty ? [] : Set((bindings.same + bindings.apart).flatMap { [$0.a, $0.b] })
        let spares = copies.filter { named.contains($0.pair.b) }
        for spare in spares where bars.bar(spare.posterior) != nil { components.join(spare.pair.a, spare.pair.b) }
        let clustering = Clustering(
            rows: records.count,
            edges: Self.edges(
                components.groups, seeds: seeds, candidates: candidates, spares: spares, source: source, table: table,
                bars: bars, threads: threads),
            same: bindings.same, apart: bindings.apart, identities: identities, threads: threads)
        var groups = clustering.groups
        for copy in copies where !named.contains(copy.pair.b) && bars.bar(copy.posterior) == 0 {
            groups[Int(copy.pair.b)] = groups[Int(copy.pair.a)]
        }
        self.groups = groups
        pairs = Self.visible(
            candidates + copies, decided: Self.decided(bindings, source: source, table: table, threads: threads),
            from: lines.review, groups: groups, bindings: bindings, identities: identities)
    }

    /// All candidate pairs within the components, also those far below the lines: they speak against a merge.
    ///
    /// - Parameter seeds: by row, one more than the place of a candidate that may merge it with a later one; 0: none.
    private static func edges(
        _ components: [[UInt32]], seeds: [UInt32], candidates: [ScoredCandidate], spares: [ScoredCandidate],
        source: some PairSource, table: ClassTable, bars: Bars, threads: Int
    ) -> [Clustering.Edge] {
        var edges = spares.map { edge($0.pair, $0.posterior, areOfOneName: false, bars) }
        let inNoBlock = Set(spares.map(\.pair.b))
        var open: [[UInt32]] = []
        for rows in components {
            let seed = Int(seeds[Int(rows[0])])
            if rows.count == 2, seed > 0 {
                let seed = candidates[seed - 1]
                edges.append(edge(seed.pair, seed.posterior, areOfOneName: false, bars))
            } else {
                open.append(inNoBlock.isEmpty ? rows : rows.filter { !inNoBlock.contains($0) })
            }
        }
        let met = source.met(among: open, threads: threads)
        let piece = 4_096
        let parts = Parallel.map((met.count + piece - 1) / piece, threads: threads) { index in
            var scratch = table.scratch
            return met[index * piece..<min(met.count, (index + 1) * piece)].map { pair, pattern in
                let score = table.posterior(pattern, scratch: &scratch)
                return edge(pair, score.match, areOfOneName: table.areOfOneName(score.likeliest), bars)
            }
        }
        return edges + parts.joined()
    }

    /// - Parameter areOfOneName: the two are likeliest parent and child of one name: they stay apart whatever else agrees with
    ///   both, unless they are likelier one person than not.
    private static func edge(
        _ pair: RowPair, _ posterior: Double, areOfOneName: Bool, _ bars: Bars
    ) -> Clustering.Edge {
        let evidence = areOfOneName && posterior < 0.5 ? -Clustering.bound : Bars.evidence(posterior)
        return Clustering.Edge(pair: pair, evidence: evidence, bar: bars.bar(posterior))
    }

    /// The decided pairs, scored like any other whether or not a key brings them together.
    private static func decided(
        _ bindings: Bindings, source: some PairSource, table: ClassTable, threads: Int
    ) -> [ScoredCandidate] {
        let pairs = bindings.same + bindings.apart
        var scratch = table.scratch
        return zip(pairs, source.compared(pairs, threads: threads)).map { pair, found in
            let score = table.posterior(found.pattern, scratch: &scratch)
            return ScoredCandidate(
                pair: pair, pattern: found.pattern, posterior: score.match, likeliest: score.likeliest, key: found.key)
        }
    }

    /// Per row the value under a `never` rule, 0 where it has none that counts.
    static func identity(_ rule: MatchPlan.Never, records: RecordTable) -> [UInt32] {
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
        _ candidates: [ScoredCandidate], decided: [ScoredCandidate], from line: Double, groups: [UInt32],
        bindings: Bindings, identities: [[UInt32]]
    ) -> [ScoredPair] {
        let same = Set(bindings.same)
        let apart = Set(bindings.apart)
        let undecided = candidates.filter {
            $0.posterior >= line && !same.contains($0.pair) && !apart.contains($0.pair)
        }
        var seen = Set<RowPair>()
        return (undecided + decided.filter { seen.insert($0.pair).inserted }).map { entry in
            ScoredPair(
                a: entry.pair.a, b: entry.pair.b, levels: entry.pattern,
                weight: FittedModel.weight(of: entry.posterior), probability: entry.posterior, key: entry.key,
                likeliestClass: entry.likeliest,
                outcome: outcome(
                    entry.pair, groups, same, apart, bindings.unsure, identities))
        }.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    private static func outcome(
        _ pair: RowPair, _ groups: [UInt32], _ same: Set<RowPair>, _ apart: Set<RowPair>, _ unsure: Set<RowPair>,
        _ identities: [[UInt32]]
    ) -> ScoredPair.Outcome {
        if apart.contains(pair) { return unsure.contains(pair) ? .review : .decidedDifferent }
        let isTogether = groups[Int(pair.a)] == groups[Int(pair.b)]
        if isTogether { return same.contains(pair) ? .decidedSame : .merged }
        // Other words hold apart what somebody said is one person.
        if same.contains(pair) { return .review }
        let contradicts = identities.contains { values in
            let (x, y) = (values[Int(pair.a)], values[Int(pair.b)])
            return x != 0 && y != 0 && x != y
        }
        return contradicts ? .heldApart : .review
    }
}

/// What a pair needs to merge two groups. Over the merge line it needs that the other cross pairs do not speak against
/// it; a likely pair below the line can only merge groups of which all cross pairs together pass the line.
private struct Bars: Sendable {
    private let merge: Double?
    private let seed: Double

    init(_ lines: DecisionLines) {
        merge = lines.merge
        seed = min(max(lines.review, 0.5), lines.merge ?? 1)
    }

    func bar(_ posterior: Double) -> Double? {
        guard let merge, posterior >= seed else { return nil }
        return posterior >= merge ? 0 : Self.evidence(merge)
    }

    /// ln of the odds, within ±12.
    static func evidence(_ posterior: Double) -> Double {
        let odds = log(max(posterior, 1e-12)) - log(max(1 - posterior, 1e-12))
        return min(max(odds, -Clustering.bound), Clustering.bound)
    }
}
