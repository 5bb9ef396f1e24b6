import Records

/// What `run.json` says of matching, read back.
struct StoredMatching: Decodable {
    let candidatePairs: Int
    let cutShort: Int
    let mergeLine: Double?
    let reviewLine: Double
    let expectedPrecision: Double?
    let expectedRecall: Double?
    let expectedPrecisionMargin: Double?
    let expectedRecallMargin: Double?
    let lines: [Line]
    let calibration: StoredCalibration?
    let outcomes: [String: Int]
    let histogram: [Bin]
    let blocking: [StoredModel.Key]
    let fields: [Field]
    let model: Model

    struct Line: Decodable {
        let line: Double
        let chosen: Bool
        let falseMergesPer1000: Double
        let missedMatches: Double
        let pairsToReview: Int
        let reviewHours: Double
    }

    struct StoredCalibration: Decodable {
        let decisions: Int
        let event: Int
        let shift: Double
        let slope: Double
    }

    struct Bin: Decodable {
        let from: Int
        let pairs: Int
        let toReview: Int
        let expected: Double
    }

    struct Field: Decodable {
        let field: String
        let comparator: String
        let levels: [String]
        /// `nil` for what is not finite.
        let weights: [Double?]
    }

    struct Model: Decodable {
        let pinned: Bool
        let continued: Bool?
        let iterations: Int
        let converged: Bool
        let patterns: Int
        let classes: [StoredModel.Class]
    }

    var facts: MatchingFacts {
        MatchingFacts(
            comparisons: fields.map {
                ComparedField(
                    field: $0.field, comparator: $0.comparator, levels: $0.levels,
                    weights: $0.weights.map { $0 ?? -.infinity })
            },
            blocking: blocking.map(\.summary), model: summary,
            outcomes: ScoredPair.Outcome.allOutcomes.map { .init(outcome: $0, pairs: outcomes[$0.rawValue] ?? 0) },
            histogram: histogram.map {
                .init(from: $0.from, pairs: $0.pairs, toReview: $0.toReview, expected: $0.expected)
            }, toReview: [])
    }

    private var summary: ModelSummary {
        func share(_ value: Double?, _ margin: Double?) -> ModelSummary.Share? { value.map { ($0, margin ?? 0) } }
        return ModelSummary(
            classes: model.classes.map(\.summary), iterations: model.iterations, converged: model.converged,
            isPinned: model.pinned,
            isContinued: model.continued ?? false, candidatePairs: candidatePairs, cutShort: cutShort,
            patterns: model.patterns, mergeLine: mergeLine,
            reviewLine: reviewLine, expectedPrecision: share(expectedPrecision, expectedPrecisionMargin),
            expectedRecall: share(expectedRecall, expectedRecallMargin),
            lines: lines.map {
                LineCost(
                    line: $0.line, isChosen: $0.chosen, falseMergesPer1000: $0.falseMergesPer1000,
                    missedMatches: $0.missedMatches, pairsToReview: $0.pairsToReview, reviewHours: $0.reviewHours)
            },
            calibration: calibration.map {
                Calibration(shift: $0.shift, slope: $0.slope, decisions: $0.decisions, event: $0.event)
            }, warnings: [])
    }
}
