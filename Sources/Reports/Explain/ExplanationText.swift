package import Records

/// The account of a pair for a clerk: what was compared, what it weighs, what brings the two together, what binds, and
/// what would turn the decision.
package struct ExplanationText {
    private let pair: PairExplanation
    private let language: Language

    package static func lines(_ pair: PairExplanation, _ language: Language) -> [String] {
        let text = ExplanationText(pair: pair, language: language)
        return text.verdict() + [""] + text.waterfall() + [""] + text.classes() + [""] + text.keys() + text.turning()
    }

    private func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }

    private func name(_ key: RecordKey) -> String { "\(key.source) \(key.recordID)".singleLine }

    // MARK: What became of the two

    private func verdict() -> [String] {
        [say("\(name(pair.a)) and \(name(pair.b))", "\(name(pair.a)) 与 \(name(pair.b))"), outcome()] + binding()
    }

    private func outcome() -> String {
        let chance = percent(pair.probability)
        let group = pair.groupSize
        switch pair.outcome {
        case .merged:
            return say(
                "They are one person: merged by score (probability \(chance), merge line \(line)). Their group has \(group) records.",
                "两者是同一个人：按评分合并（概率 \(chance)，合并线 \(line)）。该组共 \(group) 条记录。")
        case .mergedThroughOthers:
            return say(
                "They are in one group of \(group) records because other records join them; this pair alone has probability \(chance).",
                "两者因其他记录相连而在同一组（共 \(group) 条记录）；仅看这一对，概率为 \(chance)。")
        case .review where pair.decision?.verdict == .same:
            return say(
                "Somebody decided that they are one person, but other decisions hold them apart (finding decisions-contradict). By score the probability is \(chance).",
                "有人判定两者为同一个人，但其他判定使两者分开（见发现 decisions-contradict）。评分概率为 \(chance)。")
        case .review where pair.decision?.verdict == .unsure:
            return say(
                "Nobody could tell yet, so they stay apart until somebody decides (probability by score \(chance)).",
                "尚无法判定，两者在判定之前保持分开（评分概率 \(chance)）。")
        case .review:
            return say(
                pair.mergeLine.map { pair.probability >= $0 } ?? false
                    ? "A person has to decide: the pair alone reaches the merge line (probability \(chance)), but other records of its group speak against it."
                    : "A person has to decide: probability \(chance) is over the review line (\(percent(pair.reviewLine)))\(mergeClause("en")).",
                pair.mergeLine.map { pair.probability >= $0 } ?? false
                    ? "需要人工判定：仅看这一对已达合并线（概率 \(chance)），但同组的其他记录与之矛盾。"
                    : "需要人工判定：概率 \(chance) 高于审查线（\(percent(pair.reviewLine))）\(mergeClause("zh"))。")
        case .heldApart:
            return say(
                "They are held apart by a rule, however alike they look (probability \(chance)).",
                "两者因规则而分开，无论看上去多相像（概率 \(chance)）。")
        case .decidedSame:
            return say(
                "They are one person because somebody decided so (probability by score \(chance)).",
                "两者经人工判定为同一个人（评分概率 \(chance)）。")
        case .decidedDifferent:
            return say(
                "They are two persons because somebody decided so (probability by score \(chance)).",
                "两者经人工判定为不同的人（评分概率 \(chance)）。")
        case .apart:
            return say(
                "They are taken for two persons: probability \(chance) is below the review line (\(percent(pair.reviewLine))).",
                "两者被视为不同的人：概率 \(chance) 低于审查线（\(percent(pair.reviewLine))）。")
        case .notCompared:
            return say(
                "They were never compared, so they are two persons. Had they been, the probability would be \(chance).",
                "两者从未被比较，因而视为不同的人。若加以比较，概率为 \(chance)。")
        }
    }

    private var line: String { pair.mergeLine.map(percent) ?? say("off", "关闭") }

    private func mergeClause(_ language: String) -> String {
        guard let merge = pair.mergeLine else {
            return language == "en" ? ", and the rule book leaves every merge to people" : "，且规则文件把合并都留给人工"
        }
        return language == "en" ? " and below the merge line (\(percent(merge)))" : "，低于合并线（\(percent(merge))）"
    }

    private func binding() -> [String] {
        var lines: [String] = []
        if let decision = pair.decision {
            let words: Text
            switch decision.verdict {
            case .same: words = Text(en: "one person", zh: "同一个人")
            case .different: words = Text(en: "two persons", zh: "不同的人")
            case .unsure: words = Text(en: "unsure", zh: "不确定")
            }
            let reason = decision.reason.isEmpty ? "" : say(": \(decision.reason)", "：\(decision.reason)")
            lines.append(
                say(
                    "Decision of \(decision.by), \(decision.at): \(words.en)\(reason)",
                    "\(decision.by) 于 \(decision.at) 判定：\(words.zh)\(reason)"
                ).singleLine)
        }
        for rule in pair.never {
            lines.append(
                say(
                    "Rule “never”: both have a valid value of \(rule.field), and they differ: \(rule.a) | \(rule.b). The score does not merge such records.",
                    "“never”规则：两条记录的 \(rule.field) 都有有效值但不同：\(rule.a) | \(rule.b)。评分不会合并这样的记录。"
                ).singleLine)
        }
        if !pair.isLinked {
            lines.append(
                say(
                    "The rule book's “link” does not let records of these two sources be compared.",
                    "规则文件的“link”不允许比较这两个来源的记录。"))
        }
        return lines
    }

    // MARK: The weights

    private func waterfall() -> [String] {
        let exact = pair.fields.map { $0.frequency == nil ? $0.weight : $0.weight - ($0.frequency ?? 0) }
        let steps =
            [pair.prior] + exact + pair.fields.compactMap(\.frequency) + (pair.calibrated.map { [$0.weight] } ?? [])
        let shown = RoundedParts(steps, total: pair.total, places: 2)
        var table = TextTable([.left, .left, .left, .right])
        table.add([say("before looking", "比较之前"), "", "", signed(shown.parts[0])])
        var frequency = 1 + exact.count
        for (index, field) in pair.fields.enumerated() {
            let weight = field.level == "missing" ? "0" : signed(shown.parts[1 + index])
            table.add([
                field.field, values(field.a, field.b), LevelWords.words(field.level, language), weight,
            ])
            if isRewritten(field.rawA, field.a) || isRewritten(field.rawB, field.b) {
                table.add(["", values(field.rawA, field.rawB), say("as written", "原文"), ""])
            }
            if field.isInferredA || field.isInferredB {
                let side =
                    field.isInferredA && field.isInferredB
                    ? say("both from the resident id", "两者均取自身份证号")
                    : field.isInferredA
                        ? say("the first from the resident id", "前者取自身份证号")
                        : say("the second from the resident id", "后者取自身份证号")
                table.add(["", "", side, ""])
            }
            if field.frequency != nil {
                let part = shown.parts[frequency]
                frequency += 1
                let words: String
                switch field.level {
                case "exact, common": words = say("a common value", "常见值")
                case "exact, rare": words = say("a rare value", "少见值")
                default: words = say("neither common nor rare", "不常见也不少见")
                }
                table.add(["", "", words, signed(part)])
            }
        }
        if let calibrated = pair.calibrated {
            table.add([
                say("calibration", "校准"), "",
                say("calibrated with \(calibrated.decisions) decisions", "按 \(calibrated.decisions) 对判定校准"),
                signed(shown.parts[steps.count - 1]),
            ])
        }
        table.add([
            say("together", "合计"), "",
            say("probability \(percent(pair.probability))", "概率 \(percent(pair.probability))"),
            signed(shown.total),
        ])
        return [say("What was compared, and what it weighs", "比较的内容与权重")] + table.lines
            + [
                say(
                    "  A weight of +1 doubles the odds that the two are one person, −1 halves them. A field's weight is its change to the",
                    "  权重 +1 表示是同一人的可能性（比数）加倍，−1 表示减半。字段的权重是它在所有先后次序下"),
                say(
                    "  odds, averaged over all orders of looking at the fields. “Before looking”: how common matches are among compared pairs.",
                    "  带来的变化的平均值。“比较之前”指被比较的记录对中同一人有多常见。"),
            ]
    }

    /// The office wrote more than other capitals.
    private func isRewritten(_ raw: String, _ value: String) -> Bool {
        !raw.isEmpty && raw.lowercased() != value.lowercased()
    }

    private func values(_ a: String, _ b: String) -> String {
        func shown(_ value: String) -> String { value.isEmpty ? "—" : clipped(value.singleLine, columns: 28) }
        return a == b ? shown(a) : "\(shown(a)) | \(shown(b))"
    }

    private func signed(_ weight: Double) -> String {
        let text = decimal(weight.magnitude, 2)
        return weight < 0 && text != "0.00" ? "−" + text : "+" + text
    }

    /// The likeliest reasons why the two stand together; those of less than one in a hundred are not told.
    private func classes() -> [String] {
        var table = TextTable([.right, .left])
        for (index, entry) in relations().prefix(4).enumerated() where index == 0 || entry.share >= 0.01 {
            table.add([percent(entry.share), entry.title])
        }
        return [say("What the two most likely are to each other", "两者最可能的关系")] + table.lines
    }

    /// Strangers are told by the key they share; those of keys that the two do not share are one relation.
    private func relations() -> [(title: String, share: Double)] {
        let meeting = Set(pair.keys.filter(\.bringsTogether).map { "namesake: \($0.key)" })
        var relations: [(title: String, share: Double)] = []
        for entry in pair.classes {
            let title: String
            if entry.name.hasPrefix("namesake: "), !meeting.contains(entry.name) {
                title = say("two other persons", "不同的两个人")
            } else if meeting.contains(entry.name) {
                let key = String(entry.name.dropFirst("namesake: ".count))
                title = say(
                    "namesakes: two persons who happen to share \(key)", "巧合：不同的两个人，恰好 \(key) 相同")
            } else {
                title = LevelWords.title(ofClass: entry.name, language)
            }
            if let place = relations.firstIndex(where: { $0.title == title }) {
                relations[place].share += entry.share
            } else {
                relations.append((title, entry.share))
            }
        }
        return relations.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }
            .map(\.element)
    }

    // MARK: The keys

    private func keys() -> [String] {
        let meeting = pair.keys.filter(\.bringsTogether)
        if !meeting.isEmpty {
            return [say("Keys that bring them together", "使两者相遇的分块键")]
                + meeting.map { key in
                    let shared = key.parts.map(\.a).joined(separator: " · ")
                    return "  \(key.key)  (\(clipped(shared, columns: 60)))".singleLine
                }
        }
        let nearest = pair.keys.enumerated().sorted { left, right in
            func agreeing(_ key: PairExplanation.KeyVerdict) -> Double {
                Double(key.parts.count(where: \.agrees)) / Double(max(1, key.parts.count))
            }
            let (x, y) = (agreeing(left.element), agreeing(right.element))
            return (-x, left.offset) < (-y, right.offset)
        }.prefix(3).map(\.element)
        return [
            say("No key brings them together. The nearest, and what differs in them:", "没有分块键使两者相遇。最接近的键及其差异：")
        ]
            + nearest.map { key in
                let parts = key.parts.filter { !$0.agrees }.map { part -> String in
                    if part.a.isEmpty && part.b.isEmpty { return say("\(part.name) is missing", "\(part.name) 缺失") }
                    return "\(part.name): \(part.a.isEmpty ? "—" : part.a) | \(part.b.isEmpty ? "—" : part.b)"
                }
                return clipped(
                    "  \(key.key)  (\(parts.joined(separator: language == .english ? "; " : "；")))".singleLine,
                    columns: 160)
            }
    }

    // MARK: What would turn it

    private func turning() -> [String] {
        let isOver = pair.probability >= (pair.mergeLine ?? pair.reviewLine)
        let heading = say("The smallest changes that would turn the score", "最少改动多少会改变评分结论")
        guard !pair.changes.isEmpty else {
            return ["", heading, say("  None of one or two fields would.", "  改动一两个字段不会改变结论。")]
        }
        let effect: Text
        switch (pair.mergeLine == nil, isOver) {
        case (false, true): effect = Text(en: "the score would not merge them", zh: "评分将不再合并两者")
        case (false, false): effect = Text(en: "the score would merge them", zh: "评分将合并两者")
        case (true, true): effect = Text(en: "nobody would be asked about them", zh: "将不再提请人工判定")
        case (true, false): effect = Text(en: "a person would be asked about them", zh: "将提请人工判定")
        }
        return ["", heading]
            + pair.changes.map { change in
                let steps = change.fields.map { step -> String in
                    let level = LevelWords.words(step.to, language)
                    return say("\(step.field) were “\(level)”", "\(step.field) 为“\(level)”")
                }
                let condition = steps.joined(separator: say(" and ", "且 "))
                return say(
                    "  If \(condition), \(effect.en) (\(percent(change.probability))).",
                    "  若 \(condition)，\(effect.zh)（\(percent(change.probability))）。"
                ).singleLine
            }
    }

    /// With as many decimals as it takes to tell it from none and all.
    private func percent(_ share: Double) -> String {
        let part = share * 100
        if part > 99.9 && part < 100 { return decimal(min(part, 99.999), part > 99.99 ? 3 : 2) + " %" }
        if part < 0.1 && part > 0 { return part < 0.001 ? "<0.001 %" : decimal(part, 3) + " %" }
        return decimal(part, 1) + " %"
    }
}

/// Numbers rounded so that what is printed adds up: the rest goes where rounding took most (largest remainders).
struct RoundedParts {
    let parts: [Double]
    let total: Double

    init(_ values: [Double], total: Double, places: Int) {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let wanted = (total * scale).rounded()
        var floors = values.map { ($0 * scale).rounded(.down) }
        var missing = wanted - floors.reduce(0, +)
        let order = values.indices.sorted { left, right in
            let (x, y) = (values[left] * scale - floors[left], values[right] * scale - floors[right])
            return x != y ? x > y : left < right
        }
        for index in order where missing >= 1 {
            floors[index] += 1
            missing -= 1
        }
        parts = floors.map { $0 / scale }
        self.total = wanted / scale
    }
}
