import Records

/// The profile for people, in the manner of `report.html`: one file, no network, prints on A4.
package struct ProfilePage: PageParts {
    private let view: ProfileView

    var language: Language { view.language }

    package static func html(_ view: ProfileView) -> String {
        ProfilePage(view: view).page().html
    }

    private func page() -> Markup {
        let sections = view.profiles.enumerated().map { index, file -> (id: Markup, title: Text, body: Markup) in
            let id: Markup = "file\(String(index + 1))"
            let name = view.name(file)
            return (id, Text(en: name, zh: name), self.file(file, id))
        }
        let title = view.say("What the exports hold", "导出文件概览")
        return document(
            title: title, style: Self.style, skip: ("file1", say("Skip to the first file", "跳到第一个文件")),
            masthead: """
                <header>
                <p class="product">\(say("Qingku · profile of exports", "清库 · 导出文件概览"))</p>
                <h1>\(title)</h1>
                <p class="meta">\(say("9 digit, A a letter, 汉 Chinese character.", "9 表示数字，A a 表示字母，汉 表示汉字。")) \(view.showsValues ? say("Values stand here as in the file; the page may name persons.", "各值照文件显示，本页可能含有个人信息。") : say("Values that may be personal are masked.", "可能涉及个人的值已遮盖。"))</p>
                </header>
                """,
            sections: sections,
            footer: say(
                "Made by Qingku \(Version.text). Next: \(code(view.next))",
                "由清库 \(Version.text) 生成。下一步：\(code(view.next))"))
    }

    private func file(_ file: FileProfile, _ id: Markup) -> Markup {
        let lead = say(
            "<b>\(file.records)</b> records, <b>\(file.columns.count)</b> columns. \(data: view.dialect(file).joined(separator: " · "))",
            "<b>\(file.records)</b> 条记录，<b>\(file.columns.count)</b> 列。\(data: view.dialect(file).joined(separator: " · "))"
        )
        return section(
            id, "\(data: view.name(file))", lead,
            trouble(file) + overview(file, id)
                + file.columns.enumerated().map { column($0.element, file, "\(id)c\(String($0.offset + 1))") }
                .joined())
    }

    private func trouble(_ file: FileProfile) -> Markup {
        let remarks = file.remarks.map { "<li>\(say($0))</li>" as Markup }
        let issues = file.issues.map { issue -> Markup in
            let line: Markup = issue.line.map { say(", first on line \($0)", "，最先在第 \($0) 行") } ?? ""
            return "<li>\(say(issue.title)): \(issue.count)\(line)</li>"
        }
        if remarks.isEmpty, issues.isEmpty { return "" }
        return """
            <div class="attention"><h3>\(say("The file as a whole", "整个文件"))</h3><ul>\(remarks + issues)</ul></div>

            """
    }

    private func overview(_ file: FileProfile, _ id: Markup) -> Markup {
        let rows = file.columns.enumerated().map { index, column -> Markup in
            let found = column.oddities.count
            let odd: Markup = found == 0 ? "<td class=\"n none\">–</td>" : tdNumber("\(found)")
            return """
                <tr>\(rowHead("<a href=\"#\(id)c\(String(index + 1))\">\(data: column.header)</a>"))\(td("\(view.kind(column))"))\(share(column.filled, of: file.records))\(tdNumber("\(column.distinct)"))\(tdNumber("\(percentText(Rate(column.singles, of: column.filled).share))"))\(tdNumber("\(view.lengths(column))"))\(odd)</tr>
                """
        }
        return table(
            say("Columns", "各列"),
            head: [
                th(say("Column", "列")), th(say("Likely type", "推测类型")), thNumber(say("Filled", "有值")),
                thNumber(say("Different values", "不同值")), thNumber(say("Unique", "唯一")),
                thNumber(say("Length", "长度")), thNumber(say("To look at", "需留意")),
            ], rows: rows, kind: "overview")
    }

    private func share(_ part: Int, of whole: Int) -> Markup {
        let rate = Rate(part, of: whole)
        return """
            <td class="n rate"><b>\(percentText(rate.share))</b><small>\(part)</small><svg width="100%" height="4" aria-hidden="true"><rect class="track" width="100%" height="4"/><rect class="level" width="\(number: (rate.share ?? 0) * 100)%" height="4"/></svg></td>
            """
    }

    private func column(_ column: ColumnProfile, _ file: FileProfile, _ id: Markup) -> Markup {
        let median: Markup =
            column.lengths.map { lengths in
                let word = plural(lengths.most, "character", "characters")
                return lengths.least == lengths.most
                    ? say(" · \(lengths.most) \(word)", " · \(lengths.most) 个字符")
                    : say(
                        " · \(view.lengths(column)) \(word), half of them up to \(lengths.median)",
                        " · \(view.lengths(column)) 个字符，中位数 \(lengths.median)")
            } ?? ""
        let oddities = column.oddities.map { oddity -> Markup in
            let count: Markup = oddity.cells > 0 ? "<b>\(oddity.cells)</b> " : ""
            let examples = oddity.examples.map { "<q>\(data: view.example($0, of: column))</q>" as Markup }
            return "<li>\(count)\(say(oddity.title)) \(examples.joined(" "))</li>"
        }
        let odd: Markup = oddities.isEmpty ? "" : "<ul class=\"odd\">\(oddities)</ul>\n"
        let general: Markup = column.patternsAreGeneral ? say(" (runs as +)", "（连续相同以 + 表示）") : ""
        return """
            <article id="\(id)"><h3>\(data: column.header) <span class="tag">\(view.kind(column))</span></h3>
            <p class="note">\(say(column.meaning.reason))\(median)</p>
            \(odd)<div class="pair">\(bars(say("Forms", "形式") + general, column.patterns.map { ("\(data: $0.form)", $0.cells) }, column.filled, column.patternCount))\(bars(say("Most frequent values", "最常见的值"), column.values.map { ("\(data: view.value($0.text, of: column))", $0.cells) }, column.filled, column.distinct))</div>
            </article>

            """
    }

    private func bars(_ title: Markup, _ items: [(name: Markup, cells: Int)], _ filled: Int, _ count: Int) -> Markup {
        if items.isEmpty { return "" }
        let rows = items.map { item -> Markup in
            let rate = Rate(item.cells, of: filled)
            return """
                <tr><th scope="row">\(item.name)</th><td class="n">\(item.cells)</td><td class="n">\(percentText(rate.share))</td><td class="bar"><svg width="100%" height="8" aria-hidden="true"><rect class="level" width="\(number: (rate.share ?? 0) * 100)%" height="8"/></svg></td></tr>
                """
        }
        let more = count - items.count
        let rest: Markup = more > 0 ? "<p class=\"note\">\(say("and \(more) more", "另有 \(more) 种"))</p>" : ""
        return """
            <div><table class="bars"><caption><span>\(title)</span></caption>
            <tbody>
            \(rows.joined("\n"))
            </tbody></table>\(rest)</div>
            """
    }

    private static let style: Markup = """

        article { border-top: 1px solid var(--line); padding-top: .2rem; margin-top: 1.4rem; break-inside: avoid; }
        article h3 { margin: .8rem 0 .1rem; font-size: 1.1rem; overflow-wrap: anywhere; } article .tag { font-weight: 400; vertical-align: .1em; }
        .odd { margin: .3rem 0 .8rem; padding: .5rem .9rem .5rem 1.9rem; border-left: 5px solid var(--amber); background: var(--panel); font-size: .9rem; }
        .odd q { quotes: none; background: var(--ground); padding: 0 .3em; white-space: pre-wrap; overflow-wrap: anywhere; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: .4rem 2.2rem; }
        .bars caption { font-size: .875rem; padding-bottom: .1rem; } .bars th { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; white-space: pre-wrap; overflow-wrap: anywhere; }
        .bars th, .bars td { padding-top: .14rem; padding-bottom: .14rem; border-bottom-color: var(--faint); vertical-align: middle; } .bars .bar { width: 28%; min-width: 3rem; }
        """
}
