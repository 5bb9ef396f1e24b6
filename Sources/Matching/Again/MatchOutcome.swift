package import Records

/// What matching found, with what the next run can go on from.
package struct MatchOutcome: Sendable {
    package let matches: Matches
    /// Why the model that it went on with does not fit any more; `nil`: it does, or it was fitted here.
    package let drift: ModelDrift?
    private let candidates: Candidates
    private let records: RecordTable
    private let plan: MatchPlan

    init(matches: Matches, drift: ModelDrift?, candidates: Candidates, records: RecordTable, plan: MatchPlan) {
        self.matches = matches
        self.drift = drift
        self.candidates = candidates
        self.records = records
        self.plan = plan
    }

    /// How much was compared; `nil`: everything.
    package var reuse: MatchReuse? { candidates.reuse }

    /// For the next run.
    package func kept(threads: Int) -> KeptMatching {
        let prints =
            candidates.prints ?? RowPrints(candidates.columns, records: records, plan: plan, threads: threads)
        return KeptMatching(
            prints: prints.prints,
            pairs: candidates.pairs.map { .init(a: $0.pair.a, b: $0.pair.b, pattern: $0.pattern, key: $0.key) })
    }
}

/// What a run that went on from an earlier one compared.
package struct MatchReuse: Sendable, Equatable {
    /// Records that are new, or have changed in what is compared, or in how common it is.
    package let changedRecords: Int
    package let comparedPairs: Int
    /// Pairs that stayed as the earlier run kept them.
    package let keptPairs: Int
}

/// The pairs over the lowest line of decision, and what is known of the others.
struct Candidates: Sendable {
    /// By (a, b).
    let pairs: [ScoredCandidate]
    let below: Expected.Below
    let basis: MatchBasis
    let isContinued: Bool
    let columns: MatchColumns
    var prints: RowPrints?
    var reuse: MatchReuse?
}

/// Pairs of an earlier run as far as their rows have not changed, and those of the other rows compared anew.
struct ComparedAgain: Sendable {
    /// By (a, b).
    let pairs: [ScoredCandidate]
    let reuse: MatchReuse

    init(
        _ prints: RowPrints, from earlier: KeptMatching?, columns: MatchColumns, plan: MatchPlan, table: ClassTable,
        threads: Int, progress: (Matcher.Stage) -> Void
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
        let changed = hasChanged.indices.filter { hasChanged[$0] }.map { UInt32($0) }
        if changed.isEmpty {
            pairs = ScoredCandidates.sorted(kept)
            reuse = MatchReuse(changedRecords: 0, comparedPairs: 0, keptPairs: kept.count)
            return
        }
        var rows = (0..<UInt32(columns.count)).map { $0 }
        if changed.count < columns.count {
            rows = Neighbours.rows(
                of: changed, keys: plan.keys, parts: KeyParts(plan, columns: columns, threads: threads),
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
