import Records

/// Compares and scores pairs batch by batch, and keeps those over a line. What it keeps from one piece of work to the next are
/// answers it has found, none of which depends on the pieces.
struct PairScorer {
    private var comparison: PairComparison
    private let table: ClassTable
    private let line: Double
    private var draws: PairDraws?
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

    /// Goes on with the same plan and model in other rows.
    mutating func turn(to comparison: PairComparison, draws: PairDraws?) {
        self.comparison = comparison
        self.draws = draws
    }

    @inline(__always)
    mutating func take(_ pair: RowPair, into found: inout ScoredPiece, key: UInt8) {
        comparison.open(pair, in: &batch)
        if batch.count == PairBatch.size { flush(into: &found, key: key) }
    }

    mutating func score(_ unit: WorkUnit, _ walk: CandidateWalk, _ marked: [Bool]?) -> ScoredPiece {
        var found = ScoredPiece()
        func take(_ pair: RowPair) { self.take(pair, into: &found, key: UInt8(unit.key)) }
        if let marked {
            walk.forEachPair(in: unit, touching: marked, take)
        } else {
            walk.forEachPair(in: unit, ahead: comparison.prefetch, take)
        }
        flush(into: &found, key: UInt8(unit.key))
        return found
    }

    /// A piece as an earlier run left it.
    mutating func unpack(_ bytes: ArraySlice<UInt8>, key: UInt8, rows: Int) -> ScoredPiece? {
        ScoredPiece(packed: bytes, key: key, rows: rows) { pattern in
            scores[pattern, default: { table.posterior(pattern, scratch: &joint) }]
        }
    }

    /// Compares what is left; a batch holds pairs of one key.
    mutating func flush(into found: inout ScoredPiece, key: UInt8) {
        found.met += batch.count
        for stage in comparison.stages {
            comparison.compare(&batch, fields: stage)
            if stage != comparison.stages.last { dropHopeless() }
        }
        found.cutShort += batch.count - batch.alive.count
        takeHopeless(into: &found)
        for place in batch.alive {
            let entry = batch.entries[Int(place)]
            let score = scores[entry.pattern, default: { table.posterior(entry.pattern, scratch: &joint) }]
            if score.match < line {
                if let draws { found.letGo.add(draws.draw(entry.pair), entry.pair, score.match, &bounds) }
                continue
            }
            found.pairs.append(
                ScoredCandidate(
                    pair: entry.pair, pattern: entry.pattern, posterior: score.match, likeliest: score.likeliest,
                    key: key))
        }
        batch.removeAll()
    }

    /// Counts and draws the pairs of the batch that are not compared any more.
    private mutating func takeHopeless(into found: inout ScoredPiece) {
        guard let draws, batch.alive.count < batch.count else { return }
        found.letGo.count(.hopeless, batch.count - batch.alive.count)
        var next = 0
        for (place, entry) in batch.entries.enumerated() {
            if next < batch.alive.count, batch.alive[next] == place {
                next += 1
                continue
            }
            let draw = draws.draw(entry.pair)
            if bounds.isIn(.hopeless, draw) { found.letGo.take(.hopeless, draw, entry.pair, &bounds) }
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
