import Records

extension ReportTables {
    var todo: Section? {
        let steps = NextStep.all(of: facts)
        return Section(
            "todo", Text(en: "What to do now", zh: "现在要做什么"),
            lead: steps.isEmpty
                ? Text(
                    en: "Nothing waits for a decision and nothing has to be corrected. master.csv can be used.",
                    zh: "没有待判定的记录对，也没有需要更正的内容。master.csv 可以直接使用。") : nil,
            steps.isEmpty
                ? []
                : [
                    ReportTable(
                        "todo", Text(en: "Steps", zh: "步骤"),
                        [
                            Column("count", Text(en: "Number", zh: "数量")),
                            Column("step", Text(en: "Step", zh: "步骤"), isNumber: false),
                            Column("file", Text(en: "File", zh: "文件"), isNumber: false),
                            Column("command", Text(en: "Command", zh: "命令"), isNumber: false),
                        ],
                        steps.map {
                            [
                                .count($0.count), .words($0.title), $0.file.map(ReportCell.code) ?? .none,
                                $0.command.map(ReportCell.code) ?? .none,
                            ]
                        })
                ])
    }

    /// The runs before and this one, the newest last; nothing for a first run.
    var trend: Section? {
        let points = Array(earlier(Self.trendLength - 1)) + [RunPoint(facts)]
        if points.count < 2 { return nil }
        let dimensions = (DimensionWords.scorecard + [.soundness]).filter { dimension in
            points.contains { $0.all?.rate(dimension) != nil }
        }
        let columns =
            [
                Column("run", Text(en: "Run", zh: "运行")),
                Column("as_of", Text(en: "State of", zh: "数据日期"), isNumber: false), .records, .persons,
                Column("errors", Text(en: "Wrong values", zh: "错误")),
                Column("omissions", Text(en: "Missing values", zh: "缺漏")),
                Column("pairs_to_review", Text(en: "Pairs to decide", zh: "待判定")),
            ] + dimensions.map(Column.dimension)
        let rows = points.map { point -> [ReportCell] in
            [
                .count(point.run), .code(point.asOf), .count(point.counts.records), .count(point.counts.persons),
                .count(point.counts.errors), .count(point.counts.omissions), .count(point.counts.pairsToReview),
            ]
                + dimensions.map { dimension in
                    point.all?.rate(dimension).map { .rate(ReportRate($0, colour($0, dimension))) } ?? .none
                }
        }
        return Section(
            "trend", Text(en: "Trend", zh: "趋势"),
            lead: Text(
                en: "The last \(points.count) runs, the newest at the bottom of the table.",
                zh: "最近 \(points.count) 次运行，表中最下面的是最新一次。"),
            [ReportTable("trend", Text(en: "Runs", zh: "各次运行"), columns, rows)])
    }

    private func colour(_ rate: Rate, _ dimension: Dimension) -> Colour? {
        facts.quality?.plan.colour(rate, of: dimension)
    }
}
