package import Records

/// All that a report says in numbers, in the order of reading.
package struct ReportNumbers: Sendable {
    package struct Section: Sendable {
        package let id: String
        package let title: Text
        package var lead: Text?
        package var tables: [ReportTable]

        package init(_ id: String, _ title: Text, lead: Text? = nil, _ tables: [ReportTable]) {
            self.id = id
            self.title = title
            self.lead = lead
            self.tables = tables
        }
    }

    /// What it is of: a run, the bulletin of a month.
    package let kind: Text
    /// The registry.
    package let title: String
    package let purpose: String
    /// What stands under the title: state, who ran it, under which rules.
    package let origin: [(id: String, title: Text, value: ReportCell)]
    package let sections: [Section]

    init(
        kind: Text, title: String, purpose: String, origin: [(id: String, title: Text, value: ReportCell)],
        sections: [Section]
    ) {
        self.kind = kind
        self.title = title
        self.purpose = purpose
        self.origin = origin
        self.sections = sections
    }

    package var tables: [ReportTable] { sections.flatMap(\.tables) }

    package func section(_ id: String) -> Section? { sections.first { $0.id == id } }
}

extension ReportNumbers {
    /// The numbers of a run.
    package init(_ facts: RunFacts) {
        let tables = ReportTables(facts: facts)
        let sections = [
            tables.todo, tables.trend, tables.scorecard, tables.offices, tables.since, tables.findings,
            tables.corrections, tables.duplicates, tables.persons, tables.fields, tables.run,
        ]
        self.init(
            kind: Text(en: "Report of a clean-up", zh: "数据清理报告"), title: facts.title, purpose: facts.purpose,
            origin: tables.origin, sections: sections.compactMap { $0 })
    }
}

/// Makes the tables of a run's report.
struct ReportTables {
    let facts: RunFacts

    typealias Section = ReportNumbers.Section
    typealias Column = ReportTable.Column

    /// Runs that a trend shows, this one included.
    static let trendLength = 12

    /// The runs before this one, the last so many.
    func earlier(_ count: Int) -> ArraySlice<RunPoint> { facts.history.suffix(count) }

    var origin: [(id: String, title: Text, value: ReportCell)] {
        var origin: [(id: String, title: Text, value: ReportCell)] = []
        if facts.run > 0 { origin.append(("run", Text(en: "Run", zh: "运行"), .count(facts.run))) }
        origin.append(("as_of", Text(en: "State of", zh: "数据日期"), .code(facts.day)))
        if !facts.actor.isEmpty { origin.append(("actor", Text(en: "Run by", zh: "运行人"), .name(facts.actor))) }
        origin += [
            ("rules", Text(en: "Rule book", zh: "规则文件"), .code(facts.rulesFile)),
            ("rules_sha256", Text(en: "SHA-256 of the rule book", zh: "规则文件 SHA-256"), .code(facts.rulesSHA256)),
            ("tool", Text(en: "Tool", zh: "工具"), .code("qingku " + facts.toolVersion)),
        ]
        return origin
    }
}
