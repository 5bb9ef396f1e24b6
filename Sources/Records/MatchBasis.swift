/// What the run that fitted a model counted beside it. A run that goes on with the model compares only what has changed, so it
/// takes these counts over, and holds what it finds against them.
package struct MatchBasis: Sendable, Equatable {
    /// Fingerprint of fields, keys and lines that the model was fitted for: another plan needs another model.
    package let plan: String
    package let records: Int
    /// The keys that were used, and those that were left out.
    package let blocking: [BlockingSummary]
    package let candidatePairs: Int
    /// Of these, the ones that were let go half compared.
    package let cutShort: Int
    package let patterns: Int
    /// Matches expected among the pairs that were not kept, and the variance of that number.
    package let missed: Double
    package let missedVariance: Double
    /// Kept pairs on each level of each compared field.
    package let levels: [[Int]]

    package init(
        plan: String, records: Int, blocking: [BlockingSummary], candidatePairs: Int, cutShort: Int, patterns: Int,
        missed: Double, missedVariance: Double, levels: [[Int]]
    ) {
        self.plan = plan
        self.records = records
        self.blocking = blocking
        self.candidatePairs = candidatePairs
        self.cutShort = cutShort
        self.patterns = patterns
        self.missed = missed
        self.missedVariance = missedVariance
        self.levels = levels
    }
}

/// Why a model does not fit the records any more.
package enum ModelDrift: Sendable, Equatable {
    /// Records then and now.
    case size(before: Int, now: Int)
    /// Levels that kept pairs reach in a field: population stability index.
    case levels(field: String, index: Double)

    /// Growth or loss of half of the records changes how common values are, and what the shares of classes say.
    package static let mostGrowth = 1.5
    /// A population stability index over 0.25 is commonly read as a changed population (Siddiqi, Credit Risk Scorecards, 2006).
    package static let mostShift = 0.25
    /// With fewer kept pairs than this the shares of levels say nothing.
    package static let leastPairs = 400

    package var text: Text {
        switch self {
        case .size(let before, let now):
            Text(
                en: "the model was fitted to \(before.grouped) records, and now there are \(now.grouped)",
                zh: "模型拟合时有 \(before.grouped) 条记录，现在有 \(now.grouped) 条")
        case .levels(let field, let index):
            Text(
                en:
                    "pairs agree in \(field) otherwise than when the model was fitted (stability index \(Self.shown(index)))",
                zh: "记录对在 \(field) 上的一致情况与模型拟合时不同（稳定性指数 \(Self.shown(index))）")
        }
    }

    private static func shown(_ index: Double) -> String {
        let hundredths = Int((min(index, 1_000) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
