package import Records

/// The difference of two runs for a terminal. Names no record.
package enum DifferenceText {
    /// - Parameter workspace: as the user named it.
    package static func lines(_ difference: RunDifference, workspace: String, _ language: Language) -> [String] {
        Words(difference: difference, language: language).lines(workspace: workspace)
    }
}

private struct Words {
    let difference: RunDifference
    let language: Language

    private func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }

    func lines(workspace: String) -> [String] {
        let (before, after) = (difference.before, difference.after)
        var lines = [
            say(
                "Run \(after.run) (\(day(after))) against run \(before.run) (\(day(before)))",
                "第 \(after.run) 次运行（\(day(after))）与第 \(before.run) 次运行（\(day(before))）对比")
        ]
        if before.rules != after.rules {
            lines.append(say("  under another rule book", "  规则文件不同"))
        }
        if before.tool != after.tool {
            lines.append(
                say(
                    "  by qingku \(after.tool) instead of \(before.tool)", "  工具版本由 \(before.tool) 变为 \(after.tool)"))
        }
        let parts: [[String]] = [
            alarms, counts, findings, persons, cells, corrections, drift,
        ]
        for part in parts where !part.isEmpty { lines += [""] + part }
        let show = "qingku findings --new --workspace \(workspace)"
        return lines + ["", say("Next", "下一步") + "  \(show)".singleLine]
    }

    private func day(_ side: RunDifference.Side) -> String { String(side.finishedAt.prefix(10)) }

    private var alarms: [String] {
        if difference.alarms.isEmpty { return [say("No alarm.", "没有警报。")] }
        return [say("Alarms", "警报")]
            + difference.alarms.map { alarm in
                let limit = decimal(alarm.limit, alarm.limit >= 10 ? 0 : 3)
                let measured = decimal(alarm.measured, alarm.limit >= 10 ? 0 : 3)
                return "  ! " + alarm.text(language)
                    + say(
                        " (\(alarm.name): \(measured), limit \(limit))", "（\(alarm.name)：\(measured)，限值 \(limit)）")
            }.map(\.singleLine)
    }

    private var counts: [String] {
        var table = TextTable([.left, .right, .right, .right])
        table.add(["", say("before", "此前"), say("now", "现在"), ""])
        for count in DifferenceCounts.all(difference) {
            table.add([
                count.title(language), grouped(count.before), grouped(count.after),
                count.after == count.before ? "" : signedText(count.after - count.before),
            ])
        }
        return table.lines
    }

    private var findings: [String] {
        var table = TextTable([.right, .right, .right, .right, .right, .left, .left, .left])
        table.add([
            say("new", "新增"), say("returned", "复现"), say("healed", "消除"), say("gone", "随记录移除"), say("open", "未处理"), "",
            "", "",
        ])
        let changed = difference.findings.filter { $0.new + $0.returned + $0.healed + $0.vanished > 0 }
        let order: (FindingShift) -> (Int, Int) = { (-severity($0.severity), -($0.new + $0.returned)) }
        for shift in changed.sorted(by: { order($0) < order($1) }).prefix(15) {
            table.add([
                grouped(shift.new), grouped(shift.returned), grouped(shift.healed), grouped(shift.vanished),
                grouped(shift.open), SeverityWords.text(shift.severity)(language), shift.source, shift.check,
            ])
        }
        let totals = [
            say("\(grouped(difference.total(\.new))) new", "新增 \(grouped(difference.total(\.new)))"),
            say("\(grouped(difference.total(\.returned))) returned", "复现 \(grouped(difference.total(\.returned)))"),
            say("\(grouped(difference.total(\.healed))) healed", "消除 \(grouped(difference.total(\.healed)))"),
            say(
                "\(grouped(difference.total(\.vanished))) gone with their records",
                "随记录移除 \(grouped(difference.total(\.vanished)))"),
            say("\(grouped(difference.total(\.open))) still open", "仍未处理 \(grouped(difference.total(\.open)))"),
        ]
        var lines = [say("Findings: ", "发现：") + totals.joined(separator: say(", ", "，"))]
        if changed.isEmpty { return lines }
        lines += table.lines
        if changed.count > 15 {
            lines.append(say("  … and \(changed.count - 15) more (--json)", "  ……另有 \(changed.count - 15) 项（--json）"))
        }
        return lines
    }

    private func severity(_ severity: Severity) -> Int { Severity.allCases.firstIndex(of: severity) ?? 0 }

    private var persons: [String] {
        let persons = difference.persons
        func part(_ change: PersonShift.Change, _ en: String, _ zh: String) -> String {
            let count = grouped(persons.count(change))
            return say("\(count) \(en)", "\(zh) \(count)")
        }
        let parts = [
            say("\(grouped(persons.kept)) kept", "保持 \(grouped(persons.kept))"), part(.merged, "merged", "合并"),
            part(.split, "split", "拆分"), part(.added, "added", "新增"), part(.gone, "gone", "不再出现"),
        ]
        return [say("Persons: ", "人员：") + parts.joined(separator: say(", ", "，"))]
    }

    private var cells: [String] {
        if difference.cells.isEmpty { return [say("Cells of the master: none changed", "主数据单元格：无变化")] }
        var table = TextTable([.right, .right, .right, .left])
        table.add([say("changed", "变更"), say("filled", "补充"), say("emptied", "清空"), ""])
        for shift in difference.cells {
            table.add([grouped(shift.changed), grouped(shift.filled), grouped(shift.emptied), shift.field])
        }
        return [say("Cells of the master, of persons in both runs", "主数据单元格（两次运行均有的人员）")] + table.lines
    }

    private var corrections: [String] {
        if difference.corrections.isEmpty { return [] }
        var table = TextTable([.left] + FollowUpStatus.allCases.map { _ in .right })
        table.add([""] + FollowUpStatus.allCases.map { DifferenceCounts.word(for: $0)(language) })
        for office in difference.corrections {
            table.add([office.source] + FollowUpStatus.allCases.map { grouped(office.counts[$0] ?? 0) })
        }
        return [say("Corrections by office", "各单位更正")] + table.lines
    }

    private var drift: [String] {
        let drift = difference.drift
        var table = TextTable([.left, .right, .right])
        for move in drift.volumes where move.change != 0 {
            table.add([
                say("records of \(move.name)", "\(move.name) 的记录数"), move.before.map { grouped(whole($0)) } ?? "–",
                move.after.map { grouped(whole($0)) } ?? "–",
            ])
        }
        for move in drift.completeness.prefix(5) {
            table.add([
                say("filled: \(move.name)", "填写率：\(move.name)"), percentText(move.before), percentText(move.after),
            ])
        }
        for move in drift.keys {
            table.add([
                say("pairs by \(move.name)", "\(move.name) 产生的候选对"), percentText(move.before), percentText(move.after),
            ])
        }
        if let weight = drift.weight {
            table.add([
                say("weight of \(weight.title(language))", "\(weight.title(language)) 的权重"), decimal(weight.before, 1),
                decimal(weight.after, 1),
            ])
        }
        if drift.largestGroup.change != 0 {
            table.add([
                say("records of the largest person", "单人最多记录数"), grouped(whole(drift.largestGroup.before)),
                grouped(whole(drift.largestGroup.after)),
            ])
        }
        let distances = [
            say("sizes of persons \(percentText(drift.groups))", "人员记录数分布 \(percentText(drift.groups))"),
            drift.blocking.map { say("blocking \(percentText($0))", "分块 \(percentText($0))") },
        ].compactMap { $0 }
        return [say("Drift: ", "漂移：") + distances.joined(separator: say(", ", "，"))] + table.lines
    }
}
