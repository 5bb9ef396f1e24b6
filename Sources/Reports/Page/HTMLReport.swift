import Records

/// `report.html`: the run for people. One file without scripts, fonts, pictures or addresses from outside; it reads on a
/// phone, in the dark and on A4. Shows record ids and masked values, never names or numbers of persons.
package enum HTMLReport {
    package static let name = "report.html"

    package static func write(_ facts: RunFacts, to sink: inout FileSink) throws {
        sink.append(html(facts))
        try sink.check()
    }

    /// The whole page. Equal facts give equal pages; what was measured is not on it.
    package static func html(_ facts: RunFacts) -> String {
        let page = Page(facts: facts)
        let sections = [
            page.todo(), page.trend(), page.scorecard(), page.offices(), page.since(), page.findings(),
            page.corrections(),
            page.duplicates(), page.persons(), page.fields(), page.run(),
        ].compactMap { $0 }
        return page.document(
            title: facts.title, skip: ("todo", page.say("Skip to what to do now", "跳到“现在要做什么”")),
            masthead: page.masthead(page.numbers), sections: sections, footer: page.footer(facts.toolVersion)
        ).html
    }
}

extension PageParts {
    /// What it is of, whose it is, and under which rules it was made.
    func masthead(_ numbers: ReportNumbers) -> Markup {
        let origin = numbers.origin.filter { $0.id != "rules_sha256" }.map { item -> Markup in
            var value = shown(item.value)
            if item.id == "as_of", case .code(let text) = item.value { value = "\(day(text))" }
            return "<span>\(item.title(language)) \(value)</span>"
        }
        return """
            <header>
            <p class="product">\(say("Qingku", "清库")) · \(numbers.kind(language))</p>
            <h1>\(data: numbers.title)</h1>
            <p class="purpose"><span>\(say("Purpose", "用途"))</span> \(data: numbers.purpose)</p>
            <p class="meta">\(origin.joined(" · "))</p>
            </header>
            """
    }

    func footer(_ version: String) -> Markup {
        say(
            "Made by Qingku \(version). The same inputs, rules and decisions give this page again, byte for byte. Scores are about pairs of records and about data, never about persons.",
            "由清库 \(version) 生成。相同的输入、规则和判定会逐字节得到同一页面。评分只针对记录对和数据，不针对任何个人。")
    }
}
