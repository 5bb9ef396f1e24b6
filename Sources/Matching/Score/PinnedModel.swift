package import Records

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
