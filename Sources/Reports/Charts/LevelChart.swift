import Records

extension PageParts {
    /// m upwards, u downwards, for every level of every compared field: what lies high over a short foot speaks for one person.
    func levelChart(_ matching: MatchingFacts) -> Markup {
        let shares = LevelShares(matching.model)
        let fields = matching.comparisons.enumerated().map { field, comparison -> Markup in
            let count = max(1, comparison.levels.count)
            var drawing: Markup = "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"44\" y2=\"44\"/>"
            for (level, name) in comparison.levels.enumerated() {
                guard let m = shares.m(field, level), let u = shares.u(field, level) else { continue }
                let left = Double(level) / Double(count) * 100
                let width = 100 / Double(count) * 0.72
                drawing += """
                    <g><title>\(LevelWords.title(name, language)): m \(percentText(m)), u \(percentText(u))</title><rect class="for" x="\(number: left)%" y="\(number: 44 - m * 40)" width="\(number: width)%" height="\(number: m * 40)"/><rect class="against-hatch" x="\(number: left)%" y="44" width="\(number: width)%" height="\(number: u * 40)"/></g>
                    """
            }
            return """
                <figure class="trend"><figcaption>\(code(comparison.field))</figcaption><svg width="100%" height="88" role="img" aria-label="\(say("m and u of the levels of \(comparison.field); numbers in the table", "\(comparison.field) 各等级的 m 与 u；数值见表"))">\(drawing)</svg></figure>
                """
        }
        if fields.isEmpty { return "" }
        return """
            <figure class="chart"><figcaption>\(say("How often levels are met: m upwards, u downwards; from “missing” on the left to the best on the right", "各等级出现的频率：向上为 m，向下为 u；左起为“缺失”，最右为最佳等级"))</figcaption>
            <div class="trends">\(fields)</div>
            <ul class="legend"><li><i class="for"></i>\(say("m: among pairs of one person", "m：同一人的记录对"))</li><li><i class="against-hatch"></i>\(say("u: among pairs of two persons", "u：不同人的记录对"))</li></ul></figure>

            """
    }
}
