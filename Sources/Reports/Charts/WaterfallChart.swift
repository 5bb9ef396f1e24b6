import Records

extension PageParts {
    /// How the evidence of one pair adds up: from what any pair starts with, field by field, to its weight.
    func waterfall(_ pair: MatchingFacts.PairExample) -> Markup {
        let start = pair.weight - pair.levels.reduce(0) { $0 + $1.weight }
        guard start.isFinite, !pair.levels.isEmpty else { return "" }
        var sum = start
        var steps = [(name: say("any two of the compared", "任意一对被比较的记录") as Markup, from: 0.0, to: start)]
        for level in pair.levels {
            steps.append(("\(code(level.field)) \(LevelWords.title(level.level, language))", sum, sum + level.weight))
            sum += level.weight
        }
        steps.append((say("<b>the pair</b>", "<b>该对</b>"), 0, pair.weight))
        let low = min(0, steps.map { min($0.from, $0.to) }.min() ?? 0)
        let high = max(0, steps.map { max($0.from, $0.to) }.max() ?? 0)
        let span = max(high - low, 0.001)
        func x(_ weight: Double) -> Double { (weight - low) / span * 100 }
        let rows = steps.enumerated().map { index, step -> Markup in
            let (left, right) = (min(step.from, step.to), max(step.from, step.to))
            let isEnd = index == 0 || index == steps.count - 1
            let style: Markup = isEnd ? "whole" : step.to < step.from ? "against" : "for"
            let amount = isEnd ? step.to : step.to - step.from
            return """
                <tr>\(rowHead(step.name))\(tdNumber("\(signedWeight(amount))"))<td class="wide"><svg width="100%" height="14" aria-hidden="true"><line class="axis" x1="\(number: x(0))%" x2="\(number: x(0))%" y1="0" y2="14"/><rect class="\(style)" x="\(number: x(left))%" y="2" width="\(number: max(0.3, x(right) - x(left)))%" height="10"/></svg></td></tr>
                """
        }
        return """
            <table class="levels waterfall"><caption>\(say("How the evidence of one pair adds up: \(pair.a.source) \(pair.a.recordID) and \(pair.b.source) \(pair.b.recordID), probability \(decimal(pair.probability, 3))", "一对记录的证据如何累加：\(pair.a.source) \(pair.a.recordID) 与 \(pair.b.source) \(pair.b.recordID)，概率 \(decimal(pair.probability, 3))"))</caption><tbody>
            \(rows.joined("\n"))
            </tbody></table>

            """
    }

    /// With its sign in front: `+3.2`, `−0.4`.
    func signedWeight(_ weight: Double) -> String {
        let text = decimal(weight, 1)
        if text.hasPrefix("-") { return "−" + text.dropFirst() }
        return text == "0.0" ? text : "+" + text
    }
}
