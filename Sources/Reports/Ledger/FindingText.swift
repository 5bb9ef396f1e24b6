package import Records

/// Findings for a terminal.
package enum FindingText {
    /// Counts by check, then the findings with masked values, then the next useful command.
    ///
    /// - Parameter workspace: as the user named it.
    package static func lines(_ list: FindingList, workspace: String, _ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        guard list.total > 0 else {
            return [
                say("No finding is like that.", "没有符合条件的发现。"),
                say("Next", "下一步") + "  qingku findings --workspace \(workspace)".singleLine,
            ]
        }
        var counts = TextTable([.right, .left, .left, .left, .left])
        for count in list.counts {
            counts.add([
                grouped(count.findings), SeverityWords.text(count.severity)(language), state(count.state)(language),
                count.check, count.title(language),
            ])
        }
        let noun = list.total == 1 ? "finding" : "findings"
        var lines = [say("\(grouped(list.total)) \(noun) by check", "各检查项的发现，共 \(grouped(list.total)) 处")]
        lines += counts.lines
        if !list.findings.isEmpty { lines += [""] + table(list.findings, language) }
        let rest = list.total - list.findings.count
        if rest > 0 {
            lines.append(
                say(
                    "  … and \(grouped(rest)) more (--limit \(list.total), or --csv for a table)",
                    "  ……另有 \(grouped(rest)) 处（--limit \(list.total)，或用 --csv 输出表格）"))
        }
        lines.append("")
        let next = list.findings.first.map { "show \($0.id.prefix(9))" } ?? "--limit 20"
        lines.append(say("Next", "下一步") + "  qingku findings \(next) --workspace \(workspace)".singleLine)
        return lines
    }

    private static func table(_ findings: [ListedFinding], _ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        var table = TextTable([.left, .left, .left, .left, .left, .left, .left])
        table.add([
            say("id", "编号"), say("severity", "程度"), say("record", "记录"), say("field", "字段"), say("value", "值"),
            say("check", "检查项"), say("state", "状态"),
        ])
        for finding in findings {
            let value =
                finding.suggestion.isEmpty
                ? finding.maskedValue : "\(finding.maskedValue) → \(finding.maskedSuggestion)"
            let state = finding.isNew && finding.state == .open ? say("new", "新增") : self.state(finding)(language)
            table.add([
                String(finding.id.prefix(9)), SeverityWords.text(finding.severity)(language),
                clipped("\(finding.source) \(maskedRecordID(finding.recordID))", columns: 30), finding.field ?? "",
                clipped(value, columns: 40), finding.check, state,
            ])
        }
        return table.lines
    }

    /// Everything known of one finding; values as they are.
    package static func lines(_ story: FindingStory, workspace: String, _ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        let finding = story.finding
        var facts = TextTable([.left, .left])
        facts.add([say("finding", "编号"), finding.id])
        facts.add([
            say("check", "检查项"),
            "\(finding.check) (\(SeverityWords.text(finding.severity)(language)), \(kind(finding.kind)(language)))",
        ])
        let line = finding.line.map { say(", line \($0)", "，第 \($0) 行") } ?? ""
        facts.add([say("record", "记录"), "\(finding.source) \(finding.recordID)\(line)"])
        if let field = finding.field { facts.add([say("field", "字段"), field]) }
        facts.add([finding.field == nil ? say("other record", "另一记录") : say("value", "值"), finding.value])
        if !finding.suggestion.isEmpty { facts.add([say("suggestion", "建议值"), finding.suggestion]) }
        facts.add([
            say("to act", "由谁处理"),
            finding.owner.isEmpty ? say("the registry: a decision", "登记机构：需要判定") : finding.owner,
        ])
        facts.add([say("state", "状态"), state(finding)(language)])
        var lines = [finding.message(language).singleLine, ""] + facts.lines
        if !story.cells.isEmpty {
            var cells = TextTable([.left, .left, .left])
            for cell in story.cells {
                cells.add([cell.field, clipped(cell.value, columns: 48), clipped(cell.other ?? "", columns: 48)])
            }
            lines += ["", say("The record", "该记录")] + cells.lines
        }
        lines += ["", say("History", "经过")] + history(story.history, language)
        return lines + [""] + next(finding, workspace, language)
    }

    private static func next(_ finding: ListedFinding, _ workspace: String, _ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        let waiving = "qingku findings waive \(finding.id) --reason … --workspace \(workspace)"
        switch (finding.state, finding.answer) {
        case (.waived, _):
            let command = "qingku findings unwaive \(finding.id) --reason … --workspace \(workspace)"
            return [say("Next", "下一步") + "  \(command)".singleLine]
        case (.resolved, _):
            return [
                say("Next", "下一步") + "  qingku findings --check \(finding.check) --workspace \(workspace)".singleLine
            ]
        case (_, let answer?):
            let command = "qingku \(answer.command) --reason … --workspace \(workspace)"
            let instead = answer.instead.joined(separator: say(", ", "、"))
            return [say("Next", "下一步") + "  \(command)".singleLine]
                + (instead.isEmpty ? [] : [say("  or with \(instead)", "  或改用 \(instead)").singleLine])
                + [say("  to leave it as it is: ", "  维持现状：") + waiving.singleLine]
        case (_, nil): return [say("Next", "下一步") + "  \(waiving)".singleLine]
        }
    }

    private static func history(_ events: [FindingStory.Event], _ language: Language) -> [String] {
        var table = TextTable([.left, .left])
        for event in events {
            let words = what(event)(language)
            table.add([event.at, words])
        }
        return table.lines
    }

    private static func what(_ event: FindingStory.Event) -> Text {
        let run = event.run ?? 0
        let (by, reason) = (event.by ?? "", event.reason ?? "")
        switch event.what {
        case .made: return Text(en: "found first by run \(run)", zh: "第 \(run) 次运行首次发现")
        case .returned: return Text(en: "there again in run \(run)", zh: "第 \(run) 次运行再次出现")
        case .resolved: return Text(en: "healed in run \(run)", zh: "第 \(run) 次运行时已消除")
        case .vanished:
            return Text(en: "resolved in run \(run): the record vanished", zh: "第 \(run) 次运行时记录已不在导出文件中")
        case .waived:
            let until = event.until.map { Text(en: " until \($0)", zh: "，至 \($0)") } ?? Text(en: "", zh: "")
            return Text(en: "waived by \(by)\(until.en): \(reason)", zh: "由 \(by) 豁免\(until.zh)：\(reason)")
        case .takenBack: return Text(en: "waiver taken back by \(by): \(reason)", zh: "\(by) 收回豁免：\(reason)")
        case .lapsed: return Text(en: "waiver lapsed: the value has changed", zh: "豁免失效：值已变化")
        case .expired: return Text(en: "waiver ran out", zh: "豁免到期")
        }
    }

    package static func state(_ state: Ledger.State) -> Text {
        switch state {
        case .open: Text(en: "open", zh: "待处理")
        case .returned: Text(en: "returned", zh: "复现")
        case .resolved: Text(en: "resolved", zh: "已消除")
        case .waived: Text(en: "waived", zh: "已豁免")
        }
    }

    private static func state(_ finding: ListedFinding) -> Text {
        if let waiver = finding.waiver, finding.state == .waived {
            let until = waiver.until.map { Text(en: " until \($0)", zh: "，至 \($0)") } ?? Text(en: "", zh: "")
            return Text(en: "waived by \(waiver.by)\(until.en)", zh: "由 \(waiver.by) 豁免\(until.zh)")
        }
        return finding.hasVanished ? Text(en: "resolved, record vanished", zh: "已消除（记录移除）") : state(finding.state)
    }

    private static func kind(_ kind: Finding.Kind) -> Text {
        switch kind {
        case .error: Text(en: "wrong", zh: "错")
        case .omission: Text(en: "missing", zh: "漏")
        case .duplicate: Text(en: "twice", zh: "重")
        }
    }
}
