import Records
import Testing

@testable import Reports

struct BulletinTests {
    @Test(arguments: [
        ("2026-W45", "2026-11-02", "2026-11-08"), ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"), ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
    ])
    func `a period has its first and its last day`(name: String, first: String, last: String) throws {
        let period = try #require(BulletinPeriod(name))
        #expect(period.id == name)
        #expect((period.first, period.last) == (first, last))
        #expect(period.holds(first) && period.holds(last))
        #expect(BulletinPeriod(period.kind, holding: first) == period)
        #expect(BulletinPeriod(period.kind, holding: last) == period)
    }

    @Test(arguments: [
        "2026-W54", "2025-W53", "2026-13", "2026-00", "2026-Q5", "2026", "2026-W5", "26-01", "2026-1", "x", "",
    ])
    func `what is no period is none`(name: String) {
        #expect(BulletinPeriod(name) == nil)
    }

    private func row(_ code: String, _ level: String, persons: Int?, sound: Int?, isRest: Bool = false)
        -> QualityAreas.Area
    {
        QualityAreas.Area(
            level: QualityAreas.Level(rawValue: level) ?? .area, code: code, name: "area " + code, isRest: isRest,
            row: QualityRow(
                records: persons, persons: persons, personsWithErrors: nil, grades: [],
                rates: Dimension.allCases.map { dimension in
                    guard dimension == .soundness, let persons, let sound else { return nil }
                    return Rate(sound, of: persons)
                }, withheld: Dimension.allCases.map { _ in persons == nil }))
    }

    private func point(_ run: Int, _ day: String, _ areas: [QualityAreas.Area]) -> RunPoint {
        var facts = sampleRun(.english)
        facts.run = run
        if let quality = facts.quality {
            facts.quality = QualityFacts(
                plan: quality.plan, sources: quality.sources, total: quality.total,
                areas: QualityAreas(field: "residence", suppressBelow: 10, rows: areas))
        }
        var point = RunPoint(facts)
        point.day = day
        return point
    }

    private func bulletin(area: String? = nil, below: Int = 10) throws -> Bulletin {
        let before = [
            row("510000", "province", persons: 300, sound: 210),
            row("510100", "prefecture", persons: 100, sound: 80), row("510300", "prefecture", persons: nil, sound: nil),
            row("510400", "prefecture", persons: nil, sound: nil),
        ]
        let now = [
            row("510000", "province", persons: 360, sound: 290),
            row("510100", "prefecture", persons: 120, sound: 90), row("510300", "prefecture", persons: 140, sound: 120),
            row("510400", "prefecture", persons: nil, sound: nil),
        ]
        return Bulletin(
            period: try #require(BulletinPeriod("2026-10")), title: "Register", purpose: "Test", language: .english,
            toolVersion: "1", plan: QualityPlan(), runs: [point(1, "2026-10-05", before), point(2, "2026-10-19", now)],
            before: point(0, "2026-09-21", before), area: area)
    }

    @Test func `areas are ranked by their data, with the move since the period before`() throws {
        let numbers = ReportNumbers(try bulletin())
        #expect(numbers.kind.en == "Data quality bulletin, October 2026")
        let table = try #require(numbers.section("areas")?.tables.first)
        let texts = table.rows.map { row in row.prefix(6).map { $0.text(.english) } }
        #expect(
            texts == [
                ["1", "–", "area 510300", "510300", "140", "–"], ["2", "−1", "area 510100", "510100", "120", "+20"],
                ["–", "–", "area 510400", "510400", "*", "–"],
            ])
    }

    @Test func `an area has those within it, and nothing of the whole`() throws {
        let numbers = ReportNumbers(try bulletin(area: "510000"))
        #expect(numbers.sections.map(\.id) == ["areas"])
        #expect(numbers.kind.en.hasSuffix("area 510000 510000"))
        #expect(try bulletin(area: "510000").areas.map(\.code).contains("510100"))
    }

    @Test func `an area has its own numbers, also where none lies within it`() throws {
        for (area, tables) in [("510000", ["area", "areas"]), ("510100", ["area"])] {
            let section = try #require(ReportNumbers(try bulletin(area: area)).section("areas"))
            #expect(section.tables.map(\.id) == tables)
        }
        let own = try #require(ReportNumbers(try bulletin(area: "510100")).section("areas")?.tables.first)
        #expect(
            own.rows.map { row in row.prefix(4).map { $0.text(.english) } } == [
                ["area 510100", "510100", "120", "+20"]
            ])
        let withheld = try #require(ReportNumbers(try bulletin(area: "510400")).section("areas")?.tables.first)
        #expect(withheld.rows.first?[2].text(.english) == "*")
        #expect(withheld.note?.en.hasPrefix("* Withheld") == true)
    }

    @Test func `U28: what was withheld in a period cannot be had from the next one's movement`() throws {
        let bulletin = try bulletin()
        let table = try #require(ReportNumbers(bulletin).section("areas")?.tables.first)
        for row in table.rows {
            guard case .code(let code) = row[3], let before = bulletin.before?.rows.first(where: { $0.code == code })
            else { continue }
            let isToldBefore = before.persons != nil
            if case .change = row[5] { #expect(isToldBefore) }
            for cell in row {
                if case .rate(let rate) = cell, rate.change != nil { #expect(isToldBefore) }
            }
        }
    }

    @Test func `an earlier run that withheld less shows no areas any more`() throws {
        let strict = try bulletin().runs[1]
        var loose = strict
        loose = RunPoint(
            run: loose.run, asOf: loose.asOf, day: loose.day, counts: loose.counts, rows: loose.rows,
            offices: loose.offices,
            suppressBelow: 3, since: nil)
        #expect(loose.shown(below: 10).rows.allSatisfy { $0.scope != .area })
        #expect(strict.shown(below: 10) == strict)
    }

    @Test func `week, month and quarter of one run withhold the same cells`() throws {
        let month = try bulletin()
        func areas(_ name: String) throws -> [[String]] {
            let other = Bulletin(
                period: try #require(BulletinPeriod(name)), title: month.title, purpose: month.purpose,
                language: .english,
                toolVersion: "1", plan: month.plan, runs: [month.runs[1]], before: month.before, area: nil)
            return try #require(ReportNumbers(other).section("areas")?.tables.first).rows.map { row in
                row.map { $0.text(.english) }
            }
        }
        let week = try areas("2026-W43")
        #expect(week == (try areas("2026-Q4")))
        #expect(week == (try areas("2026-10")))
    }

    @Test(arguments: Language.allCases)
    func `the page stands alone`(language: Language) throws {
        var facts = try bulletin()
        facts = Bulletin(
            period: facts.period, title: "<b>", purpose: facts.purpose, language: language, toolVersion: "1",
            plan: facts.plan,
            runs: facts.runs, before: facts.before, area: nil)
        let html = BulletinPage.html(facts)
        #expect(html.contains(facts.period.title(language)))
        #expect(!html.contains("<h1><b>"))
        for word in ["http://", "https://", "<script", "src=", "@import"] { #expect(!html.contains(word)) }
    }
}
