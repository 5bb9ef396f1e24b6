/// What the model expects of a line, by its own probabilities.
struct Expected: Sendable {
    /// Matches among all candidate pairs.
    let matches: Double
    private let scored: [(posterior: Double, pairs: Double)]

    /// - Parameter pairs: all candidate pairs; the counts may be those of a sample.
    init(_ counts: PatternCounts, table: ClassTable, pairs: Int) {
        let scale = counts.pairs > 0 ? Double(pairs) / Double(counts.pairs) : 1
        var scratch = table.scratch
        scored = zip(counts.patterns, counts.counts).map { pattern, count in
            (table.posterior(pattern, scratch: &scratch).match, Double(count) * scale)
        }
        matches = scored.reduce(0) { $0 + $1.posterior * $1.pairs }
    }

    /// Of the pairs over a line, the share that are matches; 1 where there are none.
    func precision(from line: Double) -> Double {
        let over = scored.filter { $0.posterior >= line }
        let pairs = over.reduce(0) { $0 + $1.pairs }
        return pairs > 0 ? over.reduce(0) { $0 + $1.posterior * $1.pairs } / pairs : 1
    }

    /// Of the matches among the candidate pairs, the share over a line; 1 where there are none.
    func recall(from line: Double) -> Double {
        let over = scored.filter { $0.posterior >= line }.reduce(0) { $0 + $1.posterior * $1.pairs }
        return matches > 0 ? over / matches : 1
    }
}
