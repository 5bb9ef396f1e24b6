/// What the model expects of a line, by its own probabilities: exactly counted among the pairs that were kept, and by the
/// counted sample below them.
struct Expected: Sendable {
    /// Matches among all candidate pairs.
    var matches: Double { above.reduce(0) { $0 + $1.posterior } + below.matches }
    private let above: [(posterior: Double, spread: Double)]
    private let below: Below

    /// What is expected among the pairs below the line down to which candidates were kept.
    struct Below: Sendable {
        let matches: Double
        /// Of the draws, and of the sample.
        let variance: Double

        init(matches: Double, variance: Double) {
            self.matches = matches
            self.variance = variance
        }

        /// - Parameters:
        ///   - compared: all candidate pairs.
        ///   - floor: the line down to which candidates were kept.
        init(_ counts: PatternCounts, of compared: Int, table: ClassTable, floor: Double) {
            let scale = counts.pairs > 0 ? Double(compared) / Double(counts.pairs) : 1
            var scratch = table.scratch
            var (matches, variance) = (0.0, 0.0)
            for (pattern, count) in zip(counts.patterns, counts.counts) {
                let posterior = table.posterior(pattern, scratch: &scratch).match
                if posterior >= floor { continue }
                let pairs = Double(count) * scale
                matches += posterior * pairs
                variance += posterior * (1 - posterior) * pairs
                if !counts.isComplete { variance += scale * posterior * posterior * pairs }
            }
            self.init(matches: matches, variance: variance)
        }
    }

    init(_ candidates: [ScoredCandidate], below: Below) {
        above = candidates.map { ($0.posterior, $0.posterior * (1 - $0.posterior)) }
        self.below = below
    }

    /// Of the pairs over a line, the share that are matches; `nil` where there are none. `margin`: how far the real share
    /// may lie from it, as half of a 95 % interval.
    ///
    /// Whether a pair is a match is a draw with its probability, and the draws are taken as independent; what the model
    /// itself gets wrong comes on top, about 0.01 on registers with a known truth (MODEL §5).
    func precision(from line: Double) -> (value: Double, margin: Double)? {
        let over = over(line)
        if over.pairs == 0 { return nil }
        return (over.matches / over.pairs, 1.96 * over.variance.squareRoot() / over.pairs)
    }

    /// Of the matches among the candidate pairs, the share over a line; `nil` where none is expected.
    func recall(from line: Double) -> (value: Double, margin: Double)? {
        let over = over(line)
        let matches = matches
        guard matches >= 0.5 else { return nil }
        // The error of a share of two counts, by the delta method.
        let share = over.matches / matches
        let below = below.variance + above.reduce(0) { $0 + ($1.posterior < line ? $1.spread : 0) }
        let spread = (1 - share) * (1 - share) * over.variance + share * share * below
        return (share, 1.96 * spread.squareRoot() / matches)
    }

    private func over(_ line: Double) -> (pairs: Double, matches: Double, variance: Double) {
        above.reduce((0, 0, 0)) { sum, pair in
            pair.posterior >= line ? (sum.0 + 1, sum.1 + pair.posterior, sum.2 + pair.spread) : sum
        }
    }
}
