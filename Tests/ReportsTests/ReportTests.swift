import Foundation
import Records
import Testing

@testable import Reports

struct ReportTests {
    @Test(arguments: [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("\"\u{308}", "&quot;\u{308}"),
        ("<\u{338}script>", "&lt;\u{338}script&gt;"),
        ("a\0b\u{1B}[31m\u{7F}", "a␀b␛[31m␡"), ("张三\n李四", "张三 李四"), ("", ""), ("&amp;", "&amp;amp;"),
    ])
    func `text is escaped byte by byte`(text: String, html: String) {
        #expect(Array(escaped(text).utf8) == Array(html.utf8))
    }

    @Test func `literals are markup and interpolations are not`() {
        let evil = "<script>alert(1)</script>"
        let cell: Markup = "<td title=\"\(evil)\">\(data: evil)\("<b>x</b>" as Markup) \(1_234_567)</td>"
        let safe = "&lt;script&gt;alert(1)&lt;/script&gt;"
        #expect(cell.html == "<td title=\"\(safe)\"><bdi>\(safe)</bdi><b>x</b> 1,234,567</td>")
    }

    @Test(arguments: Language.allCases)
    func `the page stands alone`(language: Language) {
        let html = HTMLReport.html(sampleRun(language))
        #expect(html.contains("<html lang=\"\(language == .chinese ? "zh-Hans" : "en")\">"))
        for word in ["http://", "https://", "<script", "src=", "@import", "url(//", "javascript:"] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html == HTMLReport.html(sampleRun(language)))
    }

    @Test(arguments: Language.allCases)
    func `the page is well formed`(language: Language) throws {
        let html = HTMLReport.html(sampleRun(language))
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([a-z0-9]+)(?:"[^"]*"|[^>"])*?(\/?)>/) where tag.output.3.isEmpty {
            let name = tag.output.2
            if ["meta", "link", "br"].contains(name) { continue }
            if tag.output.1.isEmpty {
                open.append(name)
            } else {
                try #require(open.popLast() == name, "</\(name)> closes another element")
            }
        }
        #expect(open.isEmpty)
    }

    @Test(arguments: Language.allCases)
    func `what was measured is not on the page`(language: Language) {
        var facts = sampleRun(language)
        let before = HTMLReport.html(facts)
        facts.measured = RunFacts.Measured()
        #expect(HTMLReport.html(facts) == before)
    }

    @Test func `hostile names stay text`() {
        var facts = sampleRun(.english)
        facts.title = "<img src=x onerror=alert(1)>"
        facts.purpose = "\u{202E}\"><script>"
        facts.actor = "a\u{308}\"b"
        let html = HTMLReport.html(facts)
        #expect(!html.contains("<img"))
        #expect(!html.contains("<script"))
        #expect(html.contains("<bdi>\u{202E}&quot;&gt;&lt;script&gt;</bdi>"))
    }

    @Test(arguments: Language.allCases)
    func `page, manifest and summary have the same numbers`(language: Language) throws {
        let facts = sampleRun(language)
        let html = HTMLReport.html(facts)
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(RunJSON.document(facts, files: []).text.utf8)) as? [String: Any])
        let counts = try #require(json["counts"] as? [String: Any])
        let lines = TerminalSummary.lines(facts, outbox: "out", next: "qingku review").joined(separator: "\n")
        for key in ["records", "persons", "merged_records", "pairs_to_review", "errors", "omissions"] {
            let number = try #require(counts[key] as? Int)
            #expect(number > 0)
            #expect(html.contains(grouped(number)), "\(key)")
            #expect(lines.contains(grouped(number)), "\(key)")
        }
    }

    @Test func `a run without anything has a page too`() {
        let facts = RunFacts(
            title: "Empty", purpose: "None", language: .english, toolVersion: "1", rulesFile: "r.yaml",
            rulesSHA256: "00",
            day: "2026-11-21")
        let html = HTMLReport.html(facts)
        #expect(html.contains("Nothing waits for a decision"))
        #expect(!html.contains("id=\"duplicates\""))
        #expect(!TerminalSummary.lines(facts, outbox: "o", next: "n").isEmpty)
    }

    @Test(arguments: [
        (1, 3, "33.3%"), (9_999, 10_000, "99.9%"), (1, 100_000, "0.1%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (0, 0, "–"),
    ])
    func `a share that is not whole never reads 100%`(part: Int, whole: Int, text: String) {
        #expect(percentText(Rate(part, of: whole).share) == text)
    }

    @Test func `control characters read as dots, a thousand of them as four`() {
        #expect("a\u{0}\u{1B}b".singleLine == "a··b")
        #expect((String(repeating: "\u{0}", count: 1_000) + "id").singleLine == "···…id")
    }

    @Test func `a table's cells name their column, for screens too narrow for columns`() {
        let html = HTMLReport.html(sampleRun(.english))
        #expect(html.contains(" data-column=\"Severity\""))
    }

    @Test func `quality is counted from the records`() {
        let records = sampleRecords()
        var facts = sampleRun(.english)
        facts.take(records)
        facts.take(sampleMaster(), records)
        let findings = [
            Finding(kind: .error, check: "x", severity: .error, row: 1, field: 2, suggestion: "1"),
            Finding(kind: .omission, check: "y", severity: .error, row: 0, field: 2),
            Finding(kind: .error, check: "x", severity: .error, row: 2, field: 0),
        ]
        let ledger = Ledger(
            ids: [1, 2, 3], states: [.open, .open, .waived], firstRuns: [1, 1, 1],
            waivers: [2: Waiver(finding: 3, by: "w", reason: "r", at: "", until: nil, value: 0)])
        facts.take(findings, ledger: ledger, records) { Text(en: $0, zh: $0) }
        facts.takeQuality(
            records, findings: ledger.standing(findings), accepted: ledger.accepted(findings, in: records),
            RunFacts.QualityInput(
                plan: QualityPlan(verifiedOn: 2, withinDays: 20_000), grade: { [.a, .c, .b][$0] },
                master: sampleMaster(), areas: (1, nil, 0), threads: 1))
        #expect(facts.records == 3)
        #expect(facts.groups == [RunFacts.GroupSize(size: 1, persons: 1), RunFacts.GroupSize(size: 2, persons: 1)])
        #expect(facts.sources.map(\.persons) == [2, 1])
        #expect(facts.sources.map(\.contradictoryRecords) == [1, 0])
        #expect(facts.checks.map(\.check) == ["x", "y"])
        #expect(facts.checks[0].examples.first?.value == "1990/••/•")
        #expect(facts.checks.map(\.waived) == [1, 0])
        let quality = facts.quality
        #expect(quality?.sources.map { $0.rate(.completeness) } == [Rate(2, of: 2), Rate(1, of: 1)])
        #expect(quality?.total.rate(.validity) == Rate(9, of: 9))
        #expect(quality?.total.rate(.accuracy) == Rate(8, of: 9))
        #expect(quality?.total.rate(.consistency) == Rate(2, of: 3))
        #expect(quality?.total.rate(.uniqueness) == Rate(3, of: 3))
        #expect(quality?.total.rate(.soundness) == Rate(2, of: 3))
        #expect(quality?.total.rate(.timeliness) == Rate(3, of: 3))
        #expect(quality?.total.rate(.verification) == Rate(2, of: 2))
        #expect(quality?.total.grades == [1, 1, 1, 0])
        #expect(quality?.areas?.rows.map(\.name) == ["M", "F"])
        #expect(quality?.areas?.rows.map(\.row.persons) == [1, 1])
        #expect(quality?.areas?.rows.map(\.row.personsWithErrors) == [0, 1])
        #expect(quality?.areas?.rows.map(\.row.records) == [2, 1])
    }

    @Test func `names line up in a terminal`() {
        #expect(displayWidth("合计 ab") == 7)
        #expect(displayWidth("e\u{301}") == 1)
        let lines = TerminalSummary.lines(sampleRun(.chinese), outbox: "o", next: "n")
        let starts = lines[2...8].map { line in
            displayWidth(String(line[..<(line.lastIndex(where: \.isASCIIDigit) ?? line.startIndex)]))
        }
        #expect(Set(starts).count == 1)
        #expect(lines.allSatisfy { !$0.contains("\u{1B}") })
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
