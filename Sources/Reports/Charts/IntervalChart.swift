import Records

extension PageParts {
    /// Estimates with the range that each lies in 95 times of 100, over the number of persons listed.
    func intervalChart(_ population: PopulationFacts) -> Markup {
        var rows: [(name: Text, interval: PopulationEstimate.Interval)] = [
            (Text(en: "links as they are", zh: "按现有关联"), population.linked)
        ]
        if let corrected = population.corrected {
            rows.append((Text(en: "corrected for links", zh: "校正关联误差后"), corrected))
        }
        for model in population.models.dropFirst().prefix(4) {
            let names = model.interactions.map { pair in
                pair.map { $0 < population.lists.count ? population.lists[$0] : "" }.joined(separator: "+")
            }.joined(separator: ", ")
            rows.append(
                (
                    names.isEmpty ? Text(en: "independent sources", zh: "来源独立") : Text(en: names, zh: names),
                    model.estimate
                ))
        }
        let listed = Double(population.listed)
        let high = rows.map(\.interval.upper).filter(\.isFinite).max() ?? listed
        let low = min(listed, rows.map(\.interval.lower).min() ?? listed)
        let span = max(high - low, 1)
        // Names stand over their intervals, so that long ones have room on every screen.
        let (top, line) = (30.0, 36.0)
        func x(_ value: Double) -> Double { 2 + (min(value, high) - low) / span * 94 }
        let bottom = top + Double(rows.count) * line
        var drawing: Markup =
            "<line class=\"rule\" x1=\"\(number: x(listed))%\" x2=\"\(number: x(listed))%\" y1=\"14\" y2=\"\(number: bottom)\"/><text class=\"rule-label\" x=\"\(number: x(listed))%\" y=\"11\">\(say("in a source", "已收录")) \(population.listed)</text>"
        for (index, row) in rows.enumerated() {
            let y = top + Double(index) * line
            let interval = row.interval
            drawing += """
                <g><title>\(row.name(language)): \(whole(interval.value)) (\(whole(interval.lower))–\(whole(interval.upper)))</title><text class="set-name" x="2%" dx="7" y="\(number: y + 4)">\(row.name(language))</text><line class="whisker" x1="\(number: x(interval.lower))%" x2="\(number: x(interval.upper))%" y1="\(number: y + 16)" y2="\(number: y + 16)"/><circle class="trend-line" cx="\(number: x(interval.value))%" cy="\(number: y + 16)" r="4"/></g>
                """
        }
        return """
            <figure class="chart"><figcaption>\(say("How many persons there are, those in no source included, with intervals of 95 %", "总人数估计（含未被收录者）及 95% 区间"))</figcaption>
            <svg width="100%" height="\(number: bottom)" role="img" aria-label="\(say("Estimates with intervals; numbers in the table below", "各估计及区间；数值见下表"))">\(drawing)</svg></figure>

            """
    }
}
