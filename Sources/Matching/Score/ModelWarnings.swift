import Records

/// What a user has to know of a fitted model, in words.
enum ModelWarnings {
    static func all(
        _ model: FittedModel, comparedPairs: Int, plan: MatchPlan, schema: Schema
    ) -> [Text] {
        var warnings: [Text] = []
        if comparedPairs < 100 {
            warnings.append(
                Text(
                    en: "Only \(comparedPairs) pairs were compared: the scores are mostly prior knowledge.",
                    zh: "仅比较了 \(comparedPairs) 对记录，评分主要来自先验。"))
        }
        let thin = model.thinClasses
        if !thin.isEmpty, comparedPairs >= 100 {
            let titles = thin.prefix(3).map { ModelSummary.Class.title($0) }
            let listed = Text(
                en: titles.map(\.en).joined(separator: "; ") + (thin.count > 3 ? "; …" : ""),
                zh: titles.map(\.zh).joined(separator: "；") + (thin.count > 3 ? "；……" : ""))
            warnings.append(
                Text(
                    en:
                        "Of \(model.classes.count) classes \(thin.count) hold fewer than 5 pairs, so what they say is prior knowledge: \(listed.en).",
                    zh: "\(model.classes.count) 个类别中有 \(thin.count) 个不足 5 对记录，其参数来自先验：\(listed.zh)。"))
        }
        if plan.model == .fellegiSunter, !model.isPinned {
            warnings.append(
                Text(
                    en: """
                        Fellegi and Sunter's model takes the fields as independent. Where families are in the register it takes \
                        relatives for one person and is far too sure of it: use it for comparison only.
                        """,
                    zh: "Fellegi–Sunter 模型假定各字段相互独立；登记册中有家庭成员时，会把亲属当作同一人，且过于自信：仅供对照之用。"))
        }
        if !model.converged {
            warnings.append(
                Text(
                    en: "The model did not settle in \(model.iterations) rounds; review more pairs than usual.",
                    zh: "模型在 \(model.iterations) 轮内未收敛，请多审查一些记录对。"))
        }
        if !plan.comparisons.contains(where: { comparison in
            (comparison.role ?? Comparator.named(comparison.comparator)?.role) == .person
        }) {
            warnings.append(
                Text(
                    en: "No compared field belongs to one person alone: relatives cannot be told from duplicates.",
                    zh: "没有任何比较字段专属于个人，无法区分亲属与重复记录。"))
        }
        for (index, comparison) in plan.comparisons.enumerated() where model.isUninformative(index) {
            let name = schema.fields[comparison.field].name
            warnings.append(
                Text(
                    en: "Field \(name) carries no information here: it is always missing or always alike.",
                    zh: "字段 \(name) 在本次数据中没有信息：总是缺失或总是相同。"))
        }
        return warnings
    }
}
