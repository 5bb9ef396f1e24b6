import Records

/// Pairs of an earlier run as far as their rows have not changed, and those of the other rows compared anew.
struct ComparedAgain: Sendable {
    /// By (a, b).
    let pairs: [ScoredCandidate]
    let reuse: MatchReuse

    init(
        _ prints: RowPrints, from earlier: KeptMatching?, columns: MatchColumns, copies: Copies, plan: MatchPlan,
        table: ClassTable, threads: Int, progress: (Matcher.Stage) -> Void
    ) {
        var hasChanged = [Bool](repeating: true, count: columns.count)
        var kept: [ScoredCandidate] = []
        if let earlier {
            let rows = earlier.rows(now: prints.prints)
            for row in rows where row != KeptMatching.none { hasChanged[Int(row)] = false }
            var scratch = table.scratch
            var scores = PatternTable<(match: Double, likeliest: UInt8)>()
            for pair in earlier.pairs {
                let (a, b) = (rows[Int(pair.a)], rows[Int(pair.b)])
                if a == KeptMatching.none || b == KeptMatching.none { continue }
                let score = scores[pair.pattern, default: { table.posterior(pair.pattern, scratch: &scratch) }]
                kept.append(
                    ScoredCandidate(
                        pair: RowPair(min(a, b), max(a, b)), pattern: pair.pattern, posterior: score.match,
                        likeliest: score.likeliest, key: pair.key))
            }
        }
        for row in copies.spares { hasChanged[Int(row)] = false }
        let changed = hasChanged.indices.filter { hasChanged[$0] }.map { UInt32($0) }
        if changed.isEmpty {
            pairs = ScoredCandidates.sorted(kept)
            reuse = MatchReuse(changedRecords: 0, comparedPairs: 0, keptPairs: kept.count)
            return
        }
        var rows = (0..<UInt32(columns.count)).map { $0 }
        if changed.count < columns.count {
            rows = Neighbours.rows(
                of: changed, keys: plan.keys,
                parts: KeyParts(plan, columns: columns, without: copies.spares, threads: threads),
                count: columns.count, threads: threads)
        }
        progress(.compare)
        let near = Neighbourhood(
            of: rows, in: columns, plan: plan, exactLevels: prints.exactLevels, threads: threads)
        progress(.score)
        let scored = ScoredCandidates(
            near.pairs.walk, comparison: near.pairs.comparison, table: table, line: DecisionLines.lowest(plan.decide),
            touching: changed.count < columns.count ? rows.map { hasChanged[Int($0)] } : nil, threads: threads)
        let found = scored.pairs.map { candidate in
            ScoredCandidate(
                pair: near.pair(candidate.pair), pattern: candidate.pattern, posterior: candidate.posterior,
                likeliest: candidate.likeliest, key: candidate.key)
        }
        pairs = ScoredCandidates.sorted(kept + found)
        reuse = MatchReuse(changedRecords: changed.count, comparedPairs: scored.compared, keptPairs: kept.count)
    }
}
