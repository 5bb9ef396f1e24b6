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
    init(
        _ walk: CandidateWalk, comparison: PairComparison, table: ClassTable, line: Double,
        touching marked: [Bool]? = nil,
        draws: PairDraws? = nil, threads: Int
    ) {
        let scratch: @Sendable () -> Scratch = { Scratch(comparison, table, line, draws) }
        let parts = Parallel.map(walk.units.count, threads: threads, scratch: scratch) { unit, scratch in
            scratch.score(walk.units[unit], walk, marked)
        }
        pairs = Self.sorted(parts.flatMap(\.pairs))
        var newPairs = [Int](repeating: 0, count: walk.index.keys.count)
        for (unit, part) in zip(walk.units, parts) { newPairs[unit.key] += part.met }
        self.newPairs = newPairs
        cutShort = parts.reduce(0) { $0 + $1.cutShort }
        drawn = LetGoDraws(parts.map(\.letGo))
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

    private struct Part: Sendable {
        var pairs: [ScoredCandidate] = []
        var met = 0
        var cutShort = 0
        var letGo = LetGoDraws()
    }

    /// What a thread keeps from one piece of work to the next: answers it has found, none of which depends on the pieces.
    private struct Scratch {
        private let comparison: PairComparison
        private let table: ClassTable
        private let line: Double
        private let draws: PairDraws?
        private var bounds = DrawBounds()
        private var batch = PairBatch()
        private var joint: [ClassTable.Vector]
        private var scores = PatternTable<(match: Double, likeliest: UInt8)>()
        /// By the pattern known so far, with level 15 standing for "not known yet".
        private var chances = PatternTable<Bool>()
        private let prospects: Prospects

        init(_ comparison: PairComparison, _ table: ClassTable, _ line: Double, _ draws: PairDraws?) {
            self.draws = draws
            self.comparison = comparison
            self.table = table
            self.line = line
            joint = table.scratch
            prospects = Prospects(table, ladders: comparison.entries.map(\.comparator.ladder), line: line)
        }

        mutating func score(_ unit: WorkUnit, _ walk: CandidateWalk, _ marked: [Bool]?) -> Part {
            var part = Part()
            func take(_ pair: RowPair) {
                comparison.open(pair, in: &batch)
                if batch.count == PairBatch.size { flush(into: &part, key: UInt8(unit.key)) }
            }
            if let marked {
                walk.forEachPair(in: unit, touching: marked, take)
            } else {
                walk.forEachPair(in: unit, ahead: comparison.prefetch, take)
            }
            flush(into: &part, key: UInt8(unit.key))
            return part
        }

        private mutating func flush(into part: inout Part, key: UInt8) {
            part.met += batch.count
            for stage in comparison.stages {
                comparison.compare(&batch, fields: stage)
                if stage != comparison.stages.last { dropHopeless() }
            }
            part.cutShort += batch.count - batch.alive.count
            takeHopeless(into: &part)
            for place in batch.alive {
                let entry = batch.entries[Int(place)]
                let score = scores[entry.pattern, default: { table.posterior(entry.pattern, scratch: &joint) }]
                if score.match < line {
                    if let draws { part.letGo.add(draws.draw(entry.pair), entry.pair, score.match, &bounds) }
                    continue
                }
                part.pairs.append(
                    ScoredCandidate(
                        pair: entry.pair, pattern: entry.pattern, posterior: score.match, likeliest: score.likeliest,
                        key: key))
            }
            batch.removeAll()
        }

        /// Counts and draws the pairs of the batch that are not compared any more.
        private mutating func takeHopeless(into part: inout Part) {
            guard let draws, batch.alive.count < batch.count else { return }
            part.letGo.count(.hopeless, batch.count - batch.alive.count)
            var next = 0
            for (place, entry) in batch.entries.enumerated() {
                if next < batch.alive.count, batch.alive[next] == place {
                    next += 1
                    continue
                }
                let draw = draws.draw(entry.pair)
                if bounds.isIn(.hopeless, draw) { part.letGo.take(.hopeless, draw, entry.pair, &bounds) }
            }
        }

        /// Lets go the pairs that no level of their open fields can bring over the line.
        private mutating func dropHopeless() {
            batch.keep { pattern, open in
                // A name that stands in the other field is settled with the last fields and may take any level.
                if open & NameExchange.mark != 0 { return true }
                var known = pattern
                var rest = open
                while rest != 0 {
                    known |= 15 << UInt64(rest.trailingZeroBitCount * 4)
                    rest &= rest - 1
                }
                return chances[known, default: { prospects.canReach(pattern, open: open) }]
            }
        }
    }
}
