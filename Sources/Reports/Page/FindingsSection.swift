import Records

extension Page {
    /// Findings by check, the gravest and most frequent first, with records to look up; then trouble with the files.
    func findings() -> (id: Markup, title: Text, body: Markup)? {
        part("findings") { tables in
            let links: Markup =
                tables.isEmpty ? "" : "<p class=\"note\"><a href=\"findings.csv\">findings.csv</a></p>\n"
            return tally(tables["findings"], facts.checks) + tally(tables["issues"], facts.issues) + links
        }
    }

    private func tally(_ table: ReportTable?, _ checks: [CheckTally]) -> Markup {
        table.map { self.table($0, kind: "checks") { details(checks[$0]) } } ?? ""
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
