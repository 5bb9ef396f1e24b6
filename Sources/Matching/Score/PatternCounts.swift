import Records

/// Patterns of levels with their counts, over all candidate pairs or over a sample of them: what the model is fitted to.
struct PatternCounts: Sendable {
    /// Distinct, ascending.
    let patterns: [UInt64]
    /// Pairs of each pattern.
    let counts: [Int]
    /// Pairs counted.
    let pairs: Int
    /// Every pair was counted, not a sample of the left rows.
    let isComplete: Bool

    /// More pairs than this do not change the model any more; they would only be compared twice.
    static let enough = 1_000_000
    /// Enough to say what a model expects that is not fitted to them.
    static let enoughToExpect = 250_000

    /// Of no pairs.
    static let none = PatternCounts(patterns: [], counts: [], pairs: 0, isComplete: true)

    private init(patterns: [UInt64], counts: [Int], pairs: Int, isComplete: Bool) {
        self.patterns = patterns
        self.counts = counts
        self.pairs = pairs
        self.isComplete = isComplete
    }

    init(_ walk: CandidateWalk, comparison: PairComparison, threads: Int, atMost limit: Int = enough) {
        let sample = RowSample.holding(limit, of: walk.pairs)
        let tables = Parallel.map(walk.units.count, threads: threads) { unit in
            var table = PatternTable<Int>()
            var batch = PairBatch()
            func flush() {
                comparison.compare(&batch, fields: .max)
                for entry in batch.entries { table[entry.pattern, default: { 0 }] += 1 }
                batch.removeAll()
            }
            walk.forEachPair(in: walk.units[unit], sample: sample) { pair in
                comparison.open(pair, in: &batch)
                if batch.count == PairBatch.size { flush() }
            }
            flush()
            return table
        }
        var total = PatternTable<Int>()
        for table in tables {
            for entry in table.entries { total[entry.pattern, default: { 0 }] += entry.value }
        }
        let sorted = total.entries.sorted { $0.pattern < $1.pattern }
        patterns = sorted.map(\.pattern)
        counts = sorted.map(\.value)
        pairs = counts.reduce(0, +)
        isComplete = sample.isEverything
    }
}
