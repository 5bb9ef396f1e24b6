import Estimation
import Foundation
import Importers
import Records
import Testing

@testable import Reports

/// One set of numbers, four ways of writing it down.
struct ReportNumbersTests {
    /// A run with everything a report can show: runs before it, what changed, who is in which source, how many there are.
    private func facts(_ language: Language) -> RunFacts {
        var facts = sampleRun(language)
        facts.run = 3
        facts.overlap = OverlapFacts(
            [0, 4_000, 3_100, 2_900, 700, 412, 19, 3_987], sources: 3, suppressBelow: 10)
        let interval = PopulationEstimate.Interval(
            value: 17_204.4, standardError: 81.2, lower: 17_050.1, upper: 17_368.9)
        facts.population = PopulationFacts(
            lists: ["registry", "community", "dossier"], listed: 15_118, linked: interval, corrected: interval,
            models: [
                .init(
                    interactions: [[0, 1]], deviance: 1.2, freedom: 1, bic: 3, aicc: 4, weight: 0.75,
                    estimate: interval,
                    isChosen: true),
                .init(
                    interactions: [], deviance: 9.8, freedom: 3, bic: 12, aicc: 13, weight: 0.25, estimate: interval,
                    isChosen: false),
            ])
        var first = facts
        first.run = 1
        facts.history = [RunPoint(first)]
        first.run = 2
        facts.history.append(RunPoint(first))
        var shift = FindingShift(
            check: "resident-id-check-character", kind: .error, severity: .error, source: "registry")
        (shift.new, shift.returned, shift.healed, shift.vanished, shift.open) = (61, 4, 17, 2, 1_205)
        var cells = CellShift(field: "phone")
        (cells.changed, cells.filled, cells.emptied) = (31, 1_207, 5)
        facts.since = RunShift(
            before: 2, findings: [shift],
            persons: RunShift.Persons(
                facts.identity ?? .init(kept: 0, new: 0, returned: 0, merged: 0, split: 0), before: 15_000),
            cells: [cells], drift: nil,
            alarms: [Alarm(name: "persons", measured: 0.12, limit: 0.1, text: Text(en: "many", zh: "很多"))])
        return facts
    }

    /// Numbers in a text, without separators of thousands.
    private func numbers(_ text: some StringProtocol) -> [String] {
        String(text).replacing(",", with: "").matches(of: /[0-9]+(?:\.[0-9]+)?/).map { String($0.output) }
    }

    /// Cells of every table of a page, by the table's id and row by row; details under rows are left out.
    private func tables(html: String) -> [String: [[String]]] {
        var tables: [String: [[String]]] = [:]
        for match in html.matches(of: /(?s)<table id="t-([^"]+)"[^>]*>(.*?)<\/table>/) {
            let body = match.output.2.split(separator: "</thead>", maxSplits: 1).last ?? ""
            tables[String(match.output.1)] = body.matches(of: /(?s)<tr>(.*?)<\/tr>/).map { row in
                row.output.1.matches(of: /(?s)<t[hd]([^>]*)>(.*?)<\/t[hd]>/).map { cell in
                    String(cell.output.2).replacing(/(?s)<svg.*?<\/svg>/, with: "").replacing(/<[^>]+>/, with: " ")
                }
            }
        }
        return tables
    }

    /// Of a Markdown document, by the order of its tables.
    private func tables(markdown: String) -> [[[String]]] {
        var tables: [[[String]]] = []
        var isInTable = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("| ---") || line.hasPrefix("| ---:") {
                isInTable = true
                tables.append([])
            } else if isInTable, line.hasPrefix("| ") {
                tables[tables.count - 1].append(
                    String(line.dropFirst(2).dropLast(2)).components(separatedBy: " | "))
            } else {
                isInTable = false
            }
        }
        return tables
    }

    @Test(arguments: Language.allCases)
    func `U25: page, Markdown and JSON have the same numbers in every cell`(language: Language) throws {
        let facts = facts(language)
        let report = ReportNumbers(facts)
        #expect(report.tables.count > 20)
        #expect(Set(report.tables.map(\.id)).count == report.tables.count)
        let pages = tables(html: HTMLReport.html(facts))
        let written = tables(markdown: ReportMarkdown.text(report, language))
        #expect(written.count == report.tables.count)
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(ReportJSON.document(report, language).text.utf8)) as? [String: Any])
        let sections = try #require(json["sections"] as? [[String: Any]])
        let parsed = sections.flatMap { $0["tables"] as? [[String: Any]] ?? [] }
        #expect(parsed.map { $0["id"] as? String } == report.tables.map(\.id))
        for (index, table) in report.tables.enumerated() {
            let rows = try #require(parsed[index]["rows"] as? [[String: Any]])
            // The steps stand as a list on the page, each with its number.
            let page = pages[table.id]
            #expect((page == nil) == (table.id == "todo"), "\(table.id)")
            #expect(written[index].count == table.rows.count, "\(table.id)")
            #expect(page == nil || page?.count == table.rows.count, "\(table.id)")
            for (place, row) in table.rows.enumerated() {
                for (column, cell) in row.enumerated() {
                    let here: Comment = "\(table.id) row \(place) \(table.columns[column].id)"
                    let expected = numbers(cell.text(language))
                    let stars = if case .stars = cell { true } else { false }
                    if case .code = cell { continue }
                    #expect(numbers(written[index][place][column].replacing("\\", with: "")) == expected, here)
                    if let page { #expect(numbers(page[place][column]) == expected, here) }
                    let value = rows[place][table.columns[column].id]
                    switch cell {
                    case .count(let count), .change(let count): #expect(value as? Int == count, here)
                    case .rate(let rate):
                        let object = try #require(value as? [String: Any])
                        #expect(object["numerator"] as? Int == rate.rate.part, here)
                        #expect(object["denominator"] as? Int == rate.rate.whole, here)
                        let lower = try #require(object["lower"] as? Double)
                        #expect(rate.intervalText.hasPrefix(percentDigits(lower)), here)
                    case .withheld: #expect(value as? String == "withheld", here)
                    case .none: #expect(value is NSNull, here)
                    default: break
                    }
                    #expect(!stars || value is Int, here)
                }
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `U29: the workbook has them too, read back by our own importer`(language: Language) throws {
        let report = ReportNumbers(facts(language))
        for table in report.tables {
            // The importer reads the first sheet behind the one that says what it is of: one table at a time.
            let one = ReportNumbers(report, only: table.id)
            let rows = try withTemporaryFolder { folder in
                try ReportWorkbook.write(one, language, to: folder + "/r.xlsx")
                let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/r.xlsx")))
                return try WorkbookSheet(bytes, sheet: 1).rows
            }
            #expect(rows.count == table.rows.count + 1, "\(table.id)")
            for (row, cells) in zip(table.rows, rows.dropFirst()) {
                #expect(!cells.cells.values.contains(.formula))
                func text(_ column: Int) -> String {
                    if case .text(let text) = cells.cells[column] { text } else { "" }
                }
                var column = 0
                for (place, cell) in row.enumerated() {
                    let isRates = table.rows.contains { if case .rate = $0[place] { true } else { false } }
                    switch cell {
                    case .count(let count), .change(let count), .stars(let count): #expect(Int(text(column)) == count)
                    case .rate(let rate):
                        #expect(Int(text(column + 1)) == rate.rate.part)
                        #expect(Int(text(column + 2)) == rate.rate.whole)
                        if let share = rate.rate.share {
                            #expect(abs((Double(text(column)) ?? -1) - share) < 1e-9)
                        }
                    case .share(let share): #expect(abs((Double(text(column)) ?? -1) - share) < 1e-9)
                    case .none: #expect(text(column).isEmpty)
                    default: #expect(!text(column).isEmpty)
                    }
                    column += isRates ? 5 : 1
                }
            }
        }
    }

    @Test func `U27: every rate has numerator, denominator and Wilson's interval`() {
        let rate = ReportRate(Rate(3, of: 400))
        #expect(ReportCell.rate(rate).text(.english) == "0.8% (3 / 400; 0.3–2.2)")
        #expect(ReportRate(Rate(0, of: 600)).intervalText == "0.0–0.6")
        #expect(ReportRate(Rate(0, of: 0)).interval == nil)
    }

    @Test(arguments: Language.allCases)
    func `a page from the account of a run is that from its facts, byte for byte`(language: Language) throws {
        let facts = facts(language)
        func stored(_ facts: RunFacts) throws -> RunFacts {
            var stored = try RunFacts(account: Array(RunJSON.document(facts, files: []).text.utf8))
            (stored.history, stored.since) = (facts.history, facts.since)
            stored.takeExamples(Array(ExamplesFile.text(facts).utf8))
            return stored
        }
        let once = try stored(facts)
        #expect(HTMLReport.html(once) == HTMLReport.html(try stored(once)))
        #expect(
            ReportMarkdown.text(ReportNumbers(once), language) == ReportMarkdown.text(ReportNumbers(facts), language))
        #expect(RunJSON.document(once, files: []).text.contains("\"titles\""))
        let other: Language = language == .english ? .chinese : .english
        var translated = once
        translated.language = other
        #expect(
            ReportMarkdown.text(ReportNumbers(translated), other) == ReportMarkdown.text(ReportNumbers(facts), other))
    }

    @Test func `the account of a run has counts alone, and records are where erasure takes them`() {
        let facts = facts(.english)
        let account = RunJSON.document(facts, files: []).text
        let examples = facts.checks.flatMap(\.examples).filter { !$0.recordID.isEmpty }
        #expect(!examples.isEmpty)
        for example in examples {
            #expect(!account.contains("\"\(example.recordID)\""))
            #expect(ExamplesFile.text(facts).contains("\"\(example.recordID)\""))
        }
        let page = HTMLReport.html(facts.withoutExamples)
        for pair in facts.matching?.toReview ?? [] { #expect(!page.contains(pair.a.recordID)) }
    }

    @Test(arguments: Language.allCases)
    func `the page is in the order of use and asks for nothing from outside`(language: Language) {
        let html = HTMLReport.html(facts(language))
        let ids = html.matches(of: /<section id="([^"]+)"/).map { String($0.output.1) }
        #expect(
            ids == [
                "todo", "trend", "score", "offices", "since", "findings", "corrections", "duplicates", "persons",
                "fields", "run",
            ])
        for word in ["http://", "https://", "<script", "src=", "@import", "url(http", "url(//"] {
            #expect(!html.contains(word), "\(word)")
        }
        for match in html.matches(of: /<svg[^>]*>/) {
            #expect(match.output.contains("aria-") || match.output.contains("overflow"), "\(match.output)")
        }
    }

    @Test func `an estimate beyond all bounds is no number of persons`() throws {
        let interval = PopulationEstimate.Interval(
            value: 17_204.4, standardError: 81.2, lower: 17_050.1, upper: 17_368.9)
        func population(_ value: Double) -> JSON {
            let estimate = PopulationEstimate.Interval(
                value: value, standardError: value, lower: 0, upper: 2 * value)
            return RunJSON.population(
                PopulationFacts(
                    lists: ["a", "b"], listed: 10, linked: interval, corrected: nil,
                    models: [
                        .init(
                            interactions: [], deviance: 0, freedom: 0, bic: 0, aicc: 0, weight: 1, estimate: interval,
                            isChosen: true),
                        .init(
                            interactions: [[0, 1]], deviance: 0, freedom: 0, bic: 0, aicc: 0, weight: 0,
                            estimate: estimate, isChosen: false),
                    ]))
        }
        let models = [1_000, 1e12, .infinity, .nan].map { population($0).text.components(separatedBy: "interactions") }
        #expect(models.map { $0.count - 1 } == [2, 1, 1, 1])
    }

    @Test(arguments: [
        ("Cells of the master, of persons in both runs", "Cells of the master"),
        ("Persons there are, those in no source included", "Persons there are"), ("By source", "By source"),
        ("What a merge line costs and what it brings", "What a merge line costs"),
        ("Pairs [over] the: line", "Pairs  over  the  line"),
        ("各来源组合的人数及其在主数据中的比率与上次运行相比的全部变化情况", "各来源组合的人数及其在主数据中的比率与上次运行相比的全部"),
    ])
    func `the name of a sheet ends with a whole word`(title: String, name: String) {
        var taken: Set<String> = []
        #expect(ReportWorkbook.name(title, &taken) == name)
        #expect(ReportWorkbook.name(title, &taken) == name + " 2")
    }

    @Test func `trend, tables and intervals write a share alike, and what is not all never as all`() throws {
        let almost = Rate(35_953, of: 35_970)
        let share = try #require(almost.share)
        #expect(ReportCell.rate(ReportRate(almost)).text(.english).hasPrefix("99.9% (35,953 / 35,970; 99.9–99.9)"))
        #expect(ReportCell.share(share).text(.english) == "99.9%")
        let rates = TrendSeries.all(of: [RunPoint(facts(.english))]).filter { $0.text(0.5) == "50.0%" }
        #expect(rates.count > 3)
        #expect(rates.allSatisfy { $0.text(share) == "99.9%" && $0.text(1) == "100.0%" && $0.text(0.0001) == "0.1%" })
    }

    @Test func `the estimates of three lists stay hidden beside withheld overlaps, also of a run that has them stored`()
        throws
    {
        var facts = facts(.english)
        #expect(!facts.hidesPopulation)
        facts.overlap = OverlapFacts([0, 4_000, 3_100, 2_900, 700, 412, 9, 3_997], sources: 3, suppressBelow: 10)
        #expect(facts.hidesPopulation)
        let bytes = Array(RunJSON.document(facts, files: []).text.utf8)
        let stored = try RunFacts(account: bytes)
        #expect(stored.population == nil)
        let page = HTMLReport.html(stored)
        #expect(page.contains("the estimates would give these numbers away"))
        #expect(!page.contains("17,204"))
        // Two lists: their totals tell as much.
        facts.sources = Array(facts.sources.prefix(2))
        #expect(!facts.hidesPopulation)
    }

    @Test func `stars follow the colours of the scorecard`() {
        let plan = QualityPlan()
        func stars(_ shares: Double...) -> Int? {
            OfficeStars.count(
                zip(shares, DimensionWords.scorecard).map { (Rate(Int($0 * 1_000), of: 1_000), $1) }, plan)
        }
        #expect(stars(1, 1, 1, 1, 1) == 5)
        #expect(stars(0.1, 0.2) == 1)
        #expect(stars(0.99, 0.96, 0.91, 0.5) == 3)
        #expect(stars(0.96, 0.96) == 4)
        // 14 of 15 points are not all of them.
        #expect(stars(1, 1, 1, 1, 0.96) == 4)
        #expect(stars() == nil)
    }

    @Test func `the curve of precision and recall follows the probabilities of pairs`() {
        let matching = facts(.english).matching
        let bins = [(0, 10, 4.0), (1, 20, 16.0), (2, 40, 39.6)].map {
            MatchingFacts.Bin(from: $0.0, pairs: $0.1, toReview: 0, expected: $0.2)
        }
        let model = ModelSummary(
            classes: [], iterations: 1, converged: true, candidatePairs: 100, patterns: 1, mergeLine: 0.66,
            reviewLine: 0.5,
            expectedPrecision: (0.9, 0), expectedRecall: (0.8, 0), warnings: [])
        let points = ThresholdCurve.points(
            MatchingFacts(
                comparisons: matching?.comparisons ?? [], blocking: [], model: model, outcomes: [], histogram: bins,
                toReview: []))
        #expect(points.map(\.pairs) == [70, 60, 40])
        // 55.6 matches over the merge line are 0.8 of all there are.
        #expect(points.map { decimal($0.precision, 3) } == ["0.851", "0.927", "0.990"])
        #expect(points.map { decimal($0.recall ?? -1, 3) } == ["0.858", "0.800", "0.570"])
    }
}

extension ReportNumbers {
    /// One of the tables alone.
    fileprivate init(_ numbers: ReportNumbers, only id: String) {
        self.init(
            kind: numbers.kind, title: numbers.title, purpose: numbers.purpose, origin: numbers.origin,
            sections: [Section("one", Text(en: "", zh: ""), numbers.tables.filter { $0.id == id })])
    }
}
