import Records

/// How good an office's data are, in stars: what its colours on the scorecard are worth, of what they could be worth.
enum OfficeStars {
    /// Green is worth 3, blue 2, yellow 1, red nothing; one star and up to four more for the share of the points.
    ///
    /// - Returns: 1 to 5, 5 only where all are green; `nil` for an office without any rate.
    static func count(_ rates: [(rate: Rate, dimension: Dimension)], _ plan: QualityPlan) -> Int? {
        let colours = rates.compactMap { plan.colour($0.rate, of: $0.dimension) }
        if colours.isEmpty { return nil }
        let points = colours.reduce(0) { $0 + worth($1) }
        let most = colours.count * 3
        return points == most ? 5 : min(4, 1 + (points * 4 + most / 2) / most)
    }

    private static func worth(_ colour: Colour) -> Int {
        switch colour {
        case .green: 3
        case .blue: 2
        case .yellow: 1
        case .red: 0
        }
    }

    static let note = Text(
        en:
            "Stars are about data: green is worth 3, blue 2, yellow 1, red 0 of each dimension of the scorecard; five stars are all green, one is nothing or nearly so. Offices with equal stars stand by their share of records of grade A or B. Per 1,000 are wrong and missing values of 1,000 records; applied, of the corrections of the run before that the office has answered. People are not ranked.",
        zh:
            "星级只针对数据：评分各维度绿 3 分、蓝 2 分、黄 1 分、红 0 分，全绿才是五星，零分或接近零分为一星；星级相同者按 A、B 级记录的比率排列。每千条为每千条记录的错误与缺漏；已采纳为上次运行的更正中该单位已答复者。不对个人排名。"
    )
}

extension ReportTables {
    /// Offices by the quality of what they send, the best first.
    var offices: Section? {
        guard let quality = facts.quality, !facts.sources.isEmpty else { return nil }
        let point = RunPoint(facts)
        let table = Self.offices(point, before: facts.history.last, quality.plan)
        return Section(
            "offices", Text(en: "Offices by data quality", zh: "各单位数据质量排名"), table.rows.isEmpty ? [] : [table])
    }

    static func offices(_ point: RunPoint, before: RunPoint?, _ plan: QualityPlan) -> ReportTable {
        struct Ranked {
            let row: RunPoint.Row
            let stars: Int?
            let soundness: Double
        }
        let sources = point.rows.filter { $0.scope == .source }
        let ranked = sources.map { row in
            Ranked(
                row: row,
                stars: OfficeStars.count(
                    DimensionWords.scorecard.compactMap { dimension in row.rate(dimension).map { ($0, dimension) } },
                    plan),
                soundness: row.rate(.soundness)?.share ?? 0)
        }.sorted {
            ($1.stars ?? 0, $1.soundness, $0.row.code) < ($0.stars ?? 0, $0.soundness, $1.row.code)
        }
        let rows = ranked.enumerated().map { place, ranked -> [ReportCell] in
            let row = ranked.row
            let office = point.offices.first { $0.source == row.code }
            let earlier = before?.rows.first { $0.scope == .source && $0.code == row.code }
            let answered = office.map { office in
                Rate(
                    office.answers(.applied),
                    of: office.answers(.applied) + office.answers(.ignored) + office.answers(.contradicted))
            }
            return [
                .count(place + 1), .name(row.code), ranked.stars.map(ReportCell.stars) ?? .none,
                row.rate(.soundness).map {
                    .rate(
                        ReportRate(
                            $0, plan.colour($0, of: .soundness), earlier: earlier.map { [$0.rate(.soundness)] } ?? []))
                } ?? .none,
                .count(row.records ?? 0), .count(office?.errors ?? 0), .count(office?.omissions ?? 0),
                perThousand((office?.errors ?? 0) + (office?.omissions ?? 0), row.records),
                .count(office?.corrections ?? 0),
                answered.flatMap { $0.whole > 0 ? .rate(ReportRate($0)) : nil } ?? .none,
            ]
        }
        return ReportTable(
            "offices", Text(en: "Ranking", zh: "排名"),
            [
                Column("rank", Text(en: "Rank", zh: "名次")), .office,
                Column("stars", Text(en: "Stars", zh: "星级"), isNumber: false), .dimension(.soundness), .records,
                Column("errors", Text(en: "Wrong values", zh: "错误")),
                Column("omissions", Text(en: "Missing values", zh: "缺漏")),
                Column("per_thousand", Text(en: "Per 1,000", zh: "每千条")),
                Column("corrections", Text(en: "To correct", zh: "待更正")),
                Column("applied", Text(en: "Applied", zh: "已采纳")),
            ], rows, note: OfficeStars.note)
    }

    private static func perThousand(_ findings: Int, _ records: Int?) -> ReportCell {
        guard let records, records > 0 else { return .none }
        return .number(Double(findings) * 1_000 / Double(records), places: 1)
    }
}
