import Records

extension Page {
    /// How many records became how many persons, as two bars of one scale; who is in which source, and how many there are.
    func persons() -> (id: Markup, title: Text, body: Markup)? {
        part("persons") { tables in
            let sources = facts.sources.map(\.name)
            return flow() + shown(tables["persons-by-grade"]) + sizes() + folded(tables["groups"])
                + (facts.overlap.map { overlapChart($0, sources) } ?? "") + folded(tables["overlap"])
                + (facts.population.map(intervalChart) ?? "") + shown(tables["population"])
                + shown(tables["population-models"])
        }
    }

    private func sizes() -> Markup {
        barChart(
            say("Persons by number of records", "按记录条数统计人员"),
            facts.groups.map { group in
                (
                    language(en: group.size == 1 ? "1 record" : "\(group.size) records", zh: "\(group.size) 条"),
                    group.persons
                )
            })
    }

    private func flow() -> Markup {
        let sources = facts.sources.enumerated().map { index, source in
            Segment(label: "\(data: source.name)", value: source.records, style: "s\(index % 6)")
        }
        let single = facts.groups.first { $0.size == 1 }?.persons ?? 0
        let two = facts.groups.first { $0.size == 2 }?.persons ?? 0
        var people = [
            Segment(label: say("in one record", "只有一条记录"), value: single, style: "p0"),
            Segment(label: say("in two", "有两条"), value: two, style: "p1"),
            Segment(label: say("in three or more", "有三条及以上"), value: facts.persons - single - two, style: "p2"),
        ]
        people.append(
            Segment(
                label: say("further records, merged", "被合并的另外记录"), value: facts.records - facts.persons, style: "gone"))
        return """
            <div class="flow">
            \(bar(say("Records read", "读入的记录"), facts.records, sources))
            \(bar(say("Persons", "人员"), facts.persons, people))
            </div>

            """
    }

    private struct Segment {
        let label: Markup
        let value: Int
        let style: String
    }

    private func bar(_ title: Markup, _ total: Int, _ segments: [Segment]) -> Markup {
        var rectangles = Markup()
        var left = 0.0
        for segment in segments where segment.value > 0 {
            let width = Double(segment.value) / Double(max(1, facts.records)) * 100
            rectangles +=
                "<rect class=\"\(segment.style)\" x=\"\(number: left)%\" y=\"0\" width=\"\(number: width)%\" height=\"30\"/>"
            left += width
        }
        let legend = segments.filter { $0.value > 0 }.map { segment -> Markup in
            "<li><i class=\"\(segment.style)\"></i>\(segment.label) <b>\(segment.value)</b></li>"
        }
        return """
            <figure><figcaption>\(title) <b>\(total)</b></figcaption>
            <svg width="100%" height="30" role="img" aria-label="\(title) \(total)">\(hatch)\(rectangles)</svg>
            <ul class="legend">\(legend)</ul></figure>
            """
    }

    private var hatch: Markup {
        "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"6\" height=\"6\"/><rect class=\"hatch-line\" width=\"1.5\" height=\"6\"/></pattern></defs>"
    }
}
