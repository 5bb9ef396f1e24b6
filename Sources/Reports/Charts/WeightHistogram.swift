import Records

extension PageParts {
    /// Pairs over the review line by weight, with both lines. Positions are percentages, so that the lettering keeps
    /// its size on every screen; heights are square roots, so that a few pairs can still be seen beside thousands.
    func histogram(_ matching: MatchingFacts) -> Markup {
        guard let first = matching.histogram.first, let last = matching.histogram.last else { return "" }
        let review = ThresholdCurve.weight(matching.model.reviewLine)
        let merge = ThresholdCurve.weight(matching.model.mergeLine ?? matching.model.reviewLine)
        let low = Double(min(first.from, Int(min(review, 60).rounded(.down)))) - 1
        let right = Double(max(last.from + 1, Int(min(merge, 60).rounded(.up))))
        // The counts stand at the right edge, beyond the bars.
        let high = right + max(1, (right - low) * 0.06)
        let most = Double(matching.histogram.map(\.pairs).max() ?? 1).squareRoot()
        func x(_ weight: Double) -> Double { (weight - low) / (high - low) * 100 }
        let (top, base) = (46.0, 226.0)
        func height(_ pairs: Int) -> Double { Double(pairs).squareRoot() / max(1, most) * (base - top) }

        var drawing = Markup()
        for tick in countTicks(upTo: matching.histogram.map(\.pairs).max() ?? 1) {
            let y = base - height(tick)
            drawing +=
                "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"\(number: y)\" y2=\"\(number: y)\"/><text class=\"tick\" x=\"100%\" y=\"\(number: y - 3)\" text-anchor=\"end\">\(tick)</text>"
        }
        let width = 100 / (high - low)
        for bin in matching.histogram where bin.pairs > 0 {
            let left = x(Double(bin.from)) + width * 0.06
            let (all, waiting) = (height(bin.pairs), height(bin.pairs) - height(bin.pairs - bin.toReview))
            let title: Markup = say(
                "weight \(String(bin.from)) to \(String(bin.from + 1)): \(counted(bin.pairs, "pair")), \(bin.toReview) to decide",
                "权重 \(String(bin.from)) 至 \(String(bin.from + 1))：\(bin.pairs) 对，待判定 \(bin.toReview) 对")
            drawing +=
                "<g><title>\(title)</title><rect class=\"o-merged\" x=\"\(number: left)%\" y=\"\(number: base - all)\" width=\"\(number: width * 0.88)%\" height=\"\(number: all - waiting)\"/><rect class=\"o-review\" x=\"\(number: left)%\" y=\"\(number: base - waiting)\" width=\"\(number: width * 0.88)%\" height=\"\(number: waiting)\"/></g>"
        }
        drawing += "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"\(number: base)\" y2=\"\(number: base)\"/>"
        let step = high - low > 40 ? 10 : 5
        for tick in stride(from: (Int(low) / step - 1) * step, through: Int(high), by: step)
        where x(Double(tick)) > 1 && x(Double(tick)) < 99 {
            drawing +=
                "<text class=\"tick\" x=\"\(number: x(Double(tick)))%\" y=\"\(number: base + 16)\" text-anchor=\"middle\">\(String(tick))</text>"
        }
        let lines: [(Double, Double, Double, Markup)] =
            [
                (review, matching.model.reviewLine, 12, say("shown to people from", "待判定线"))
            ] + (matching.model.mergeLine.map { [(merge, $0, 30, say("merged from", "合并线"))] } ?? [])
        for (weight, probability, y, words) in lines where weight >= low && weight <= high {
            drawing +=
                "<line class=\"rule\" x1=\"\(number: x(weight))%\" x2=\"\(number: x(weight))%\" y1=\"\(number: y - 10)\" y2=\"\(number: base)\"/><text class=\"rule-label\" x=\"\(number: x(weight))%\" dx=\"6\" y=\"\(number: y)\">\(words) \(probabilityText(probability))</text>"
        }
        return """
            <figure class="chart"><figcaption>\(say("Pairs over the review line by match weight", "待判定线以上的记录对，按匹配权重分布"))</figcaption>
            <svg width="100%" height="250" role="img" aria-label="\(say("Histogram of match weights", "匹配权重直方图"))">\(drawing)</svg>
            <ul class="legend"><li><i class="o-review"></i>\(say("waiting for a decision", "等待判定"))</li><li><i class="o-merged"></i>\(say("settled", "已有结论"))</li></ul>
            <p class="note">\(say("A weight is the logarithm to base 2 of the odds that two records are one person: 0 is even, +10 is about 1,000 to 1. Heights are square roots of the counts.", "权重是两条记录为同一人的胜算以 2 为底的对数：0 表示各半，+10 约为 1,000 比 1。柱高为对数的平方根刻度，便于看清少量的记录对。"))</p></figure>

            """
    }

    func probabilityText(_ probability: Double) -> String {
        var text = decimal(probability, 6)
        while text.hasSuffix("0"), !text.hasSuffix(".50"), !text.hasSuffix(".0") { text.removeLast() }
        return text
    }

    /// 1, 10, 100, … and the half steps between when there are few.
    private func countTicks(upTo most: Int) -> [Int] {
        var ticks: [Int] = []
        var power = 1
        while power <= most, power < 1_000_000_000 {
            ticks.append(power)
            power *= 10
        }
        return ticks.suffix(3) + (ticks.last.map { $0 * 4 <= most ? [$0 * 4] : [] } ?? [])
    }
}
