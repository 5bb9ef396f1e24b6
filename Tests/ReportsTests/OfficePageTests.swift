import Foundation
import Records
import Testing

@testable import Reports

struct OfficePageTests {
    private func page(_ language: Language, total: Int = 12) -> String {
        var facts = RunFacts(
            title: "Register <of> clients", purpose: "Yearly count", language: language, toolVersion: "0",
            rulesFile: "r.yaml", rulesSHA256: "", day: "2026-11-21")
        facts.actor = "officer"
        var summary = CorrectionsFile.Summary(
            source: "社区", file: "corrections/社区.csv", encoding: "gb18030", changes: total, fills: total / 2,
            merges: total / 3, adds: total / 12, guardedCells: 2,
            reasons: [.init(name: Text(en: "the cell is empty", zh: "该单元格为空"), count: total / 2)],
            columns: [.init(name: Text(en: "sfzh<", zh: "sfzh<"), count: total)])
        summary.xmlFile = "corrections/社区.xml"
        return OfficePage.html(facts, summary)
    }

    @Test(arguments: Language.allCases) func `the letter says what to do, why, where and what happens next`(
        language: Language
    ) {
        let html = page(language)
        for words in [
            ["Change cells", "更改单元格"], ["Fill in empty cells", "补填空单元格"], ["Merge records", "合并记录"],
            ["Add records", "补登记录"], ["the cell is empty", "该单元格为空"], ["your next export", "下一次导出文件"],
        ] {
            #expect(html.contains(words[language == .english ? 0 : 1]))
        }
        #expect(html.contains("社区.xml") && html.contains("Register &lt;of&gt; clients") && html.contains("sfzh&lt;"))
        #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("<script"))
    }

    @Test func `an office without corrections is told so`() {
        let html = page(.english, total: 0)
        #expect(html.contains("Nothing to correct"))
        #expect(!html.contains("<ol"))
    }
}
