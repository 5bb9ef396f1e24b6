import Records

extension Page {
    /// Findings by check, the gravest and most frequent first, with records to look up; then trouble with the files.
    func findings() -> Markup {
        if facts.checks.isEmpty, facts.issues.isEmpty {
            guard facts.records > 0 else { return "" }
            return section(
                "findings", say("Findings", "检查发现"),
                say("The checks found nothing wrong and nothing missing.", "各项检查未发现错误或缺漏。"), "")
        }
        let lead = say(
            "<b>\(facts.wrong)</b> times something is wrong, <b>\(facts.findings(.omission))</b> times something is missing. Examples show record ids and masked values; all findings are in <a href=\"findings.csv\">findings.csv</a>.",
            "发现<b>错误</b> \(facts.wrong) 处、<b>缺漏</b> \(facts.findings(.omission)) 处。示例只显示记录编号和遮盖后的值；全部发现见 <a href=\"findings.csv\">findings.csv</a>。"
        )
        return section(
            "findings", say("Findings", "检查发现"), lead,
            ledger() + tally(say("By check", "按检查项"), facts.checks) + tally(say("Rows and files", "行与文件"), facts.issues)
        )
    }

    /// What became of the findings of the run before.
    private func ledger() -> Markup {
        guard let changes = facts.ledgerChanges else { return "" }
        var items = LedgerWords.all(changes).map { count, text -> Markup in
            say("<li><b>\(count)</b> \(text.en)</li>", "<li>\(text.zh) <b>\(count)</b></li>")
        }
        items.insert("<li>\(say("Since the run before:", "与上次运行相比："))</li>", at: 0)
        return "<ul class=\"ledger\">\(items)</ul>\n"
    }

    private func tally(_ caption: Markup, _ checks: [CheckTally]) -> Markup {
        if checks.isEmpty { return "" }
        let most = checks.map(\.count).max() ?? 1
        let rows = checks.map { check -> Markup in
            let bySource = facts.sources.indices.map { index -> Markup in
                let count = index < check.bySource.count ? check.bySource[index] : 0
                return count == 0 ? "<td class=\"n none\">0</td>" : tdNumber("\(count)")
            }
            let width = Double(check.count) / Double(max(1, most)) * 100
            return """
                <tbody class="check"><tr>\(rowHead("\(severity(check.severity)) \(say(check.title))"))<td class="n total"><b>\(check.count)</b><svg width="100%" height="4" aria-hidden="true"><rect class="bar-\(check.severity.rawValue)" width="\(number: width)%" height="4"/></svg></td>\(bySource)</tr>
                <tr class="detail"><td colspan="\(facts.sources.count + 2)">\(details(check))</td></tr></tbody>
                """
        }
        let head =
            [th(say("Check", "检查项")), thNumber(say("Findings", "发现"))]
            + facts.sources.map { thNumber("\(data: $0.name)") }
        return """
            <div class="scroll" role="region" tabindex="0" aria-label="\(caption)"><table class="checks">
            <caption><span>\(caption)</span></caption>
            <thead><tr>\(head)</tr></thead>
            \(rows.joined("\n"))
            </table></div>

            """
    }

    private func details(_ check: CheckTally) -> Markup {
        var parts: [Markup] = ["<span class=\"id\">\(kindWord(check.kind)) · \(code(check.check))</span>"]
        if !check.byField.isEmpty {
            let fields = check.byField.prefix(4).map { "\(fieldName($0.field)) \($0.count)" as Markup }
            parts.append("<span>\(Array(fields).joined(say(", ", "、")))</span>")
        }
        if check.withSuggestion > 0 {
            parts.append(
                say(
                    "<span>\(check.withSuggestion) with a certain correction</span>",
                    "<span>\(check.withSuggestion) 处有确定的更正值</span>"))
        }
        if check.waived > 0 {
            parts.append(say("<span>\(check.waived) waived</span>", "<span>另有 \(check.waived) 处已豁免</span>"))
        }
        let examples = check.examples.map { example -> Markup in
            let line: Markup = example.line.map { say(" line \(String($0))", " 第 \(String($0)) 行") } ?? ""
            let value: Markup = example.value.isEmpty ? "" : " <q>\(data: example.value)</q>"
            let id: Markup = example.recordID.isEmpty ? "" : " \(data: example.recordID)"
            return "<li>\(data: example.source)\(id)<small>\(line)</small>\(value)</li>"
        }
        let list: Markup = examples.isEmpty ? "" : "<ul class=\"examples\">\(examples)</ul>"
        return "<p>\(parts.joined(" "))</p>\(list)"
    }

    private func kindWord(_ kind: Finding.Kind) -> Markup {
        switch kind {
        case .error: say("wrong", "错")
        case .omission: say("missing", "漏")
        case .duplicate: say("twice", "重")
        }
    }
}
