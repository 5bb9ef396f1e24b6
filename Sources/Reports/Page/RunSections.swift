import Records

extension Page {
    func corrections() -> Markup {
        if facts.corrections.isEmpty { return "" }
        let rows = facts.corrections.map { summary -> Markup in
            let files = [summary.page, summary.xmlFile].compactMap { $0 }.map { code($0) }
            let note: Markup =
                files.map { file -> Markup in "<small class=\"under\">\(file)</small>" }.joined()
                + (summary.note.map { "<small class=\"under\">\(say($0))</small>" } ?? "")
            return """
                <tr>\(rowHead("\(data: summary.source)"))\(tdNumber("\(summary.changes)"))\(tdNumber("\(summary.fills)"))\(tdNumber("\(summary.merges)"))\(tdNumber("\(summary.adds)"))<td>\(code(summary.file))\(note)</td>\(td("\(summary.encoding)"))</tr>
                """
        }
        let body = table(
            say("Corrections", "更正清单"),
            head: [
                th(say("Office", "单位")), thNumber(say("Cells to change", "更改")),
                thNumber(say("Cells to fill in", "补填")),
                thNumber(say("Records to merge", "合并记录")), thNumber(say("Records to add", "补登记录")),
                th(say("File", "文件")), th(say("Encoding", "编码")),
            ], rows: rows, kind: "corrections")
        let guarded = facts.corrections.reduce(0) { $0 + $1.guardedCells }
        let guardNote: Markup =
            guarded == 0
            ? ""
            : "<p class=\"note\">\(say("\(guarded) cells begin with a character that a spreadsheet takes for a formula; they carry a leading apostrophe in these files.", "有 \(guarded) 个单元格以电子表格会当作公式的字符开头，在这些文件中前面加了单引号。"))</p>\n"
        let lead = say(
            "What each office should change in its own data. <b>\(facts.changedCells)</b> cells of the master already differ from a record they stand for; <a href=\"changes.csv\">changes.csv</a> names each with its rule.",
            "各单位应在自己的数据中更正的内容。主数据中已有 <b>\(facts.changedCells)</b> 个单元格与其来源记录不同，逐条规则见 <a href=\"changes.csv\">changes.csv</a>。"
        )
        return section("corrections", say("Corrections by office", "各单位更正"), lead, body + guardNote + followUp())
    }

    /// What became of the corrections of the run before.
    private func followUp() -> Markup {
        guard let followUp = facts.followUp, followUp.total > 0 else { return "" }
        let hasUnknown = followUp.sources.contains { $0.counts[.unknown] ?? 0 > 0 }
        let statuses = FollowUpStatus.allCases.filter { $0 != .unknown || hasUnknown }
        let rows = followUp.sources.map { source -> Markup in
            let counts = statuses.map { tdNumber("\(source.counts[$0] ?? 0)") }
            return "<tr>\(rowHead("\(data: source.source)"))\(counts)</tr>"
        }
        let link: Markup = "<p class=\"note\"><a href=\"\(FollowUpFile.name)\">\(FollowUpFile.name)</a></p>\n"
        let counts = table(
            say("What became of the corrections of run \(followUp.run)", "第 \(followUp.run) 次运行的更正结果"),
            head: [
                th(say("Office", "单位")), thNumber(say("Applied", "已采纳")), thNumber(say("Ignored", "未处理")),
                thNumber(say("Contradicted", "有异议")), thNumber(say("Record gone", "记录已不存在")),
            ] + (hasUnknown ? [thNumber(say("Not known: no record id", "无法得知：没有编号"))] : []), rows: rows)
        return counts + link
    }

    /// What went in, under which rules, made by what: enough to do it again.
    func run() -> Markup {
        let inputs = facts.sources.map { source -> Markup in
            "<tr>\(rowHead("\(data: source.name)"))<td>\(data: source.fileName)<small class=\"under hash\">\(source.file.sha256)</small></td>\(td(reading(source)))\(tdNumber("\(source.file.size)"))\(tdNumber("\(source.records)"))</tr>"
        }
        let sensitive = facts.sensitiveFeatures.map { feature -> Markup in
            "<div><dt>\(fieldName(feature.field))</dt><dd>\(say("a sensitive field, compared because", "敏感字段，参与比较的理由")): \(data: feature.reason)</dd></div>"
        }
        return section(
            "run", say("How the run was done", "运行依据"), nil,
            table(
                say("Inputs", "输入文件"),
                head: [
                    th(say("Source", "来源")), th(say("File and SHA-256", "文件与 SHA-256")), th(say("Read as", "读取方式")),
                    thNumber(say("Bytes", "字节")), thNumber(say("Records", "记录")),
                ], rows: inputs, kind: "inputs") + """
                    <dl class="facts"><div><dt>\(say("Rule book", "规则文件"))</dt><dd>\(code(facts.rulesFile)) <small class="hash">\(facts.rulesSHA256)</small></dd></div>
                    \(sensitive)<div><dt>\(say("Tool", "工具"))</dt><dd>Qingku \(facts.toolVersion)</dd></div>
                    <div><dt>\(say("“Today” in checks", "检查所用的“今天”"))</dt><dd>\(day(facts.day))</dd></div>
                    <div><dt>\(say("Everything else", "其他"))</dt><dd><a href="run.json">run.json</a> \(say("has model parameters, hashes of all output files, timings and memory", "包含模型参数、全部输出文件的校验值、耗时与内存"))</dd></div></dl>

                    """)
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
        if let asOf = source.profile.asOf {
            result += "<small class=\"under\">\(say("as of", "截至")) \(day(asOf))</small>"
        }
        return result
    }
}
