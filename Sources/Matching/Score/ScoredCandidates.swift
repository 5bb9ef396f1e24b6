import Records

/// A candidate pair that may be shown to people, with its score.
struct ScoredCandidate: Sendable {
    let pair: RowPair
    let pattern: UInt64
    let posterior: Double
    /// Likeliest class.
    let likeliest: UInt8
    /// The first key that brought the two together.
    let key: UInt8
}

/// The candidate pairs over a line of probability. The others are compared, counted and forgotten: only what somebody
/// may look at is held.
struct ScoredCandidates: Sendable {
    /// By (a, b).
    let pairs: [ScoredCandidate]
    /// Pairs that each key was the first to bring together.
    let newPairs: [Int]
    /// Pairs that were let go before their dear fields were compared, as nothing could bring them over the line.
    let cutShort: Int
    /// Pairs under the line by the order of the draw, the first of each stratum among them.
    private let drawn: LetGoDraws
    private let draws: PairDraws?

    /// All candidate pairs.
    var compared: Int { newPairs.reduce(0, +) }

    /// - Parameters:
    ///   - line: pairs below it are not kept.
    ///   - marked: by row, whether its pairs are wanted; others are left out. `nil`: all are wanted.
    ///   - draws: by which a random sample is kept of those; `nil`: none is.
    ///   - log: pieces that it has are not compared again, the others are added to it.
    ///   - advance: told of every piece that is finished.
    init(
        _ walk: CandidateWalk, comparison: PairComparison, table: ClassTable, line: Double,
        touching marked: [Bool]? = nil, draws: PairDraws? = nil, log: PieceLog? = nil, threads: Int,
        advance: Advance? = nil
    ) {
        let scorer: @Sendable () -> PairScorer = { PairScorer(comparison, table, line, draws) }
        advance?.begin(pieces: walk.units.count)
        let parts = Parallel.map(walk.units.count, threads: threads, scratch: scorer) { unit, scorer in
            let key = UInt8(walk.units[unit].key)
            if let packed = log?[unit], let part = scorer.unpack(packed, key: key, rows: walk.columns.count) {
                advance?.finish(pairs: part.met, isNew: false)
                return part
            }
            let part = scorer.score(walk.units[unit], walk, marked)
            log?.append(unit, part.packed)
            advance?.finish(pairs: part.met, isNew: true)
            return part
        }
        pairs = Self.sorted(parts.flatMap(\.pairs))
        var newPairs = [Int](repeating: 0, count: walk.index.keys.count)
        for (unit, part) in zip(walk.units, parts) { newPairs[unit.key] += part.met }
        self.newPairs = newPairs
        cutShort = parts.reduce(0) { $0 + $1.cutShort }
        drawn = LetGoDraws(parts.map(\.letGo))
        self.draws = draws
    }

    /// The same, found in other processes.
    ///
    /// - Parameter keys: how many keys brought pairs together.
    init(_ found: FoundPairs, table: ClassTable, keys: Int, draws: PairDraws) {
        var scratch = table.scratch
        var scores = PatternTable<(match: Double, likeliest: UInt8)>()
        pairs = Self.sorted(
            found.pairs.map { pair in
                let score = scores[pair.pattern, default: { table.posterior(pair.pattern, scratch: &scratch) }]
                return ScoredCandidate(
                    pair: RowPair(pair.a, pair.b), pattern: pair.pattern, posterior: score.match,
                    likeliest: score.likeliest, key: pair.key)
            })
        newPairs = (0..<keys).map { found.newPairs[$0] ?? 0 }
        cutShort = found.cutShort
        drawn = LetGoDraws(found)
        self.draws = draws
    }

    /// By (a, b).
    static func sorted(_ pairs: [ScoredCandidate]) -> [ScoredCandidate] {
        pairs.sorted { ($0.pair.a, $0.pair.b) < ($1.pair.a, $1.pair.b) }
    }

    /// The sample of the pairs under the review line, those among them that were kept for the choice of a line included.
    func letGo(under line: Double, comparison: PairComparison, table: ClassTable) -> LetGoSample {
        guard let draws else { return LetGoSample() }
        var all = drawn
        for candidate in pairs where candidate.posterior < line {
            all.add(draws.draw(candidate.pair), candidate.pair, candidate.posterior)
        }
        return all.sample(comparison: comparison, table: table)
    }
}
