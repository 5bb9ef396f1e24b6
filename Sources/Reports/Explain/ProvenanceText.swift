package import Records

/// The account of a person for a data officer: the records, what makes them one person, and each cell back to what was
/// delivered or said. Values as they are.
package struct ProvenanceText {
    private let person: PersonExplanation
    private let language: Language
    /// Of equal lines more than this are counted.
    private static let most = 8

    package static func lines(_ person: PersonExplanation, _ language: Language) -> [String] {
        let text = ProvenanceText(person: person, language: language)
        return text.heading() + [""] + text.records() + text.joins() + text.cells()
    }

    private func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }

    private func day(_ time: String) -> String { String(time.prefix(10)) }

    // MARK: Who

    private func heading() -> [String] {
        let run = person.run
        let count = person.members.count
        let state = run.isNewest ? "" : say("; not the newest run", "，不是最新的运行")
        var lines = [
            say(
                "\(person.person), \(count) \(count == 1 ? "record" : "records"), as run \(run.id) of \(day(run.finishedAt)) made it\(state)",
                "\(person.person)，共 \(count) 条记录，依据 \(day(run.finishedAt)) 的第 \(run.id) 次运行\(state)")
        ]
        lines += person.retirements.map { step in
            say(
                "\(step.person) is retired since run \(step.run); its records are those of \(step.into).",
                "\(step.person) 自第 \(step.run) 次运行起停用，其记录现属于 \(step.into)。")
        }
        return (lines + person.notes.map { $0(language) }).map(\.singleLine)
    }

    private func records() -> [String] {
        var table = TextTable([.right, .left, .left, .left])
        for (index, member) in person.members.enumerated() {
            table.add([
                "\(index + 1)", "\(member.key.source) \(member.key.recordID)", place(member),
                delivery(member.delivery),
            ])
            if let since = member.unchangedSince {
                table.add([
                    "", "", say("unchanged since \(since.file)", "自 \(since.file) 起未变"), delivery(since),
                ])
            }
        }
        return [say("Records", "记录")] + table.lines
    }

    private func place(_ member: PersonExplanation.Member) -> String {
        let file = member.delivery.file
        if let path = member.path { return say("\(file), \(path)", "\(file)，\(path)") }
        return say(
            "\(file), line \(member.line) (byte \(member.byteOffset.grouped))",
            "\(file) 第 \(member.line) 行（字节 \(member.byteOffset.grouped)）")
    }

    private func delivery(_ delivery: PersonExplanation.Delivery) -> String {
        let by = delivery.importedBy.isEmpty ? "" : say(" by \(delivery.importedBy)", "由 \(delivery.importedBy) ")
        return say(
            "batch \(delivery.batch), imported \(day(delivery.importedAt))\(by) (event \(delivery.event))",
            "第 \(delivery.batch) 批，\(day(delivery.importedAt)) \(by)导入（第 \(delivery.event) 号事件）")
    }

    // MARK: Why they are one

    private func joins() -> [String] {
        if person.members.count < 2 { return [] }
        let heading = ["", say("What makes them one person", "为何是同一个人")]
        let (told, rest) = tellingJoins()
        if told.isEmpty {
            return heading + [
                say(
                    "  No pair of them was scored over the review line, and nobody decided: other records joined them once.",
                    "  它们之间没有评分达到审查线的记录对，也没有人工判定：曾由其他记录相连。")
            ]
        }
        return heading + told.flatMap(join)
            + (rest > 0
                ? [
                    say(
                        "  … and \(counted(rest, "more pair")) of them (--json has all)",
                        "  ……另有 \(rest) 对（--json 列出全部）")
                ] : [])
    }

    /// All decisions, and as few pairs as it takes to join the records, the likeliest first.
    private func tellingJoins() -> (told: [PersonExplanation.Join], rest: Int) {
        var groups = Array(person.members.indices)
        let order = person.joins.indices.sorted { left, right in
            let (a, b) = (person.joins[left], person.joins[right])
            let (x, y) = (
                a.decision != nil ? 2 : a.score?.probability ?? 0, b.decision != nil ? 2 : b.score?.probability ?? 0
            )
            return x != y ? x > y : left < right
        }
        var told: [Int] = []
        for index in order {
            let join = person.joins[index]
            let (a, b) = (groups[join.a], groups[join.b])
            if join.decision != nil || a != b { told.append(index) }
            if join.decision.map({ $0.decision.verdict == .same }) ?? true {
                groups = groups.map { $0 == b ? a : $0 }
            }
        }
        return (told.sorted().map { person.joins[$0] }, person.joins.count - told.count)
    }

    private func join(_ join: PersonExplanation.Join) -> [String] {
        let pair = say("\(join.a + 1) and \(join.b + 1)", "\(join.a + 1) 与 \(join.b + 1)")
        var lines: [String] = []
        if let said = join.decision {
            let decision = said.decision
            let verdict: Text =
                switch decision.verdict {
                case .same: Text(en: "one person", zh: "同一个人")
                case .different: Text(en: "two persons", zh: "不同的人")
                case .unsure: Text(en: "unsure", zh: "不确定")
                }
            let reason = decision.reason.isEmpty ? "" : say(", “\(decision.reason)”", "，“\(decision.reason)”")
            lines.append(
                say(
                    "\(pair)  \(decision.by) decided on \(day(decision.at)): \(verdict.en)\(reason) (event \(said.event))",
                    "\(pair)  \(decision.by) 于 \(day(decision.at)) 判定：\(verdict.zh)\(reason)（第 \(said.event) 号事件）"))
        }
        if let score = join.score {
            let key = score.key.isEmpty ? "" : say(", met by \(score.key)", "，因 \(score.key) 相同而比较")
            let outcome = Self.outcome(score.outcome, isDecided: join.decision != nil)(language)
            lines.append(
                say(
                    "\(pair)  \(outcome), probability \(percent(score.probability))\(key)",
                    "\(pair)  \(outcome)，概率 \(percent(score.probability))\(key)"))
        }
        return lines.map { "  " + $0.singleLine }
    }

    private static func outcome(_ outcome: ScoredPair.Outcome, isDecided: Bool) -> Text {
        switch outcome {
        case .merged: Text(en: "merged by score", zh: "按评分合并")
        case .review:
            Text(en: "in one group through other records; the pair alone is for review", zh: "因其他记录而同组；仅看这一对需要审查")
        case .decidedSame, .decidedDifferent:
            isDecided ? Text(en: "the score alone", zh: "仅看评分") : Text(en: "decided", zh: "人工判定")
        case .heldApart:
            Text(en: "a “never” rule speaks against it; other records join them", zh: "“never”规则与之矛盾；因其他记录而同组")
        }
    }

    private func percent(_ share: Double) -> String {
        if share > 0.9999 { return "> 99.99 %" }
        return share < 0.0001 && share > 0 ? "< 0.01 %" : decimal(share * 100, 2) + " %"
    }

    // MARK: Cells

    /// Fields of which nothing is known stand together at the end, unless one was asked for.
    private func cells() -> [String] {
        let empty = person.cells.count == 1 ? [] : person.cells.filter { $0.basis == .nothing && $0.against.isEmpty }
        let names = empty.map(\.field)
        let told = person.cells.filter { !names.contains($0.field) }.flatMap { [""] + cell($0) }
        if names.isEmpty { return told }
        return told + [
            "",
            say(
                "No record has a value of: \(names.joined(separator: ", "))",
                "没有记录有值的字段：\(names.joined(separator: "、"))"
            ).singleLine,
        ]
    }

    private func cell(_ cell: CellProvenance) -> [String] {
        let value = cell.value.isEmpty ? say("(empty)", "（空）") : cell.value
        var lines = ["\(cell.field): \(value)", "  " + basis(cell)]
        lines += given(cell.sources, of: cell.field)
        for other in cell.against {
            lines.append("  " + against(other))
            lines += given(other.given, of: cell.field)
        }
        if cell.isConflict {
            lines.append(
                say(
                    "  The records disagree and no rule settles it: finding “conflict”.",
                    "  记录不一致且没有规则能够决定，见发现“conflict”。"))
        }
        return lines.map(\.singleLine)
    }

    private func basis(_ cell: CellProvenance) -> String {
        let rule = say("“\(cell.rule)”: \(cell.summary.en)", "“\(cell.rule)”：\(cell.summary.zh)")
        switch cell.basis {
        case .nothing: return cell.summary(language)
        case .record, .list: return rule
        case .repair(let check, let title):
            return say(
                "\(rule); repaired by check \(check) (\(title.en))", "\(rule)；由检查 \(check) 修复（\(title.zh)）")
        case .derived(let field, let value):
            if value.isEmpty {
                return say(
                    "completed from the place that its own beginning names", "由其开头所指的地点补全")
            }
            return say("follows from \(field), “\(value)”", "由 \(field)“\(value)”得出")
        case .presence(let source, let isPresent):
            return isPresent
                ? say("follows from the person's having a record in \(source)", "因此人在 \(source) 有记录而得出")
                : say("follows from the person's having no record in \(source)", "因此人在 \(source) 没有记录而得出")
        case .override(let override, let former):
            let reason = override.reason.isEmpty ? "" : say(", “\(override.reason)”", "，“\(override.reason)”")
            let before =
                former.isEmpty
                ? say("without that the cell would be empty", "否则该单元格为空")
                : say("without that it would be “\(former)”", "否则为“\(former)”")
            return say(
                "set by \(override.by) on \(day(override.at))\(reason) (event \(override.event)); \(before)",
                "\(override.by) 于 \(day(override.at)) 填写\(reason)（第 \(override.event) 号事件）；\(before)")
        }
    }

    private func against(_ other: CellProvenance.Against) -> String {
        let value = other.value.isEmpty ? say("(empty)", "（空）") : "“\(other.value)”"
        switch other.reason {
        case .rule(let rule, let summary):
            return say(
                "not \(value): lost to “\(rule)” (\(summary.en))", "未取 \(value)：按“\(rule)”落选（\(summary.zh)）")
        case .saysNothing: return say("not \(value): it says that nothing is known", "未取 \(value)：表示未知")
        case .override: return say("not \(value): what a person set stands instead", "未取 \(value)：以人工填写为准")
        case .derived: return say("not \(value): it is not valid", "未取 \(value)：该值无效")
        }
    }

    private func given(_ all: [CellProvenance.Given], of field: String) -> [String] {
        let told = all.prefix(Self.most).flatMap { given($0, of: field) }
        let rest = all.count - Self.most
        return told
            + (rest > 0
                ? [say("    … and \(rest) more records (--json has all)", "    ……另有 \(rest) 条记录（--json 列出全部）")] : [])
    }

    private func given(_ one: CellProvenance.Given, of field: String) -> [String] {
        let column = one.header.isEmpty ? one.field == field ? "" : one.field + " " : one.header + " "
        var line = "    \(one.member + 1)  \(column)“\(one.raw)”"
        let isSpelt = !one.shown.utf8.elementsEqual(one.normalized.utf8)
        let path = one.steps.map { step in
            "→ “\(step.text)”" + say(" (\(step.name))", "（\(step.summary.zh.trimmingStop)）")
        }.joined(separator: " ")
        if isSpelt {
            let shown =
                one.shown.utf8.elementsEqual(one.raw.utf8)
                ? say("as the office spells it", "按部门的写法") : say("as “\(one.shown)”", "写作“\(one.shown)”")
            line += say(", \(shown)", "，\(shown)")
            // The office's text is not what the first arrow would come from: it stands before the comma.
            let forms = path.hasPrefix("→ ") ? String(path.dropFirst(2)) : path
            if !forms.isEmpty { line += say("; compared as \(forms)", "；比较时为\(forms)") }
        } else if !path.isEmpty {
            line += " " + path
        }
        if let repair = one.repair {
            line += say(
                " → “\(repair.text)” (repaired by \(repair.check))", " → “\(repair.text)”（由 \(repair.check) 修复）")
        }
        return [line]
            + one.remarks.map { remark in
                let waived = remark.waivedBy.map { say(" (accepted by \($0))", "（\($0) 已接受）") } ?? ""
                let severity = SeverityWords.text(remark.severity)
                return say(
                    "       \(severity.en), \(remark.check): \(remark.message.en)\(waived)",
                    "       \(severity.zh)，\(remark.check)：\(remark.message.zh)\(waived)")
            }
    }
}

extension String {
    /// Without the full stop of a Chinese sentence.
    fileprivate var trimmingStop: String { hasSuffix("。") ? String(dropLast()) : self }
}

extension UInt64 {
    fileprivate var grouped: String { Int(clamping: self).grouped }
}
