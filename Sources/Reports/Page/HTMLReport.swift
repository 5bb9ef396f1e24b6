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
        let sections: [(id: Markup, title: Text, body: Markup)] = [
            ("todo", Text(en: "What to do now", zh: "现在要做什么"), page.todo()),
            ("persons", Text(en: "From records to persons", zh: "从记录到人员"), page.persons()),
            ("quality", Text(en: "Quality by source", zh: "各来源数据质量"), page.quality()),
            ("findings", Text(en: "Findings", zh: "检查发现"), page.findings()),
            ("duplicates", Text(en: "Duplicates", zh: "重复记录"), page.duplicates()),
            ("corrections", Text(en: "Corrections by office", zh: "各单位更正"), page.corrections()),
            ("areas", Text(en: "Areas", zh: "地区"), page.areas()),
            ("run", Text(en: "How the run was done", zh: "运行依据"), page.run()),
        ].filter { !$0.body.html.isEmpty }
        return page.document(
            title: facts.title, skip: ("todo", page.say("Skip to what to do now", "跳到“现在要做什么”")),
            masthead: page.masthead(), sections: sections, footer: page.footer()
        ).html
    }
}

extension Page {
    func masthead() -> Markup {
        let product = say("Qingku · report of a clean-up", "清库 · 数据清理报告")
        let who: Markup = facts.actor.isEmpty ? "" : say(", run by \(data: facts.actor)", "，由 \(data: facts.actor) 运行")
        return """
            <header>
            <p class="product">\(product)</p>
            <h1>\(data: facts.title)</h1>
            <p class="purpose"><span>\(say("Purpose", "用途"))</span> \(data: facts.purpose)</p>
            <p class="meta">\(say("State of \(day(facts.day))", "数据日期 \(day(facts.day))"))\(who) · \(say("rule book", "规则")) \(code(facts.rulesFile))</p>
            </header>
            """
    }

    func footer() -> Markup {
        say(
            "Made by Qingku \(facts.toolVersion). The same inputs, rules and decisions give this page again, byte for byte. Scores are about pairs of records and about data, never about persons.",
            "由清库 \(facts.toolVersion) 生成。相同的输入、规则和判定会逐字节得到同一页面。评分只针对记录对和数据，不针对任何个人。")
    }
}
