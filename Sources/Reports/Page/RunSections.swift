import Records

extension Page {
    func corrections() -> (id: Markup, title: Text, body: Markup)? {
        part("corrections") { tables in
            let guarded = facts.corrections.reduce(0) { $0 + $1.guardedCells }
            let guardNote: Markup =
                guarded == 0
                ? ""
                : "<p class=\"note\">\(say("A leading apostrophe in these files marks \(counted(guarded, "cell")) that a spreadsheet would run as a formula or change.", "有 \(guarded) 个单元格会被电子表格当作公式执行或改动，在这些文件中前面加了单引号。"))</p>\n"
            let details = { (row: Int) -> Markup? in
                let summary = facts.corrections[row]
                let files = [summary.page, summary.xmlFile].compactMap { $0 }.map { code($0) }
                let notes = files + [summary.note.map { say($0) }].compactMap { $0 }
                return notes.isEmpty ? nil : "<p>\(notes.joined(" "))</p>"
            }
            return (tables["corrections"].map { table($0, kind: "checks", detail: details) } ?? "") + guardNote
                + shown(tables["answers"])
                + "<p class=\"note\"><a href=\"changes.csv\">changes.csv</a>\(facts.followUp == nil ? "" : " <a href=\"\(FollowUpFile.name)\">\(FollowUpFile.name)</a>" as Markup)</p>\n"
        }
    }

    /// What went in, under which rules, made by what: enough to do it again.
    func run() -> (id: Markup, title: Text, body: Markup)? {
        part("run") { tables in
            let details = { (row: Int) -> Markup? in "<p>\(reading(facts.sources[row]))</p>" }
            return (tables["inputs"].map { table($0, kind: "checks inputs", detail: details) } ?? "") + """
                <dl class="facts"><div><dt>\(say("Rule book", "规则文件"))</dt><dd>\(code(facts.rulesFile)) <small class="hash">\(facts.rulesSHA256)</small></dd></div>
                <div><dt>\(say("Tool", "工具"))</dt><dd>Qingku \(facts.toolVersion)</dd></div>
                <div><dt>\(say("“Today” in checks", "检查所用的“今天”"))</dt><dd>\(day(facts.day))</dd></div>
                <div><dt>\(say("Everything else", "其他"))</dt><dd><a href="run.json">run.json</a> \(say("has model parameters, hashes of all output files, timings and memory", "包含模型参数、全部输出文件的校验值、耗时与内存"))</dd></div></dl>

                """
        }
    }

    private func reading(_ source: SourceFacts) -> Markup {
        var parts: [Markup] = ["\(source.file.format.rawValue.uppercased())", "\(source.file.encoding)"]
        if let dialect = source.file.dialect {
            let delimiters = [
                ",": say("comma", "逗号"), ";": say("semicolon", "分号"), "\t": say("tab", "制表符"), "|": say("bar", "竖线"),
            ]
            parts.append(delimiters[dialect.delimiter] ?? code(dialect.delimiter))
            parts.append("\(dialect.lineEnding.uppercased())")
            if dialect.hasByteOrderMark { parts.append("BOM") }
        }
        if let path = source.file.recordPath { parts.append(code(path)) }
        var result = parts.joined(" · ")
        if let guessed = source.file.dialect?.guessed, !guessed.isEmpty {
            let words = guessed.map { DialectWords.title($0)(language) }
            let list = words.joined(separator: language(en: ", ", zh: "、"))
            result += "<small class=\"under\">\(say("found from the data:", "根据数据推断：")) \(list)</small>"
        }
        return result
    }
}
