import Records

/// `corrections/<source>.html`: the letter that goes with an office's corrections. Counts only, no records: it can lie on a
/// desk.
package enum OfficePage {
    package static func name(_ summary: CorrectionsFile.Summary) -> String {
        "corrections/" + Outbox.fileName(for: summary.source) + ".html"
    }

    package static func write(
        _ facts: RunFacts, _ summary: CorrectionsFile.Summary, to sink: inout FileSink
    ) throws {
        sink.append(html(facts, summary))
        try sink.check()
    }

    package static func html(_ facts: RunFacts, _ summary: CorrectionsFile.Summary) -> String {
        let page = Page(facts: facts)
        let title = page.say("Corrections for \(data: summary.source)", "致 \(data: summary.source)：数据更正清单")
        let document: Markup = """
            <!DOCTYPE html>
            <html lang="\(facts.language == .chinese ? "zh-Hans" : "en")">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="referrer" content="no-referrer">
            <title>\(facts.language == .chinese ? "数据更正清单" : "Corrections") · \(summary.source)</title>
            <link rel="icon" href="data:,">
            <style>
            \(styleSheet)
            </style>
            </head>
            <body>
            <header>
            <p class="product">\(page.say("Qingku · corrections for an office", "清库 · 单位更正函"))</p>
            <h1>\(title)</h1>
            <p class="purpose"><span>\(page.say("Registry", "登记册"))</span> \(data: facts.title)</p>
            <p class="purpose"><span>\(page.say("Purpose", "用途"))</span> \(data: facts.purpose)</p>
            <p class="meta">\(page.say("State of \(page.day(facts.day))", "数据日期 \(page.day(facts.day))"))</p>
            </header>
            <main>
            \(page.officeWork(summary))
            \(page.officeReasons(summary))
            \(page.officeColumns(summary))
            \(page.officeFiles(summary))
            </main>
            <footer>\(page.footer(facts.toolVersion))</footer>
            </body>
            </html>

            """
        return document.html
    }
}

extension Page {
    fileprivate func officeWork(_ summary: CorrectionsFile.Summary) -> Markup {
        let id: Markup = "todo"
        if summary.total == 0 {
            return section(
                id, say("Nothing to correct", "没有需要更正的内容"),
                say(
                    "Your export was compared with those of the other offices and checked by itself. Nothing in it has to be changed.",
                    "贵单位的导出文件已与其他单位的数据比对并单独校验，没有需要更改的内容。"), "")
        }
        let work: [(Int, Markup, Markup)] = [
            (
                summary.changes, say("Change cells", "更改单元格"),
                say(
                    "A value was found wrong, or more records, and no less trusted ones, have another. Check it against your papers, then write the value under “after”.",
                    "该值有误，或更多且可信度不低的记录为其他值。请核对原始资料后改为“改为”栏中的值。")
            ),
            (
                summary.fills, say("Fill in empty cells", "补填空单元格"),
                say(
                    "Another record of the same person has the value, or it follows from the record itself.",
                    "同一人的其他记录有该值，或可由本记录推出。")
            ),
            (
                summary.merges, say("Merge records", "合并记录"),
                say(
                    "You hold one person twice. Keep the record whose id stands under “after”, and move to it what only the other one has.",
                    "同一人在贵单位有两条记录。请保留“改为”栏所列编号的记录，并把另一条独有的内容并入。")
            ),
            (
                summary.adds, say("Add records", "补登记录"),
                say(
                    "By the rules the person should stand in your data and does not. Find out whether the record was left out; it is no sign that somebody has no right to anything.",
                    "按规则此人应在贵单位数据中而没有。请核实是否漏登；这并不说明此人不符合任何资格。")
            ),
        ]
        let steps = work.filter { $0.0 > 0 }.map { count, title, detail -> Markup in
            "<li><span class=\"count\">\(count)</span><div><h3>\(title)</h3>\n<p>\(detail)</p></div></li>"
        }
        return section(
            id, say("What to do", "需要做什么"),
            say(
                "Each line of the list is a proposal with its reason. You know your records: where your papers say otherwise, leave the cell as it is or write what is right.",
                "清单中的每一行都是附有理由的建议。贵单位最了解自己的资料：如原始资料与建议不符，请保留原值或填写正确的值。"),
            "<ol class=\"steps\">\n\(steps.joined("\n"))\n</ol>\n")
    }

    fileprivate func officeReasons(_ summary: CorrectionsFile.Summary) -> Markup {
        tallies(
            "reasons", say("Why", "理由"), say("Reason", "理由"), language == .english ? "reason" : "理由",
            summary.reasons.map { (say($0.name), $0.count) })
    }

    fileprivate func officeColumns(_ summary: CorrectionsFile.Summary) -> Markup {
        tallies(
            "columns", say("Which columns", "涉及的栏目"), say("Column of your export", "导出文件的栏目"),
            language == .english ? "column" : "栏目",
            summary.columns.map { ("\(data: $0.name(language))", $0.count) })
    }

    private func tallies(_ id: Markup, _ title: Markup, _ head: Markup, _ small: String, _ rows: [(Markup, Int)])
        -> Markup
    {
        if rows.isEmpty { return "" }
        return section(
            id, title, nil,
            table(
                say("Corrections by \(small)", "按\(small)统计"), head: [th(head), thNumber(say("Corrections", "更正数"))],
                rows: rows.map { "<tr>\(rowHead($0.0))\(tdNumber("\($0.1)"))</tr>" }))
    }

    fileprivate func officeFiles(_ summary: CorrectionsFile.Summary) -> Markup {
        func base(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
        var items: [Markup] = [
            say(
                "\(code(base(summary.file))) opens in a spreadsheet. Its first columns are those of your export, in their order; only the record id and the cell to correct are filled in, and <b>an empty cell stays as it is in your data</b>. The last eight say the line of the export, what to do, the column, the value before and after, the reason, the evidence and the number of the finding. Encoding: \(summary.encoding).",
                "\(code(base(summary.file))) 可用电子表格打开。前面各栏与贵单位导出文件的栏目及顺序相同，只填写记录编号和要更正的单元格，<b>空白表示保留原值</b>。最后八栏为：导出文件行号、操作、栏目、原值、改为、理由、依据、发现编号。编码：\(summary.encoding)。"
            )
        ]
        if let xml = summary.xmlFile {
            items.append(
                say(
                    "\(code(base(xml))) has the same in the structure of your XML export: a record element with its id and the corrected values. What to do and why stands in elements of the namespace \(code(CorrectionsXML.namespace)); without them the file is an export of your own layout.",
                    "\(code(base(xml))) 采用贵单位 XML 导出文件的结构，内容相同：每条记录的元素含编号和更正后的值。操作和理由写在命名空间 \(code(CorrectionsXML.namespace)) 的元素中；去掉它们即为贵单位自己的格式。"
                ))
        }
        if summary.guardedCells > 0 {
            let listed =
                summary.touchedFile.map { Text(en: "; \(code(base($0))) lists them", zh: "，列于 \(code(base($0)))") }
                ?? Text(en: "", zh: "")
            items.append(
                say(
                    "A leading apostrophe in the list marks \(counted(summary.guardedCells, "cell")) that a spreadsheet would run as a formula or change (leading zeros, long numbers). It is not part of the value\(listed.en).",
                    "清单中有 \(summary.guardedCells) 个单元格会被电子表格当作公式执行或改动（前导零、长号码），前面加了单引号；单引号不属于值\(listed.zh)。"))
        }
        if let note = summary.note { items.append(say(note)) }
        items.append(
            say(
                "When your next export comes, Qingku reports which corrections were applied, which were not, where another value was written, and which records are gone. No answer beside the export is needed.",
                "收到贵单位下一次导出文件时，清库会报告哪些更正已采纳、哪些未处理、哪些改成了其他值、哪些记录已不存在；除导出文件外无需另行回复。"))
        items.append(
            say(
                "The files hold data of persons. Keep them where only those who work on them can read them, and delete them when the work is done.",
                "文件含个人信息，请只在经办人员范围内使用，完成后删除。"))
        return section(
            "files", say("The files, and what happens next", "文件说明与后续"), nil,
            "<ul>\(items.map { item -> Markup in "<li>\(item)</li>\n" })</ul>\n")
    }
}
