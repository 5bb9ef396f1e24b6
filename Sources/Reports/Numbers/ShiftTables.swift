import Records

extension ReportTables {
    /// What changed since the run before; nothing for a first run.
    var since: Section? {
        guard let since = facts.since else { return nil }
        let tables = [
            alarms(since), findings(since), persons(since), cells(since), answers(), drift(since),
        ].compactMap { $0 }
        var lead = Text(
            en:
                "\(grouped(since.total(\.new))) findings are new, \(grouped(since.total(\.returned))) have returned, \(grouped(since.total(\.healed))) are healed, \(grouped(since.total(\.vanished))) are gone with their records.",
            zh:
                "新增 \(grouped(since.total(\.new))) 处发现，复现 \(grouped(since.total(\.returned))) 处，消除 \(grouped(since.total(\.healed))) 处，随记录移除 \(grouped(since.total(\.vanished))) 处。"
        )
        lead = Text(
            en: lead.en
                + (since.alarms.isEmpty
                    ? " No alarm." : since.alarms.count == 1 ? " One alarm." : " \(since.alarms.count) alarms."),
            zh: lead.zh + (since.alarms.isEmpty ? "没有警报。" : "有 \(since.alarms.count) 项警报。"))
        return Section(
            "since", Text(en: "What changed since run \(since.before)", zh: "与第 \(since.before) 次运行相比"), lead: lead,
            tables)
    }

    private func alarms(_ since: RunShift) -> ReportTable? {
        if since.alarms.isEmpty { return nil }
        return ReportTable(
            "alarms", Text(en: "Alarms", zh: "警报"),
            [
                Column("alarm", Text(en: "Alarm", zh: "警报"), isNumber: false),
                Column("what", Text(en: "What was found", zh: "情况"), isNumber: false),
                Column("measured", Text(en: "Measured", zh: "实测")), Column("limit", Text(en: "Limit", zh: "限值")),
            ],
            since.alarms.map { alarm in
                let places = alarm.limit >= 10 ? 0 : 3
                return [
                    .code(alarm.name), .words(alarm.text), .number(alarm.measured, places: places),
                    .number(alarm.limit, places: places),
                ]
            })
    }

    /// Lines that a reader looks through; the rest is in `qingku compare`.
    private static let linesShown = 20

    private func findings(_ since: RunShift) -> ReportTable? {
        let moved = since.findings.filter { $0.new + $0.returned + $0.healed + $0.vanished > 0 }
        if moved.isEmpty { return nil }
        let ordered = moved.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            let (a, b) = (left.new + left.returned, right.new + right.returned)
            if a != b { return a > b }
            return (left.check, left.source) < (right.check, right.source)
        }
        let rows = ordered.prefix(Self.linesShown).map { shift -> [ReportCell] in
            [
                .words(title(shift.check)), .severity(shift.severity), .name(shift.source), .count(shift.new),
                .count(shift.returned), .count(shift.healed), .count(shift.vanished), .count(shift.open),
            ]
        }
        let more = ordered.count - rows.count
        return ReportTable(
            "since-findings", Text(en: "Findings", zh: "发现"),
            [
                Column("check", Text(en: "Check", zh: "检查项"), isNumber: false),
                Column("severity", Text(en: "Severity", zh: "程度"), isNumber: false), .office,
                Column("new", Text(en: "New", zh: "新增")), Column("returned", Text(en: "Returned", zh: "复现")),
                Column("healed", Text(en: "Healed", zh: "消除")), Column("vanished", Text(en: "Gone", zh: "随记录移除")),
                Column("open", Text(en: "Still open", zh: "仍未处理")),
            ], Array(rows),
            note: more > 0
                ? Text(en: "\(more) more lines: qingku compare --json.", zh: "另有 \(more) 行，见 qingku compare --json。")
                : nil)
    }

    func title(_ check: String) -> Text {
        (facts.checks + facts.issues).first { $0.check == check }?.title ?? Text(en: check, zh: check)
    }

    private func persons(_ since: RunShift) -> ReportTable? {
        guard let persons = since.persons else { return nil }
        return ReportTable(
            "since-persons", Text(en: "Persons", zh: "人员"),
            [
                Column("kept", Text(en: "Kept their number", zh: "沿用原编号")), Column("new", Text(en: "New", zh: "新增")),
                Column("returned", Text(en: "Came back", zh: "恢复")),
                Column("merged", Text(en: "Went into another person", zh: "并入他人")),
                Column("split", Text(en: "Came apart", zh: "被拆分")), Column("gone", Text(en: "Gone", zh: "不再出现")),
            ],
            [
                [persons.kept, persons.new, persons.returned, persons.merged, persons.split, persons.gone].map {
                    .count($0)
                }
            ])
    }

    private func cells(_ since: RunShift) -> ReportTable? {
        guard let cells = since.cells, !cells.isEmpty else { return nil }
        return ReportTable(
            "since-cells", Text(en: "Cells of the master, of persons that both runs have", zh: "两次运行都有的人员的主数据单元格"),
            [
                Column("field", Text(en: "Field", zh: "字段"), isNumber: false),
                Column("changed", Text(en: "Changed", zh: "更改")), Column("filled", Text(en: "Filled", zh: "补填")),
                Column("emptied", Text(en: "Emptied", zh: "变空")),
            ], cells.map { [.code($0.field), .count($0.changed), .count($0.filled), .count($0.emptied)] })
    }

    /// What offices made of the corrections of the run before.
    func answers() -> ReportTable? {
        guard let followUp = facts.followUp, followUp.total > 0 else { return nil }
        let hasUnknown = followUp.sources.contains { $0.counts[.unknown] ?? 0 > 0 }
        let statuses = FollowUpStatus.allCases.filter { $0 != .unknown || hasUnknown }
        return ReportTable(
            "answers",
            Text(en: "What became of the corrections of run \(followUp.run)", zh: "第 \(followUp.run) 次运行的更正结果"),
            [.office]
                + statuses.map { status in
                    let word = DifferenceCounts.word(for: status)
                    return Column(
                        status.rawValue, Text(en: word.en.prefix(1).uppercased() + word.en.dropFirst(), zh: word.zh))
                },
            followUp.sources.map { source in
                [.name(source.source)] + statuses.map { .count(source.counts[$0] ?? 0) }
            })
    }

    /// How far data and model moved: blocking, weights, sizes of groups, volumes.
    private func drift(_ since: RunShift) -> ReportTable? {
        guard let drift = since.drift else { return nil }
        func move(_ title: Text, _ move: Drift.Move, share: Bool) -> [ReportCell] {
            func cell(_ value: Double?) -> ReportCell {
                guard let value else { return .none }
                return share ? .share(value) : .count(whole(value))
            }
            return [.words(title), cell(move.before), cell(move.after), .none]
        }
        var rows = drift.volumes.map { volume in
            move(Text(en: "records of \(volume.name)", zh: "\(volume.name)的记录数"), volume, share: false)
        }
        rows += drift.completeness.prefix(5).map { filled in
            move(Text(en: "\(filled.name) filled", zh: "\(filled.name)的填写率"), filled, share: true)
        }
        rows.append(move(Text(en: "records of the largest person", zh: "记录最多者的记录数"), drift.largestGroup, share: false))
        rows.append([
            .words(Text(en: "persons by number of records", zh: "按记录数的人员分布")), .none, .none, .share(drift.groups),
        ])
        if let blocking = drift.blocking {
            rows.append([.words(Text(en: "pairs by blocking key", zh: "按分组键的记录对分布")), .none, .none, .share(blocking)])
        }
        if let weight = drift.weight {
            rows.append([
                .words(
                    Text { language in
                        let title = weight.title(language)
                        return language(
                            en: "match weight of \(title), the one that moved furthest", zh: "变动最大的匹配权重：\(title)")
                    }), .number(weight.before, places: 2), .number(weight.after, places: 2), .none,
            ])
        }
        return ReportTable(
            "since-drift", Text(en: "How far data and model have moved", zh: "数据与模型的变动"),
            [
                Column("what", Text(en: "What", zh: "项目"), isNumber: false),
                Column("before", Text(en: "Before", zh: "此前")),
                Column("now", Text(en: "Now", zh: "现在")), Column("distance", Text(en: "Distance", zh: "距离")),
            ], rows,
            note: Text(
                en:
                    "A distance is the share that would have to stand elsewhere for the two runs to be alike (total variation).",
                zh: "距离是使两次运行一致而须移动的比例（全变差）。"))
    }
}
