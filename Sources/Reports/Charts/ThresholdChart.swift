import Records

extension PageParts {
    /// Expected precision and recall of merging from each weight on, with both lines of the run.
    func thresholdChart(_ matching: MatchingFacts) -> Markup {
        let curve = ThresholdCurve.points(matching)
        guard curve.count > 2, let first = curve.first, let last = curve.last, last.weight > first.weight else {
            return ""
        }
        let span = Double(last.weight - first.weight)
        func x(_ weight: Double) -> Double { 0.02 + 0.9 * (weight - Double(first.weight)) / span }
        let shares = curve.flatMap { [$0.precision] + ($0.recall.map { [$0] } ?? []) }
        let floor = ((shares.min() ?? 0) * 10).rounded(.down) / 10
        let low = min(0.9, max(0, floor))
        func y(_ share: Double) -> Double { (share - low) / (1 - low) }
        let (top, base) = (24.0, 164.0)
        var drawing = Markup()
        for step in 0...2 {
            let share = low + (1 - low) * Double(step) / 2
            let line = base - y(share) * (base - top)
            drawing +=
                "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"\(number: line)\" y2=\"\(number: line)\"/><text class=\"tick\" x=\"100%\" y=\"\(number: line - 3)\" text-anchor=\"end\">\(decimal(share * 100, 0))%</text>"
        }
        let spacing = span > 30 ? 10 : 5
        for tick in stride(from: (first.weight / spacing - 1) * spacing, through: last.weight, by: spacing)
        where tick >= first.weight {
            drawing +=
                "<text class=\"tick\" x=\"\(number: x(Double(tick)) * 100)%\" y=\"\(number: base + 15)\" text-anchor=\"middle\">\(String(tick))</text>"
        }
        if let line = matching.model.mergeLine.map(ThresholdCurve.weight), line >= Double(first.weight),
            line <= Double(last.weight)
        {
            drawing +=
                "<line class=\"rule\" x1=\"\(number: x(line) * 100)%\" x2=\"\(number: x(line) * 100)%\" y1=\"4\" y2=\"\(number: base)\"/><text class=\"rule-label\" x=\"\(number: x(line) * 100)%\" dx=\"5\" y=\"14\">\(say("merged from here", "合并线"))</text>"
        }
        let precision = LineDrawing(
            points: curve.map { (x: x(Double($0.weight)), y: y($0.precision)) }, style: "curve-a", mark: .dot)
        let recall = LineDrawing(
            points: curve.map { point in point.recall.map { (x: x(Double(point.weight)), y: y($0)) } },
            style: "curve-b",
            mark: .square)
        drawing += precision.markup(top: top, base: base) + recall.markup(top: top, base: base)
        return """
            <figure class="chart"><figcaption>\(say("Expected precision and recall by merge line", "不同合并线的预期查准率与查全率"))</figcaption>
            <svg width="100%" height="184" role="img" aria-label="\(say("Two lines by match weight; their numbers are in the table “Expected precision and recall by line”", "两条曲线随匹配权重变化；数值见“不同合并线的预期查准率与查全率”表"))">\(drawing)</svg>
            <ul class="legend"><li><i class="curve-a dot"></i>\(say("precision", "查准率"))</li><li><i class="curve-b"></i>\(say("recall", "查全率"))</li></ul></figure>

            """
    }
}
