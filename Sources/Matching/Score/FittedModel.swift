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

/// A model of an earlier run that this one is to use as it is.
package struct PinnedModel: Sendable {
    /// A compared field as the model knows it.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let comparator: String
        package let levels: [String]

        package init(name: String, comparator: String, levels: [String]) {
            self.name = name
            self.comparator = comparator
            self.levels = levels
        }
    }

    /// For messages.
    package let path: String
    package let fields: [Field]
    package let classes: [ModelSummary.Class]
    /// What was counted when it was fitted; `nil`: not known.
    package let basis: MatchBasis?

    package init(path: String, fields: [Field], classes: [ModelSummary.Class], basis: MatchBasis? = nil) {
        self.path = path
        self.fields = fields
        self.classes = classes
        self.basis = basis
    }

    /// The classes, known again by their names: what a class of a key that is no longer used says stays.
    func classes(for plan: MatchPlan, schema: Schema) throws -> [ModelClass] {
        try check(plan, schema)
        let keys = plan.keys.map { ModelClass.namesake($0, schema) }
        return classes.map { entry in
            let kind: ModelClass.Kind
            if let known = ModelClass.named[entry.name] {
                kind = known
            } else {
                kind = keys.firstIndex(of: entry.name).map { .key($0) } ?? .strangers
            }
            return ModelClass(
                kind: kind, name: entry.name, start: entry.levels, caps: entry.levels.map { _ in nil },
                floors: entry.levels.map { _ in 0 }, strength: 0, share: entry.share, isFixed: true)
        }
    }

    /// The classes as far as probabilities of patterns go, whatever keys and rules they belong to.
    var plainClasses: [ModelClass] {
        classes.map { entry in
            ModelClass(
                kind: ModelClass.named[entry.name] ?? .strangers, name: entry.name, start: entry.levels,
                caps: entry.levels.map { _ in nil }, floors: entry.levels.map { _ in 0 }, strength: 0,
                share: entry.share, isFixed: true)
        }
    }

    private func check(_ plan: MatchPlan, _ schema: Schema) throws {
        let wanted = zip(plan.comparisons, plan.comparators).map { comparison, comparator in
            Field(
                name: schema.fields[comparison.field].name, comparator: comparator.name,
                levels: comparator.ladder.levels)
        }
        let hasLevels = classes.allSatisfy { entry in
            entry.levels.count == wanted.count && zip(entry.levels, wanted).allSatisfy { $0.count == $1.levels.count }
        }
        let isKnown = classes.allSatisfy { $0.isMatch == (ModelClass.named[$0.name]?.isMatch ?? false) }
        guard fields == wanted, hasLevels, isKnown, Set(classes.map(\.isMatch)).count == 2 else {
            let own = fields.map { "\($0.name): \($0.comparator)" }.joined(separator: ", ")
            let now = wanted.map { "\($0.name): \($0.comparator)" }.joined(separator: ", ")
            throw Failure(
                .badInput, code: "E-MATCH-001",
                Text(
                    en: "the model was fitted to other fields or levels (\(own)) than the rule book compares (\(now))",
                    zh: "模型所用的字段或等级（\(own)）与规则文件的比较项（\(now)）不同"), at: Place(file: path),
                advice: Text(
                    en: "Fit a new model: run without it once, then give that run's run.json.",
                    zh: "请先不带模型运行一次以重新拟合，再使用该次运行的 run.json。"))
        }
    }
}
