import Records

extension Page {
    /// How many records became how many persons, as a sentence and as two bars of one scale.
    func persons() -> Markup {
        guard facts.records > 0 else { return "" }
        let further = facts.records - facts.persons
        let lead = say(
            "<b>\(facts.records)</b> records of \(facts.sources.count) \(plural(facts.sources.count, "source", "sources")) stand for <b>\(facts.persons)</b> \(plural(facts.persons, "person", "persons")); <b>\(further)</b> \(plural(further, "record is a further one", "records are further ones")) of somebody already counted.",
            "\(facts.sources.count) 个来源的 <b>\(facts.records)</b> 条记录对应 <b>\(facts.persons)</b> 人；其中 <b>\(further)</b> 条是同一人的另外记录。"
        )
        return section("persons", say("From records to persons", "从记录到人员"), lead, flow() + identity() + grades())
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

    private func identity() -> Markup {
        guard let identity = facts.identity else { return "" }
        let sentence = say(
            "Since the run before: <b>\(identity.kept)</b> persons kept their number, <b>\(identity.new)</b> are new, <b>\(identity.returned)</b> came back, <b>\(identity.merged)</b> went into another person, <b>\(identity.split)</b> came apart.",
            "与上次运行相比：<b>\(identity.kept)</b> 人沿用原编号，新增 <b>\(identity.new)</b> 人，恢复 <b>\(identity.returned)</b> 人，<b>\(identity.merged)</b> 人并入他人，<b>\(identity.split)</b> 人被拆分。"
        )
        return "<p>\(sentence)</p>\n"
    }

    private func grades() -> Markup {
        guard facts.grades.contains(where: { $0.persons > 0 }) else { return "" }
        let words: [Grade: Markup] = [
            .a: say("nothing found", "未发现问题"), .b: say("small things", "小问题"), .c: say("errors", "有错误"),
            .d: say("several errors", "多处错误"),
        ]
        let cells = facts.grades.map { count -> Markup in
            let rate = Rate(count.persons, of: facts.persons)
            return """
                <li><span class="grade g\(count.grade.rawValue)">\(count.grade.rawValue)</span><b>\(count.persons)</b> <span>\(percent(rate))</span><br>\(words[count.grade] ?? "")</li>
                """
        }
        return """
            <h3>\(say("Data quality of the persons’ records in the master", "主数据各人的记录质量"))</h3>
            <ul class="grades">\(cells)</ul>

            """
    }
}
