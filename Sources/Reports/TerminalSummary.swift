import Records

/// What `clean` prints when it is done: plain lines, aligned in any terminal that shows Chinese characters two wide.
package enum TerminalSummary {
    /// - Parameters:
    ///   - outbox: the folder as the user can open it.
    ///   - next: the most useful next command, whole.
    package static func lines(_ facts: RunFacts, outbox: String, next: String) -> [String] {
        let summary = Summary(facts: facts)
        var lines = [facts.title.singleLine, ""]
        lines += summary.counts()
        lines += summary.ledger()
        lines += summary.followUp()
        lines += summary.todo()
        lines += summary.attention()
        lines += ["", summary.say("Outputs", "输出") + "  " + outbox.singleLine]
        lines.append(summary.say("Start with", "请先看") + "  " + HTMLReport.name)
        lines.append(summary.say("Next", "下一步") + "  " + next.singleLine)
        return lines
    }

    /// What `check` prints when it is done.
    ///
    /// - Parameter command: the most useful next command, whole.
    package static func checking(_ facts: RunFacts, folder: String, next command: String) -> [String] {
        let summary = Summary(facts: facts)
        var lines = [facts.title.singleLine, ""]
        lines += summary.checkCounts()
        lines += summary.ledger()
        lines += summary.checks()
        lines += summary.attention()
        lines += ["", summary.say("Outputs", "输出") + "  " + folder.singleLine]
        lines.append(summary.say("Next", "下一步") + "  " + command.singleLine)
        return lines
    }

    /// What `match` prints when it is done.
    ///
    /// - Parameter command: the most useful next command, whole.
    package static func matching(_ facts: RunFacts, folder: String, next command: String) -> [String] {
        let summary = Summary(facts: facts)
        var lines = [facts.title.singleLine, ""]
        lines += summary.matchCounts()
        lines += summary.attention()
        lines += ["", summary.say("Outputs", "输出") + "  " + folder.singleLine]
        lines.append(summary.say("Next", "下一步") + "  " + command.singleLine)
        return lines
    }
}

private struct Summary {
    let facts: RunFacts

    func say(_ en: String, _ zh: String) -> String {
        Text(en: en, zh: zh)(facts.language)
    }

    func counts() -> [String] {
        var rows: [(String, Int, String)] = facts.sources.map { source in
            (source.name.singleLine, source.records, say("records read", "条记录") + dialect(source))
        }
        if facts.sources.count > 1 { rows.append((say("together", "合计"), facts.records, say("records", "条记录"))) }
        rows.append((say("persons", "人员"), facts.persons, say("after merging", "人（合并之后）")))
        rows.append(
            (
                say("merged", "合并"), facts.records - facts.persons,
                say("further records of the same persons", "条同一人的另外记录")
            ))
        if let reuse = facts.reuse {
            rows.append(
                (
                    say("compared", "比较"), reuse.comparedPairs,
                    say(
                        "pairs of \(reuse.changedRecords.grouped) new or changed records",
                        "对记录（涉及 \(reuse.changedRecords.grouped) 条新增或有变化的记录）")
                ))
        }
        if facts.matching != nil {
            rows.append((say("to decide", "待判定"), facts.pairsToReview, say("doubtful pairs", "对存疑记录")))
        }
        rows.append((say("wrong", "错误"), facts.wrong, say("values or rows", "处")))
        rows.append((say("missing", "缺漏"), facts.findings(.omission), say("values", "处")))
        if facts.notes > 0 {
            rows.append((say("notes", "提示"), facts.notes, say("on values that are not wrong", "处，并非错误")))
        }
        if facts.waived > 0 { rows.append((say("waived", "豁免"), facts.waived, say("findings", "处"))) }
        guard let drift = facts.drift?.text else { return aligned(rows) }
        return aligned(rows) + ["", say("A new match model was fitted: \(drift.en).", "已重新拟合匹配模型：\(drift.zh)。")]
    }

    /// Findings of the run before and of this one.
    func ledger() -> [String] {
        guard let changes = facts.ledgerChanges else { return [] }
        let words = LedgerWords.all(changes).map { count, text in
            say(grouped(count) + " " + text.en, text.zh + " " + grouped(count))
        }
        return [
            "", say("Since the run before: ", "与上次运行相比：") + words.joined(separator: say(", ", "，")) + say(".", "。"),
        ]
    }

    func checkCounts() -> [String] {
        var rows: [(String, Int, String)] = facts.sources.map { source in
            (source.name.singleLine, source.records, say("records read", "条记录") + dialect(source))
        }
        rows.append((say("wrong", "错误"), facts.wrong, say("values or rows", "处")))
        rows.append((say("missing", "缺漏"), facts.findings(.omission), say("values", "处")))
        if facts.notes > 0 {
            rows.append((say("notes", "提示"), facts.notes, say("on values that are not wrong", "处，并非错误")))
        }
        if facts.findings(.duplicate) > 0 {
            rows.append((say("twice", "重复"), facts.findings(.duplicate), say("records", "处")))
        }
        if facts.waived > 0 { rows.append((say("waived", "豁免"), facts.waived, say("findings", "处"))) }
        return aligned(rows)
    }

    /// The gravest and most frequent checks.
    func checks() -> [String] {
        let found = (facts.checks + facts.issues).filter { $0.count > 0 }.sorted(by: CheckTally.isBefore)
        if found.isEmpty { return ["", say("The checks found nothing wrong and nothing missing.", "各项检查未发现错误或缺漏。")] }
        var table = TextTable([.right, .left, .left, .left])
        for check in found.prefix(12) {
            table.add([
                grouped(check.count), SeverityWords.text(check.severity)(facts.language), check.check,
                check.title(facts.language),
            ])
        }
        let more = found.count - min(12, found.count)
        let rest = more > 0 ? [say("  … and \(more) further checks", "  ……另有 \(more) 项检查")] : []
        return ["", say("Findings by check", "各检查项的发现")] + table.lines + rest
    }

    func matchCounts() -> [String] {
        var rows: [(String, Int, String)] = facts.sources.map { source in
            (source.name.singleLine, source.records, say("records read", "条记录") + dialect(source))
        }
        let model = facts.matching?.model
        rows.append((say("compared", "比较"), model?.candidatePairs ?? 0, say("pairs", "对记录")))
        rows.append((say("persons", "人员"), facts.persons, say("after matching", "人（匹配之后）")))
        rows.append(
            (say("to decide", "待判定"), facts.pairsToReview, say("doubtful pairs", "对存疑记录")))
        return aligned(rows) + expectation()
    }

    /// The lines and what is expected of them; nothing where nothing is merged.
    private func expectation() -> [String] {
        guard let model = facts.matching?.model, let line = model.mergeLine, let precision = model.expectedPrecision,
            let recall = model.expectedRecall
        else { return [] }
        func percent(_ share: ModelSummary.Share) -> String {
            "\(decimal(share.value * 100, 1)) ± \(decimal(share.margin * 100, 1)) %"
        }
        return [
            say(
                "Merged from probability \(decimal(line, 3)), shown to people from \(decimal(model.reviewLine, 3)).",
                "概率 \(decimal(line, 3)) 起合并，\(decimal(model.reviewLine, 3)) 起交由人工判定。"),
            say(
                "Expected: \(percent(precision)) of the merged pairs are right, \(percent(recall)) of the matches compared are merged.",
                "预期：所合并的记录对中 \(percent(precision)) 正确；所比较的同一人中 \(percent(recall)) 被合并。"),
        ]
    }

    /// What the offices did with the corrections of the run before.
    func followUp() -> [String] {
        guard let followUp = facts.followUp, followUp.total > 0 else { return [] }
        let rows = followUp.sources.flatMap { source in
            FollowUpStatus.allCases.compactMap { status -> (String, Int, String)? in
                guard let count = source.counts[status], count > 0 else { return nil }
                return (source.source.singleLine, count, status.title(facts.language))
            }
        }
        return ["", say("Corrections of run \(followUp.run)", "第 \(followUp.run) 次运行的更正")] + aligned(rows)
    }

    func todo() -> [String] {
        let steps = NextStep.all(of: facts)
        if steps.isEmpty { return ["", say("Nothing waits for a decision or a correction.", "没有待判定或待更正的内容。")] }
        let rows = steps.map { step -> (String, Int, String) in
            let file = step.file.map { say(" (\($0))", "（\($0)）") } ?? ""
            return ("", step.count, step.title(facts.language).singleLine + file)
        }
        return ["", say("What to do now", "现在要做什么")] + aligned(rows)
    }

    func attention() -> [String] {
        let warnings = facts.warnings + (facts.matching?.model.warnings ?? [])
        if warnings.isEmpty { return [] }
        return ["", say("Keep in mind", "请留意")] + warnings.map { "  " + $0(facts.language).singleLine }
    }

    private func dialect(_ source: SourceFacts) -> String {
        let guessed = source.file.dialect?.guessed ?? []
        if guessed.isEmpty { return "" }
        return say(
            " (guessed: \(guessed.joined(separator: ", ")))",
            "（推断：\(guessed.map { DialectWords.title($0).zh }.joined(separator: "、"))）")
    }

    private func aligned(_ rows: [(name: String, count: Int, words: String)]) -> [String] {
        let names = rows.map { displayWidth($0.name) }.max() ?? 0
        let counts = rows.map { grouped($0.count).utf8.count }.max() ?? 0
        return rows.map { row in
            let count = grouped(row.count)
            let name = row.name + spaces(names - displayWidth(row.name))
            return "  " + name + (names > 0 ? "  " : "") + spaces(counts - count.utf8.count) + count + "  " + row.words
        }
    }
}

private func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
}

/// Columns a text takes in a terminal: two for wide and full-width characters, none for combining ones.
///
/// Ranges: Unicode 16, EastAsianWidth.txt (W and F) for the scripts names and addresses are written in.
package func displayWidth(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return width
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return width + 2
        default:
            return width + 1
        }
    }
}

extension String {
    /// Control characters and direction marks could move the cursor or turn the line around; they become `·`, many in a row `···…`.
    package var singleLine: String {
        var result = String.UnicodeScalarView()
        var run = 0
        for scalar in unicodeScalars {
            let category = scalar.properties.generalCategory
            let isHarmful =
                category == .control || category == .lineSeparator || category == .paragraphSeparator
                || (category == .format && scalar.properties.isBidiControl)
            run = isHarmful ? run + 1 : 0
            switch run {
            case 0: result.append(scalar)
            case 1...3: result.append("·")
            case 4: result.append("…")
            default: break
            }
        }
        return String(result)
    }
}
