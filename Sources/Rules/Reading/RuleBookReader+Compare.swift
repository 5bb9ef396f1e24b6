import Matching
import Records
import Yams

extension RuleBookReader {
    mutating func readCompare(_ entry: RuleEntry, _ sensitive: Set<Int>) -> [MatchPlan.Comparison] {
        guard let entries = entries(entry.value, what: Text(en: "\"compare\"", zh: "“compare”")) else { return [] }
        if entries.isEmpty {
            report(
                .missingKey, at: entry.value,
                Text(
                    en: "\"compare\" is empty; leave it out to compare by the types of the fields.",
                    zh: "“compare”是空的；删去它即可按字段类型自动比较。"))
        }
        return entries.compactMap { entry in
            guard let field = field(entry.key, at: entry.keyNode) else { return nil }
            refuseSensitive(field, sensitive, at: entry.keyNode)
            return readComparison(entry, of: field)
        }
    }

    private mutating func readComparison(_ entry: RuleEntry, of field: Int) -> MatchPlan.Comparison? {
        let kind: FieldKind? = unsureFields.contains(entry.key) ? nil : schema.fields[field].kind
        if case .mapping = entry.value {
            let what = Text(en: "the comparison of \"\(entry.key)\"", zh: "“\(entry.key)”的比较")
            guard let section = section(entry.value, RuleKeys.comparison, what: what) else { return nil }
            let role = choice(section["role"], MatchPlan.Role.self)
            let standard = Comparator.standard(for: kind ?? .text).name
            let name = section["comparator"].map { readComparator($0.value, for: kind) } ?? standard
            return name.map { MatchPlan.Comparison(field: field, comparator: $0, role: role) }
        }
        return readComparator(entry.value, for: kind).map { MatchPlan.Comparison(field: field, comparator: $0) }
    }

    /// `kind` is `nil` for a field whose type could not be read.
    private mutating func readComparator(_ node: Node, for kind: FieldKind?) -> String? {
        guard let name = text(node, what: Text(en: "a comparator", zh: "比较方式")) else { return nil }
        let fitting = vocabulary.comparators.filter { item in kind.map { item.value.contains($0) } ?? true }.keys
            .sorted()
        let list = fitting.joined(separator: ", ")
        let type = kind.map(Self.field(of:)) ?? Text(en: "a field", zh: "字段")
        guard vocabulary.comparators[name] != nil else {
            report(
                .notAllowed, at: node,
                Text(
                    en: "There is no comparator \"\(name)\"; for \(type.en) there are \(list).",
                    zh: "没有比较方式“\(name)”；\(type.zh)可用：\(list)。"),
                nearest: Nearest.name(to: name, among: vocabulary.comparators.keys.sorted()))
            return nil
        }
        if fitting.contains(name) { return name }
        report(
            .doesNotFit, at: node,
            Text(
                en: "The comparator \"\(name)\" does not understand \(type.en); use \(list).",
                zh: "比较方式“\(name)”不适用于\(type.zh)；可用：\(list)。"))
        return nil
    }

    mutating func readDecide(_ entry: RuleEntry?) -> MatchPlan.Decide {
        let standard = MatchPlan.Decide(merge: Defaults.merge, review: Defaults.review)
        guard let entry, let section = section(entry.value, RuleKeys.decide, what: Self.quoted("decide")) else {
            return standard
        }
        var merge = standard.merge
        if let line = section["merge"] {
            if case .scalar(let scalar) = line.value, scalar.string == "off" {
                merge = nil
            } else {
                merge = probability(line, alternative: "off") ?? standard.merge
            }
        }
        let review = section["review"].map { probability($0) ?? standard.review }
        // A merge line below the usual review line moves that one along, since nothing is left to review between them.
        let line = review ?? min(standard.review, merge ?? 1)
        if let merge, line > merge, section["false_merges_per_1000"] == nil {
            report(
                .linesCrossed, at: (section["review"] ?? entry).value,
                Text(
                    en:
                        "The review line (\(line)) is above the merge line (\(merge)\(section["merge"] == nil ? ", the default" : "")); pairs are reviewed below the merge line.",
                    zh: "审核线（\(line)）高于合并线（\(merge)\(section["merge"] == nil ? "，默认值" : "")）；应在合并线以下审核。"))
        }
        let seconds = section["seconds_per_pair"].flatMap { number($0, in: 1...3_600) }
        return MatchPlan.Decide(
            merge: merge, review: line, budget: readBudget(section, mergesAtAll: merge != nil),
            secondsPerPair: seconds ?? MatchPlan.Decide.usualSecondsPerPair)
    }

    /// `false_merges_per_1000` and `review_hours` set the lines from the scores of the run.
    private mutating func readBudget(
        _ section: [String: RuleEntry], mergesAtAll: Bool
    ) -> MatchPlan.Decide.Budget? {
        if let entry = section["review_hours"], !mergesAtAll {
            report(
                .notAllowed, at: entry.value,
                Text(
                    en:
                        "With \"merge: off\" people decide every pair, however long it takes; leave out \"review_hours\".",
                    zh: "写了“merge: off”时，每一对都由人判定，无法限定时间；请删去“review_hours”。"))
        }
        let limits = [("false_merges_per_1000", "merge"), ("review_hours", "review")]
        for (budget, line) in limits {
            guard let entry = section[budget], section[line] != nil else { continue }
            report(
                .repeated, at: entry.value,
                Text(
                    en: "\"\(budget)\" sets the \(line) line; leave out \"\(line)\" or \"\(budget)\".",
                    zh: "“\(budget)”会自动设定 \(line) 线；“\(line)”与“\(budget)”只能写一个。"))
        }
        let falseMerges = section["false_merges_per_1000"].flatMap { number($0, in: 0...1_000) }
        let hours = section["review_hours"].flatMap { number($0, in: 0...100_000) }
        guard falseMerges != nil || hours != nil else { return nil }
        return MatchPlan.Decide.Budget(falseMergesPer1000: falseMerges, reviewHours: hours)
    }

    mutating func readNever(_ entry: RuleEntry) -> [MatchPlan.Never] {
        let example = "- both id_number valid and different"
        guard let items = list(entry.value, what: Self.quoted("never"), example: example) else { return [] }
        return items.compactMap { item in
            guard let rule = text(item, what: Text(en: "a rule of \"never\"", zh: "“never”规则")) else { return nil }
            let words = rule.split(whereSeparator: \.isWhitespace).map(String.init)
            let ending = words.dropFirst(2).joined(separator: " ")
            guard words.count > 2, words[0] == "both", let condition = MatchPlan.Never.Condition(rawValue: ending)
            else {
                report(
                    .badNever, at: item,
                    Text(
                        en:
                            "\"\(rule)\" is not understood; write \"both FIELD valid and different\" or \"both FIELD different\".",
                        zh: "无法理解“\(rule)”；请写“both 字段 valid and different”或“both 字段 different”。"))
                return nil
            }
            return field(words[1], at: item).map { MatchPlan.Never(field: $0, condition: condition) }
        }
    }
}
