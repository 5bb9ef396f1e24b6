package import Records

/// What the report says of duplicates: how pairs were found, scored and settled.
package struct MatchingFacts: Sendable {
    package let comparisons: [ComparedField]
    package let blocking: [BlockingSummary]
    package let model: ModelSummary
    /// Parallel to `ScoredPair.Outcome.allOutcomes`.
    package let outcomes: [OutcomeCount]
    package let histogram: [Bin]
    /// The first pairs to decide, most uncertain first; no names, no numbers of persons.
    package let toReview: [PairExample]

    package static let exampleLimit = 8

    package struct OutcomeCount: Sendable, Hashable {
        package let outcome: ScoredPair.Outcome
        package let pairs: Int

        package init(outcome: ScoredPair.Outcome, pairs: Int) {
            self.outcome = outcome
            self.pairs = pairs
        }
    }

    /// Pairs with a weight in `from..<from + 1`.
    package struct Bin: Sendable, Hashable {
        package let from: Int
        package let pairs: Int
        /// Of these, the ones that wait for a decision.
        package let toReview: Int
        /// Of these, as many as are expected to be one person: the sum of their probabilities.
        package let expected: Double

        package init(from: Int, pairs: Int, toReview: Int, expected: Double = 0) {
            self.from = from
            self.pairs = pairs
            self.toReview = toReview
            self.expected = expected
        }
    }

    package struct PairExample: Sendable, Hashable {
        package let a: RecordKey
        package let b: RecordKey
        package let probability: Double
        package let weight: Double
        /// Field and the level reached, for fields that are not missing.
        package let levels: [Level]

        package struct Level: Sendable, Hashable {
            package let field: String
            package let level: String
            package let weight: Double

            package init(field: String, level: String, weight: Double) {
                self.field = field
                self.level = level
                self.weight = weight
            }
        }

        package init(a: RecordKey, b: RecordKey, probability: Double, weight: Double, levels: [Level]) {
            self.a = a
            self.b = b
            self.probability = probability
            self.weight = weight
            self.levels = levels
        }
    }

    package init(
        comparisons: [ComparedField], blocking: [BlockingSummary], model: ModelSummary, outcomes: [OutcomeCount],
        histogram: [Bin], toReview: [PairExample]
    ) {
        self.comparisons = comparisons
        self.blocking = blocking
        self.model = model
        self.outcomes = outcomes
        self.histogram = histogram
        self.toReview = toReview
    }

    package func pairs(_ outcome: ScoredPair.Outcome) -> Int {
        outcomes.reduce(0) { $0 + ($1.outcome == outcome ? $1.pairs : 0) }
    }
}

extension ScoredPair.Outcome {
    package static let allOutcomes: [ScoredPair.Outcome] = [
        .merged, .review, .decidedSame, .decidedDifferent, .heldApart,
    ]
}

extension RunFacts {
    /// Without those that somebody leaves as they are.
    package var pairsToReview: Int { max(0, (matching?.pairs(.review) ?? 0) - pairsAccepted) }

    package mutating func take(_ matches: Matches, _ records: RecordTable) {
        matching = MatchingFacts(
            comparisons: matches.comparisons, blocking: matches.blocking, model: matches.model,
            outcomes: ScoredPair.Outcome.allOutcomes.map { outcome in
                .init(outcome: outcome, pairs: matches.pairs.lazy.filter { $0.outcome == outcome }.count)
            },
            histogram: histogram(matches.pairs), toReview: examples(matches, records))
    }

    private static let unit = 4_294_967_296.0

    /// Bins of one unit of weight without gaps; weights beyond ±60 are counted at the ends.
    private func histogram(_ pairs: [ScoredPair]) -> [MatchingFacts.Bin] {
        // By weight from -60 to 60; a pair's probability is added in units of 2⁻³², so that no order of pairs matters.
        var (all, review) = ([Int](repeating: 0, count: 121), [Int](repeating: 0, count: 121))
        var expected = [Int](repeating: 0, count: 121)
        for pair in pairs where !pair.weight.isNaN {
            let bin = 60 + Int(min(max(pair.weight, -60), 60).rounded(.down))
            all[bin] += 1
            expected[bin] += Int((min(max(pair.probability, 0), 1) * Self.unit).rounded())
            if pair.outcome == .review { review[bin] += 1 }
        }
        guard let low = all.firstIndex(where: { $0 > 0 }), let high = all.lastIndex(where: { $0 > 0 }) else {
            return []
        }
        return (low...high).map {
            .init(from: $0 - 60, pairs: all[$0], toReview: review[$0], expected: Double(expected[$0]) / Self.unit)
        }
    }

    private func examples(_ matches: Matches, _ records: RecordTable) -> [MatchingFacts.PairExample] {
        var nearest: [ScoredPair] = []
        for pair in matches.pairs where pair.outcome == .review {
            if nearest.count == MatchingFacts.exampleLimit, let last = nearest.last, !isMoreUncertain(pair, last) {
                continue
            }
            let place = nearest.firstIndex { isMoreUncertain(pair, $0) } ?? nearest.count
            nearest.insert(pair, at: place)
            if nearest.count > MatchingFacts.exampleLimit { nearest.removeLast() }
        }
        return nearest.map { pair in
            func shown(_ row: UInt32) -> RecordKey {
                let key = records.key(Int(row))
                return RecordKey(source: key.source, recordID: maskedRecordID(key.recordID))
            }
            let levels = matches.comparisons.enumerated().compactMap {
                index, comparison -> MatchingFacts.PairExample.Level? in
                let level = pair.level(index)
                guard level > 0, level < min(comparison.levels.count, comparison.weights.count) else { return nil }
                return .init(
                    field: comparison.field, level: comparison.levels[level], weight: comparison.weights[level])
            }
            return .init(
                a: shown(pair.a), b: shown(pair.b), probability: pair.probability, weight: pair.weight, levels: levels)
        }
    }

    private func isMoreUncertain(_ left: ScoredPair, _ right: ScoredPair) -> Bool {
        ((left.probability - 0.5).magnitude, left.a, left.b) < ((right.probability - 0.5).magnitude, right.a, right.b)
    }
}
