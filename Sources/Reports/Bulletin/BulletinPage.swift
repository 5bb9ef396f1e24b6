import Records

/// A bulletin for people: one file without scripts, fonts, pictures or addresses from outside, like the report of a run.
package enum BulletinPage {
    package static func html(_ bulletin: Bulletin) -> String {
        let page = NumbersPage(numbers: ReportNumbers(bulletin), language: bulletin.language)
        let sections = page.numbers.sections.map { section -> (id: Markup, title: Text, body: Markup) in
            let charts = section.id == "trend" ? page.trendCharts(bulletin.runs) : Markup()
            return ("\(section.id)", section.title, page.section(section, charts: charts))
        }
        return page.document(
            title: bulletin.title + " · " + bulletin.period.title(bulletin.language),
            skip: (sections.first?.id ?? "areas", page.say("Skip to the numbers", "跳到数据")),
            masthead: page.masthead(page.numbers), sections: sections,
            footer: page.say(
                "Made by Qingku \(bulletin.toolVersion) from the counts that the audit trail keeps of each run. Small numbers are withheld, and so many others that they cannot be worked out. Ranked are areas and offices by their data, never people.",
                "由清库 \(bulletin.toolVersion) 根据审计记录中各次运行的计数生成。小数目不公布，可用于推算的其他数目也不公布。排名只针对地区和单位的数据，不针对个人。")
        ).html
    }
}

/// A page that shows numbers and nothing else.
struct NumbersPage: PageParts {
    let numbers: ReportNumbers
    let language: Language

    func section(_ section: ReportNumbers.Section, charts: Markup) -> Markup {
        self.section(
            "\(section.id)", "\(section.title(language))", section.lead.map { "\($0(language))" },
            charts + section.tables.map { table($0, kind: "score") }.joined())
    }
}
