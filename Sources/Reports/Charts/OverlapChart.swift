import Records

extension PageParts {
    /// Which sources hold how many persons in common: a column for every set of sources, its dots joined below.
    ///
    /// Source: Lex et al., UpSet: Visualization of Intersecting Sets, IEEE TVCG 20 (2014).
    func overlapChart(_ overlap: OverlapFacts, _ sources: [String]) -> Markup {
        let sets = overlap.sets.prefix(24)
        let most = sets.compactMap(\.persons).max() ?? 0
        guard sources.count > 1, most > 0 else { return "" }
        let (top, base, line) = (20.0, 120.0, 22.0)
        let height = base + 10 + Double(sources.count) * line
        // Names of the sources stand left of the columns.
        let left = 24.0
        let step = (100 - left) / Double(sets.count)
        var drawing = Markup()
        for (place, source) in sources.enumerated() {
            let y = base + 14 + Double(place) * line
            drawing +=
                "<line class=\"grid\" x1=\"\(number: left)%\" x2=\"100%\" y1=\"\(number: y)\" y2=\"\(number: y)\"/><text class=\"set-name\" x=\"\(number: left - 1.5)%\" y=\"\(number: y + 4)\" text-anchor=\"end\">\(source.count > 16 ? String(source.prefix(15)) + "…" : source)</text>"
        }
        for (index, set) in sets.enumerated() {
            let x = left + (Double(index) + 0.5) * step
            let names = set.sources.filter { $0 < sources.count }.map { sources[$0] }.joined(separator: " + ")
            let count = set.persons.map { grouped($0) } ?? "*"
            let tall = Double(set.persons ?? 0) / Double(most) * (base - top)
            drawing += "<g><title>\(names): \(count)</title>"
            drawing +=
                "<rect class=\"level\" x=\"\(number: x - step * 0.32)%\" y=\"\(number: base - tall)\" width=\"\(number: step * 0.64)%\" height=\"\(number: tall)\"/><text class=\"tick\" x=\"\(number: x)%\" y=\"\(number: base - tall - 4)\" text-anchor=\"middle\">\(count)</text>"
            for place in sources.indices {
                let y = base + 14 + Double(place) * line
                drawing +=
                    "<circle class=\"\(set.sources.contains(place) ? "set-in" as Markup : "set-out")\" cx=\"\(number: x)%\" cy=\"\(number: y)\" r=\"5\"/>"
            }
            if let first = set.sources.first, let last = set.sources.last, last > first {
                drawing +=
                    "<line class=\"set-line\" x1=\"\(number: x)%\" x2=\"\(number: x)%\" y1=\"\(number: base + 14 + Double(first) * line)\" y2=\"\(number: base + 14 + Double(last) * line)\"/>"
            }
            drawing += "</g>"
        }
        return """
            <figure class="chart"><figcaption>\(say("Persons by the sources they are in", "按所在来源统计人员"))</figcaption>
            <svg width="100%" height="\(number: height)" role="img" aria-label="\(say("Columns of persons for every set of sources; numbers in the table below", "各来源组合的人数；数值见下表"))"><line class="axis" x1="\(number: left)%" x2="100%" y1="\(number: base)" y2="\(number: base)"/>\(drawing)</svg></figure>

            """
    }
}
