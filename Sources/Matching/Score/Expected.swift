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

    /// How far the real precision and recall may lie from what is expected, as half of a 95 % interval.
    ///
    /// Whether a pair is a match is a draw with its probability, and the draws are taken as independent; what the model
    /// itself gets wrong comes on top, about 0.01 on registers with a known truth (MODEL §5).
    func margins(from line: Double) -> (precision: Double, recall: Double) {
        var over = (pairs: 0.0, matches: 0.0, variance: 0.0)
        var variance = 0.0
        for entry in scored {
            let spread = entry.posterior * (1 - entry.posterior) * entry.pairs
            variance += spread
            if entry.posterior >= line {
                over.pairs += entry.pairs
                over.matches += entry.posterior * entry.pairs
                over.variance += spread
            }
        }
        let precision = over.pairs > 0 ? 1.96 * over.variance.squareRoot() / over.pairs : 0
        // Recall is the share of two counts: its error by the delta method.
        let share = matches > 0 ? over.matches / matches : 1
        let below = max(0, variance - over.variance)
        let spread = (1 - share) * (1 - share) * over.variance + share * share * below
        return (precision, matches > 0 ? 1.96 * spread.squareRoot() / matches : 0)
    }

    /// Of the matches among the candidate pairs, the share over a line; 1 where there are none.
    func recall(from line: Double) -> Double {
        let over = scored.filter { $0.posterior >= line }.reduce(0) { $0 + $1.posterior * $1.pairs }
        return matches > 0 ? over / matches : 1
    }
}
