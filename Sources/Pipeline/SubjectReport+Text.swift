package import Records

extension SubjectReport {
    /// For the person, a page of plain text.
    package func lines(_ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        func section(_ title: String, _ rows: [String]) -> [String] {
            [title] + (rows.isEmpty ? ["  " + say("nothing", "无")] : rows) + [""]
        }
        func listed(_ cells: [(column: String, text: String)]) -> String {
            cells.map { "\($0.column) \($0.text)" }.joined(separator: "; ")
        }
        let name = person ?? records.first.map { "\($0.source):\($0.recordID)" } ?? ""
        let former = formerNumbers.joined(separator: ", ")
        var lines = [
            say("What this registry holds about \(name)", "本登记库所存 \(name) 的全部信息"),
            say(
                "Told on request; event \(event) of the audit trail. Other people are left out.",
                "应请求告知；审计轨迹第 \(event) 号事件。他人信息已略去。"),
            former.isEmpty ? nil : say("Earlier numbers: \(former)", "曾用编号：\(former)"), "",
        ].compactMap { $0 }
        lines += section(say("The record as it is used", "使用中的记录"), master.map { "  \($0.column): \($0.text)" })
        lines += section(say("What offices delivered", "各部门提供的记录"), records.flatMap { text($0, say) })
        lines += section(
            say("Findings", "检查发现"),
            findings.map { finding in
                let suggestion =
                    finding.suggestion.isEmpty
                    ? "" : say(", suggested: \(finding.suggestion)", "，建议：\(finding.suggestion)")
                return
                    "  \(finding.id) \(finding.record) \(finding.field): \(finding.title(language)) (\(finding.state))"
                    + suggestion
            })
        lines += section(
            say("Which person these records stood for", "这些记录先后所属的人员"),
            persons.map {
                say(
                    "  \($0.record) from run \($0.run) on: \($0.person)",
                    "  \($0.record) 自第\($0.run)次运行起：\($0.person)")
            })
        lines += section(
            say("What people decided and wrote, and what was said of it", "人工判定、改写、豁免、限制及其撤销与批准"),
            words.map { "  \($0.at) \($0.by): \($0.kind) \($0.word) \($0.about(language)) \($0.reason)" })
        lines += section(
            say("Corrections that offices were asked for", "已请各部门更正的内容"),
            corrections.map { say("  run \($0.run): ", "  第\($0.run)次运行：") + listed($0.cells) })
        lines += section(
            say("Given to others", "提供给他方的情况"),
            exports.map {
                "  \($0.time) \($0.recipient): \($0.file), \($0.purpose)"
                    + ($0.isPseudonymised ? say(" (with tokens instead of names)", "（姓名等已替换为代号）") : "")
            })
        lines += section(
            say("What the audit trail says of these records", "审计轨迹中的记载"),
            accesses.map { "  \($0.time) \($0.type) \($0.actor)" })
        return lines.dropLast()
    }

    private func text(_ record: Record, _ say: (String, String) -> String) -> [String] {
        let marks =
            (record.isRestricted ? [say("restricted", "受限制")] : []) + (record.isErased ? [say("erased", "已删除")] : [])
        let mark = marks.isEmpty ? "" : " (" + marks.joined(separator: ", ") + ")"
        return ["  \(record.source) \(record.recordID)\(mark)"]
            + record.versions.flatMap { version -> [String] in
                let place = version.line > 0 ? ":\(version.line)" : ""
                let state =
                    switch version.state {
                    case "held": say("as delivered", "原文")
                    case "vanished": say("no longer in the export", "导出中已无此记录")
                    default: say("erased", "已删除")
                    }
                return ["    \(version.importedAt) \(version.file)\(place), \(state)"]
                    + version.cells.map { "      \($0.header): \($0.text)" }
            }
    }
}
