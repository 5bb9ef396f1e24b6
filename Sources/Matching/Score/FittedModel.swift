import Foundation
package import Records

/// A model that pairs can be scored with: fitted in this run, or pinned.
struct FittedModel: Sendable {
    let classes: [ModelSummary.Class]
    let iterations: Int
    let converged: Bool
    /// Names of the classes that hold so few pairs that they are what they started as (MODEL §4).
    let thinClasses: [String]

    private static let leastSupport = 5.0

    init(_ mixture: MixtureModel, plan: MatchPlan, schema: Schema) {
        classes = mixture.classes.map { entry in
            ModelSummary.Class(
                name: entry.label(plan, schema), isMatch: entry.isMatch, share: entry.share, levels: entry.levels)
        }
        iterations = mixture.iterations
        converged = mixture.converged
        thinClasses = zip(mixture.classes, mixture.support).filter { $1 < Self.leastSupport && !$0.isFixed }
            .map { $0.0.label(plan, schema) }
    }

    init(pinned classes: [ModelSummary.Class]) {
        self.classes = classes
        iterations = 0
        converged = true
        thinClasses = []
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

    private func mean(_ level: Int, _ field: Int, _ classes: [ModelSummary.Class]) -> Double {
        let shares = classes.reduce(0) { $0 + max($1.share, 1e-12) }
        let sum = classes.reduce(0) { $0 + max($1.share, 1e-12) * $1.levels[field][level] }
        return max(sum / shares, 1e-9)
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

    package init(path: String, fields: [Field], classes: [ModelSummary.Class]) {
        self.path = path
        self.fields = fields
        self.classes = classes
    }

    func model(for comparison: PairComparison, schema: Schema) throws -> FittedModel {
        let wanted = comparison.entries.map { entry in
            Field(
                name: schema.fields[entry.field].name, comparator: entry.comparator.name,
                levels: entry.comparator.ladder.levels)
        }
        let hasLevels = classes.allSatisfy { entry in
            entry.levels.count == wanted.count && zip(entry.levels, wanted).allSatisfy { $0.count == $1.levels.count }
        }
        guard fields == wanted, hasLevels, classes.contains(where: \.isMatch), classes.contains(where: { !$0.isMatch })
        else {
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
        return FittedModel(pinned: classes)
    }
}
