import Foundation
package import Records

/// The classes that pairs are scored with, and how they were come by: fitted to the records, or pinned.
package struct FittedModel: Sendable {
    let classes: [ModelClass]
    let table: ClassTable
    /// What the model was fitted to, or is expected of.
    let counts: PatternCounts
    let isPinned: Bool
    let iterations: Int
    let converged: Bool
    /// Pairs expected in each class, of those counted.
    let support: [Double]
    /// Names of the classes that hold so few pairs that they are what they started as (MODEL §4).
    let thinClasses: [String]

    private static let leastSupport = 5.0

    /// The same records and rules give the same model.
    ///
    /// - Parameters:
    ///   - pinned: a model fitted before, used as it is; `nil`: one is fitted to the records.
    ///   - calibration: how its probabilities are read; `nil`: as they are.
    /// - Throws: `E-MATCH-001` when the pinned model speaks of other fields or levels.
    package init(
        _ context: MatchContext, pinned: PinnedModel? = nil, calibration: Calibration? = nil, threads: Int,
        progress: (Matcher.Stage) -> Void = { _ in }
    ) throws {
        let (plan, comparison) = (context.plan, context.comparison)
        let pinnedClasses = try pinned?.classes(for: plan, schema: context.records.schema)
        counts = PatternCounts(
            context.walk, comparison: comparison, threads: threads,
            atMost: pinned == nil ? PatternCounts.enough : PatternCounts.enoughToExpect)
        progress(.score)
        if let pinnedClasses {
            classes = pinnedClasses
            (isPinned, iterations, converged, thinClasses) = (true, 0, true, [])
            let pairs = Double(counts.pairs)
            support = pinnedClasses.map { $0.share * pairs }
        } else {
            let model = MixtureModel(
                classes: ModelStart.classes(
                    plan: plan, comparison: comparison, columns: context.columns, parts: context.parts,
                    counts: counts, threads: threads),
                patterns: counts.patterns, counts: counts.counts,
                ladders: comparison.entries.map(\.comparator.ladder), roles: comparison.entries.map(\.role),
                threads: threads)
            classes = model.classes
            (isPinned, iterations, converged) = (false, model.iterations, model.converged)
            support = model.support
            thinClasses = zip(model.classes, model.support).filter { $1 < Self.leastSupport && !$0.isFixed }
                .map { $0.0.label(plan, context.records.schema) }
        }
        table = ClassTable(classes, calibration: calibration)
    }

    /// A model that an earlier run fitted and counted, as it is.
    ///
    /// - Throws: `E-MATCH-001` when it speaks of other fields or levels.
    init(goingOnWith pinned: PinnedModel, plan: MatchPlan, schema: Schema, calibration: Calibration?) throws {
        classes = try pinned.classes(for: plan, schema: schema)
        table = ClassTable(classes, calibration: calibration)
        counts = .none
        (isPinned, iterations, converged, support, thinClasses) = (true, 0, true, [], [])
    }

    /// Match weight of each level of a field: log₂ of its probability among matches over that among the others, each
    /// class counted by its share. Missing weighs 0.
    func weights(of field: Int) -> [Double] {
        let matches = classes.filter(\.isMatch)
        let others = classes.filter { !$0.isMatch }
        return (classes.first?.levels[field] ?? []).indices.map { level in
            level == 0 ? 0 : log2(mean(level, field, matches)) - log2(mean(level, field, others))
        }
    }

    private func mean(_ level: Int, _ field: Int, _ classes: [ModelClass]) -> Double {
        let shares = classes.reduce(0) { $0 + max($1.share, ClassTable.shareFloor) }
        let sum = classes.reduce(0) { $0 + max($1.share, ClassTable.shareFloor) * $1.levels[field][level] }
        return max(sum / shares, ClassTable.levelFloor)
    }

    /// All levels of the field weigh next to nothing.
    func isUninformative(_ field: Int) -> Bool {
        weights(of: field).allSatisfy { abs($0) < 0.05 }
    }

    /// log₂ of the odds of a probability, within ±40.
    static func weight(of posterior: Double) -> Double {
        log2(max(posterior, 1e-12)) - log2(max(1 - posterior, 1e-12))
    }
}
