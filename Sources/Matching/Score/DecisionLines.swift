import Records

/// From where pairs are merged, and from where they are shown to people: as the rule book says, or as its budgets allow.
struct DecisionLines: Sendable {
    /// `nil`: never without a person.
    let merge: Double?
    let review: Double
    /// What usual lines, and the chosen one, cost; by falling line.
    private let costs: [LineCost]
    private let secondsPerPair: Double

    /// Pairs below it are not looked at when budgets choose the lines.
    static let lowestReview = 0.01
    /// However much a budget allows, what is likelier two persons than one is not merged without a person.
    static let lowestMerge = 0.5
    private static let usual = [0.999, 0.99, 0.95, 0.9, 0.8, 0.5]

    /// The line down to which candidates have to be kept.
    static func lowest(_ decide: MatchPlan.Decide) -> Double {
        min(decide.review, decide.merge ?? 1, decide.budget == nil ? 1 : lowestReview)
    }

    /// - Parameters:
    ///   - candidates: with their probabilities, down to `lowest(decide)`.
    ///   - matches: expected among all candidate pairs.
    ///   - decided: pairs that people have settled: they cost nothing any more.
    init(
        _ decide: MatchPlan.Decide, candidates: [ScoredCandidate], matches: Double, decided: Set<RowPair>, rows: Int
    ) {
        let descent = Descent(candidates.filter { !decided.contains($0.pair) }, rows: rows)
        let lowest = Self.lowest(decide)
        let seconds = decide.secondsPerPair
        var merge = decide.merge
        if let allowed = decide.budget?.falseMergesPer1000 { merge = descent.line(allowing: allowed) }
        let line = merge ?? 1.1
        if let hours = decide.budget?.reviewHours {
            review = min(line, descent.line(reviewing: Int(hours * 3_600 / seconds), below: line))
        } else {
            review = min(decide.review, line)
        }
        self.merge = merge
        secondsPerPair = seconds
        let (review, lines) = (review, Set(Self.usual.filter { $0 >= lowest } + [merge].compactMap { $0 }))
        costs = lines.sorted(by: >).map { line in
            let state = descent.state(at: line)
            let toReview = descent.state(at: review).pairs - state.pairs
            return LineCost(
                line: line, isChosen: line == merge, falseMergesPer1000: state.falseMergesPer1000(rows: rows),
                missedMatches: max(0, matches - state.matches), pairsToReview: max(0, toReview),
                reviewHours: Double(max(0, toReview)) * seconds / 3_600)
        }
    }

    /// The costs, that of the chosen line with the pairs that people really have to look at: groups settle some.
    func costs(reviewed pairs: Int) -> [LineCost] {
        costs.map { cost in
            guard cost.isChosen else { return cost }
            return LineCost(
                line: cost.line, isChosen: true, falseMergesPer1000: cost.falseMergesPer1000,
                missedMatches: cost.missedMatches, pairsToReview: pairs,
                reviewHours: Double(pairs) * secondsPerPair / 3_600)
        }
    }

    /// The candidates by falling probability, with what merging down to each of them comes to.
    private struct Descent {
        struct State {
            var probability = 1.0
            /// Pairs down to here.
            var pairs = 0
            /// Matches expected among them.
            var matches = 0.0
            /// Groups that were joined, and how many of these joins are expected to be wrong.
            var joins = 0
            var wrongJoins = 0.0

            func falseMergesPer1000(rows: Int) -> Double {
                rows == joins ? 0 : wrongJoins * 1_000 / Double(rows - joins)
            }
        }

        /// One per distinct probability.
        private var states: [State] = []

        init(_ candidates: [ScoredCandidate], rows: Int) {
            var groups = UnionFind(count: rows)
            var state = State()
            for candidate in candidates.sorted(by: { left, right in
                left.posterior != right.posterior
                    ? left.posterior > right.posterior : (left.pair.a, left.pair.b) < (right.pair.a, right.pair.b)
            }) {
                if candidate.posterior != state.probability, state.pairs > 0 { states.append(state) }
                state.probability = candidate.posterior
                state.pairs += 1
                state.matches += candidate.posterior
                if groups.root(of: candidate.pair.a) != groups.root(of: candidate.pair.b) {
                    groups.join(candidate.pair.a, candidate.pair.b)
                    state.joins += 1
                    state.wrongJoins += 1 - candidate.posterior
                }
            }
            if state.pairs > 0 { states.append(state) }
            self.rows = rows
        }

        private let rows: Int

        /// Everything with at least this probability.
        func state(at line: Double) -> State {
            var (low, high) = (0, states.count)
            while low < high {
                let middle = (low + high) / 2
                if states[middle].probability >= line { low = middle + 1 } else { high = middle }
            }
            return low == 0 ? State() : states[low - 1]
        }

        /// The lowest line that keeps the false merges within what is allowed.
        func line(allowing allowed: Double) -> Double {
            let within = states.prefix { state in
                state.probability >= DecisionLines.lowestMerge && state.falseMergesPer1000(rows: rows) <= allowed
            }
            return within.last?.probability ?? 1
        }

        /// The lowest line above which, and below the merge line, at most `pairs` lie.
        func line(reviewing pairs: Int, below merge: Double) -> Double {
            let merged = state(at: merge).pairs
            return states.prefix { $0.pairs - merged <= pairs }.last?.probability ?? 1.0.nextUp
        }
    }
}
