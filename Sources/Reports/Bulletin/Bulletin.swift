package import Records

/// What a bulletin is made of: the runs of its period, and the last one before it.
package struct Bulletin: Sendable {
    package let period: BulletinPeriod
    package let title: String
    package let purpose: String
    package let language: Language
    package let toolVersion: String
    /// The colours of rates, as the rule book of the last run has them.
    package let plan: QualityPlan
    /// Runs within the period, the earliest first; not empty.
    package let runs: [RunPoint]
    /// The last run before the period.
    package let before: RunPoint?
    /// Only what lies within this area, by its code; `nil`: all.
    package let area: String?

    package init(
        period: BulletinPeriod, title: String, purpose: String, language: Language, toolVersion: String,
        plan: QualityPlan, runs: [RunPoint], before: RunPoint?, area: String?
    ) {
        self.period = period
        self.title = title
        self.purpose = purpose
        self.language = language
        self.toolVersion = toolVersion
        self.plan = plan
        // What an earlier run showed under a lower limit is not shown again.
        let below = runs.last?.suppressBelow ?? 0
        self.runs = runs.map { $0.shown(below: below) }
        self.before = before?.shown(below: below)
        self.area = area
    }

    /// Areas that a bulletin can be asked for.
    package var areas: [RunPoint.Row] {
        (runs.last?.rows ?? []).filter { $0.scope == .area && !$0.isRest && !$0.code.isEmpty }
    }
}

extension RunPoint {
    /// Without areas, where they were withheld by a lower limit than is asked for now.
    package func shown(below limit: Int) -> RunPoint {
        if suppressBelow >= limit { return self }
        return RunPoint(
            run: run, asOf: asOf, day: day, counts: counts, rows: rows.filter { $0.scope != .area }, offices: offices,
            suppressBelow: suppressBelow, since: since)
    }
}

extension ReportNumbers {
    /// The numbers of a bulletin.
    package init(_ bulletin: Bulletin) {
        let tables = BulletinTables(bulletin: bulletin)
        let period = bulletin.period.title
        let place = tables.place.map { Text(en: " · \($0)", zh: " · \($0)") } ?? Text(en: "", zh: "")
        self.init(
            kind: Text(en: "Data quality bulletin, \(period.en)\(place.en)", zh: "数据质量通报 · \(period.zh)\(place.zh)"),
            title: bulletin.title, purpose: bulletin.purpose, origin: tables.origin,
            sections: [tables.summary, tables.trend, tables.areas, tables.offices, tables.movement].compactMap { $0 })
    }
}

struct BulletinTables {
    let bulletin: Bulletin

    typealias Section = ReportNumbers.Section
    typealias Column = ReportTable.Column

    private var now: RunPoint? { bulletin.runs.last }

    /// Name and code of the area that was asked for.
    var place: String? {
        bulletin.area.map { code in
            let name = now?.rows.first { $0.scope == .area && $0.code == code && !$0.isRest }?.name ?? ""
            return name.isEmpty ? code : "\(name) \(code)"
        }
    }

    var origin: [(id: String, title: Text, value: ReportCell)] {
        [
            ("period", Text(en: "Period", zh: "期间"), .code(bulletin.period.id)),
            ("runs", Text(en: "Runs in it", zh: "期内运行次数"), .count(bulletin.runs.count)),
            ("as_of", Text(en: "State of", zh: "数据日期"), .code(now?.asOf ?? "")),
            ("run", Text(en: "Run", zh: "运行"), .count(now?.run ?? 0)),
        ]
            + (bulletin.before.map {
                [("before", Text(en: "Compared with run", zh: "对比运行"), .count($0.run))]
            } ?? []) + [("tool", Text(en: "Tool", zh: "工具"), .code("qingku " + bulletin.toolVersion))]
    }

    // MARK: All together

    var summary: Section? {
        guard let now, bulletin.area == nil else { return nil }
        let before = bulletin.before
        let counts: [(String, Text, KeyPath<RunPoint.Counts, Int>)] = [
            ("records", Text(en: "Records", zh: "记录"), \.records),
            ("persons", Text(en: "Persons", zh: "人数"), \.persons),
            ("errors", Text(en: "Wrong values", zh: "错误"), \.errors),
            ("omissions", Text(en: "Missing values", zh: "缺漏"), \.omissions),
            ("duplicates", Text(en: "Duplicate findings", zh: "重复发现"), \.duplicates),
            ("pairs_to_review", Text(en: "Pairs to decide", zh: "待判定记录对"), \.pairsToReview),
        ]
        let rows = counts.map { _, title, path -> [ReportCell] in
            let count = now.counts[keyPath: path]
            return [
                .words(title), .count(count), before.map { .count($0.counts[keyPath: path]) } ?? .none,
                before.map { .change(count - $0.counts[keyPath: path]) } ?? .none,
            ]
        }
        let rates = dimensions(now.rows.filter { $0.scope == .all }).map { dimension -> [ReportCell] in
            [.words(DimensionWords.title(dimension)), rate(now.all, before?.all, dimension)]
        }
        return Section(
            "summary", Text(en: "The register", zh: "总体情况"),
            lead: bulletin.before == nil
                ? Text(en: "There is no run before the period to compare with.", zh: "本期之前没有可对比的运行。") : nil,
            [
                ReportTable(
                    "counts", Text(en: "Counts", zh: "数量"),
                    [
                        Column("what", Text(en: "What", zh: "项目"), isNumber: false),
                        Column("now", Text(en: "Now", zh: "本期")),
                        Column("before", Text(en: "Before", zh: "上期")), Column("change", Text(en: "Change", zh: "变化")),
                    ], rows),
                ReportTable(
                    "rates", Text(en: "Rates", zh: "比率"),
                    [
                        Column("what", Text(en: "What", zh: "项目"), isNumber: false),
                        Column("now", Text(en: "Now", zh: "本期")),
                    ], rates),
            ])
    }

    var trend: Section? {
        guard bulletin.area == nil, bulletin.runs.count > 1 else { return nil }
        return Section(
            "trend", Text(en: "Runs of the period", zh: "期内各次运行"),
            [
                ReportTable(
                    "runs", Text(en: "Runs", zh: "各次运行"),
                    [
                        Column("run", Text(en: "Run", zh: "运行")),
                        Column("as_of", Text(en: "State of", zh: "数据日期"), isNumber: false), .records, .persons,
                        Column("errors", Text(en: "Wrong values", zh: "错误")),
                        Column("omissions", Text(en: "Missing values", zh: "缺漏")),
                        .dimension(.soundness),
                    ],
                    bulletin.runs.map { point in
                        [
                            .count(point.run), .code(point.asOf), .count(point.counts.records),
                            .count(point.counts.persons),
                            .count(point.counts.errors), .count(point.counts.omissions),
                            rate(point.all, nil, .soundness),
                        ]
                    })
            ])
    }

    // MARK: Areas

    /// Areas of the largest level that has several, the best first; of an area that was asked for, itself and those within it.
    var areas: Section? {
        guard let now else { return nil }
        let all = now.rows.filter { $0.scope == .area }
        let asked = bulletin.area.flatMap { code in all.first { $0.code == code && !$0.isRest } }
        let within = level(of: all)
        let tables = [
            asked.map { table("area", Text(en: "The area", zh: "本地区"), [$0], now, isRanked: false) },
            within.isEmpty ? nil : table("areas", Text(en: "Areas, the best first", zh: "各地区（由好到差）"), within, now),
        ].compactMap { $0 }
        return tables.isEmpty ? nil : Section("areas", Text(en: "Areas", zh: "地区"), tables)
    }

    private func table(
        _ id: String, _ title: Text, _ shown: [RunPoint.Row], _ now: RunPoint, isRanked: Bool = true
    ) -> ReportTable {
        let before = Dictionary((bulletin.before?.rows ?? []).map { ($0.key, $0) }) { first, _ in first }
        let ranks = ranks(shown)
        let earlierRanks = ranks.isEmpty ? [:] : self.ranks(shown.compactMap { before[$0.key] })
        let dimensions = [.soundness] + self.dimensions(shown)
        let hasPersons = now.rows.contains { $0.scope == .area && $0.persons != nil }
        let ordered = shown.sorted { left, right in
            (ranks[left.key] ?? .max, left.code, left.name) < (ranks[right.key] ?? .max, right.code, right.name)
        }
        let rows = ordered.map { row -> [ReportCell] in
            let then = before[row.key]
            let count = hasPersons ? row.persons : row.records
            let countBefore = hasPersons ? then?.persons : then?.records
            let rank = ranks[row.key]
            let place: [ReportCell] = [
                rank.map(ReportCell.count) ?? .none, zip(rank, earlierRanks[row.key]).map { .change($1 - $0) } ?? .none,
            ]
            return (isRanked ? place : []) + [
                name(row), row.code.isEmpty ? .none : .code(row.code), count.map(ReportCell.count) ?? .withheld,
                zip(count, countBefore).map { .change($0 - $1) } ?? .none,
            ] + dimensions.map { rate(row, then, $0) }
        }
        let placeColumns = [Column("rank", Text(en: "Rank", zh: "名次")), Column("moved", Text(en: "Moved", zh: "升降"))]
        return ReportTable(
            id, title,
            (isRanked ? placeColumns : []) + [
                Column("area", Text(en: "Area", zh: "地区"), isNumber: false),
                Column("code", Text(en: "Code", zh: "代码"), isNumber: false), hasPersons ? .persons : .records,
                Column("change", Text(en: "Change", zh: "变化")),
            ] + dimensions.map(Column.dimension), rows, note: note(shown, now, isRanked: isRanked))
    }

    private func note(_ shown: [RunPoint.Row], _ now: RunPoint, isRanked: Bool) -> Text? {
        let ranking = Text(
            en:
                "Ranked by the share of records of grade A or B; a move upwards counts places won since the period before.",
            zh: "按 A、B 级记录的比率排名；升降为与上期相比上升的名次。")
        guard shown.contains(where: { $0.persons == nil || !$0.withheld.isEmpty }) else {
            return isRanked ? ranking : nil
        }
        let withheld = Text(
            en:
                "* Withheld: the number, or one that could be worked out from it, is from 1 to \(now.suppressBelow - 1).",
            zh: "* 不公布：该数或可由其推算的数在 1 至 \(now.suppressBelow - 1) 之间。")
        return isRanked ? Text(en: ranking.en + " " + withheld.en, zh: ranking.zh + withheld.zh) : withheld
    }

    private func level(of rows: [RunPoint.Row]) -> [RunPoint.Row] {
        func depth(_ row: RunPoint.Row) -> Int { QualityAreas.Level(rawValue: row.level).map(QualityAreas.depth) ?? 0 }
        if let area = bulletin.area {
            guard let place = rows.firstIndex(where: { $0.code == area && !$0.isRest }) else { return [] }
            let within = rows[(place + 1)...].prefix { depth($0) > depth(rows[place]) }
            return within.filter { depth($0) == depth(rows[place]) + 1 }
        }
        for level in 0...3 {
            let found = rows.filter { depth($0) == level }
            // One that is all, or nearly, says nothing that the whole does not say.
            if found.count(where: { !$0.isRest && !$0.code.isEmpty || $0.level == QualityAreas.Level.area.rawValue })
                > 1
            {
                return found
            }
        }
        return rows.filter { depth($0) == 0 }
    }

    /// Places by the share of records of grade A or B, from 1; equal shares have equal places. Withheld rates have none.
    private func ranks(_ rows: [RunPoint.Row]) -> [[String]: Int] {
        let shares = rows.compactMap { row in row.rate(.soundness)?.share.map { (row.key, $0) } }
        return Dictionary(shares.map { key, share in (key, 1 + shares.count { $0.1 > share }) }) { first, _ in first }
    }

    private func name(_ row: RunPoint.Row) -> ReportCell {
        if row.isRest {
            return .words(row.code.isEmpty ? Text(en: "not known", zh: "不详") : Text(en: "elsewhere in it", zh: "其他"))
        }
        return row.name.isEmpty ? .code(row.code) : .name(row.name)
    }

    // MARK: Offices

    var offices: Section? {
        guard let now, bulletin.area == nil else { return nil }
        let table = ReportTables.offices(now, before: bulletin.before, bulletin.plan)
        return table.rows.isEmpty ? nil : Section("offices", Text(en: "Offices", zh: "单位"), [table])
    }

    /// What became of findings in the runs of the period, by office.
    var movement: Section? {
        guard bulletin.area == nil else { return nil }
        let shifts = bulletin.runs.flatMap { $0.since?.findings ?? [] }
        let sources = Set(shifts.map(\.source)).sorted()
        if sources.isEmpty { return nil }
        let rows = sources.map { source -> [ReportCell] in
            let own = shifts.filter { $0.source == source }
            func sum(_ path: KeyPath<FindingShift, Int>) -> ReportCell {
                .count(own.reduce(0) { $0 + $1[keyPath: path] })
            }
            func answers(_ status: FollowUpStatus) -> ReportCell {
                .count(
                    bulletin.runs.reduce(0) { sum, point in
                        sum + (point.offices.first { $0.source == source }?.answers(status) ?? 0)
                    })
            }
            return [
                .name(source), sum(\.new), sum(\.returned), sum(\.healed), sum(\.vanished), answers(.applied),
                answers(.ignored),
                answers(.contradicted),
            ]
        }
        return Section(
            "movement", Text(en: "What changed in the period", zh: "期内变化"),
            [
                ReportTable(
                    "movement", Text(en: "Findings and corrections by office", zh: "各单位的发现与更正"),
                    [
                        .office, Column("new", Text(en: "New", zh: "新增")),
                        Column("returned", Text(en: "Returned", zh: "复现")),
                        Column("healed", Text(en: "Healed", zh: "消除")),
                        Column("vanished", Text(en: "Gone", zh: "随记录移除")),
                        Column("applied", Text(en: "Corrections applied", zh: "已采纳")),
                        Column("ignored", Text(en: "Ignored", zh: "未处理")),
                        Column("contradicted", Text(en: "Contradicted", zh: "另作更改")),
                    ], rows)
            ])
    }

    // MARK: Rates

    private func dimensions(_ rows: [RunPoint.Row]) -> [Dimension] {
        DimensionWords.scorecard.filter { dimension in
            rows.contains { $0.rate(dimension) != nil || $0.isWithheld(dimension) }
        }
    }

    private func rate(_ row: RunPoint.Row?, _ before: RunPoint.Row?, _ dimension: Dimension) -> ReportCell {
        guard let row, let rate = row.rate(dimension) else {
            return row?.isWithheld(dimension) == true ? .withheld : .none
        }
        return .rate(
            ReportRate(
                rate, bulletin.plan.colour(rate, of: dimension), earlier: before.map { [$0.rate(dimension)] } ?? []))
    }
}

/// Both, where both are there.
private func zip(_ left: Int?, _ right: Int?) -> (Int, Int)? {
    guard let left, let right else { return nil }
    return (left, right)
}
