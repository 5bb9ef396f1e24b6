import Records

extension ReportTables {
    /// Runs before this one that a rate shows beside it.
    private static let earlierRates = 7

    var scorecard: Section? {
        guard facts.records > 0, let quality = facts.quality else { return nil }
        return Section(
            "score", Text(en: "Scorecard", zh: "质量评分"),
            lead: Text(
                en:
                    "Shares of all records of this run, with numerator, denominator and the interval in which the rate of the work that made them lies 95 times of 100. Colours and grades are about data, never about persons.",
                zh: "以下比率按本次运行的全部记录计算，附分子、分母和 95% 区间（形成这些数据的工作的真实比率所在范围）。颜色和等级只针对数据，不针对个人。"),
            [sources(quality), grades(quality)] + [quality.areas.flatMap { areas($0, quality) }].compactMap { $0 })
    }

    private func sources(_ quality: QualityFacts) -> ReportTable {
        func row(_ name: ReportCell, _ row: QualityRow, _ key: (RunPoint.Row.Scope, String)) -> [ReportCell] {
            let before = earlier(Self.earlierRates).map { point in
                point.rows.first { $0.scope == key.0 && $0.code == key.1 }
            }
            return [name, row.colour(quality.plan).map(ReportCell.colour) ?? .none, .count(row.records ?? 0)]
                + quality.dimensions.map { rate(row, $0, quality.plan, before) }
        }
        var rows = zip(facts.sources, quality.sources).map { row(.name($0.name), $1, (.source, $0.name)) }
        let hasTotal = facts.sources.count > 1
        if hasTotal { rows.append(row(.words(Text(en: "All", zh: "合计")), quality.total, (.all, ""))) }
        var table = ReportTable(
            "sources", Text(en: "By source", zh: "各来源"),
            [.source, Column("overall", Text(en: "Overall", zh: "总体"), isNumber: false), .records]
                + quality.dimensions.map(Column.dimension), rows)
        table.hasTotal = hasTotal
        return table
    }

    /// A rate of a source or an area, as it is and as it was.
    private func rate(
        _ row: QualityRow, _ dimension: Dimension, _ plan: QualityPlan, _ before: [RunPoint.Row?]
    ) -> ReportCell {
        guard let rate = row.rate(dimension) else { return row.isWithheld(dimension) ? .withheld : .none }
        return .rate(
            ReportRate(rate, plan.colour(rate, of: dimension), earlier: before.map { $0?.rate(dimension) }))
    }

    private func grades(_ quality: QualityFacts) -> ReportTable {
        func row(_ name: ReportCell, _ row: QualityRow) -> [ReportCell] {
            [name, .count(row.records ?? 0)]
                + row.grades.map { .rate(ReportRate(Rate($0, of: row.records ?? 0))) }
        }
        var rows = zip(facts.sources, quality.sources).map { row(.name($0.name), $1) }
        let hasTotal = facts.sources.count > 1
        if hasTotal { rows.append(row(.words(Text(en: "All", zh: "合计")), quality.total)) }
        var table = ReportTable(
            "grades", Text(en: "Records by grade", zh: "各等级的记录"),
            [.source, .records] + Grade.allCases.map { Column($0.rawValue, Text(en: $0.rawValue, zh: $0.rawValue)) },
            rows)
        table.hasTotal = hasTotal
        return table
    }

    // MARK: Areas

    /// An area before those within it; down to the level that a page can hold, or the worst of a level that no page can hold.
    private func areas(_ areas: QualityAreas, _ quality: QualityFacts) -> ReportTable? {
        let shown = areas.rows(atMost: QualityAreas.shownAtMost)
        if shown.isEmpty { return nil }
        let chosen: [Dimension] = DimensionWords.scorecard + [.soundness, .verification]
        let dimensions = quality.dimensions.filter { dimension in
            chosen.contains(dimension)
                && shown.contains { $0.row.rate(dimension) != nil || $0.row.isWithheld(dimension) }
        }
        let hasPersons = quality.total.persons != nil
        let points = earlier(Self.earlierRates).map { point in
            Dictionary(point.rows.filter { $0.scope == .area }.map { ($0.key, $0) }) { first, _ in first }
        }
        let rows = shown.map { area -> [ReportCell] in
            let row = area.row
            let key = RunPoint.Row.key(of: area)
            let before = points.map { $0[key] }
            let count = hasPersons ? row.persons : row.records
            return [
                Self.name(area), area.code.isEmpty ? .none : .code(area.code),
                row.colour(quality.plan).map(ReportCell.colour) ?? .none, count.map(ReportCell.count) ?? .withheld,
            ] + (hasPersons ? [errors(row)] : []) + dimensions.map { rate(row, $0, quality.plan, before) }
        }
        let counted = hasPersons ? Column.persons : .records
        var table = ReportTable(
            "areas", Text(en: "By area (\(areas.field))", zh: "各地区（\(areas.field)）"),
            [
                Column("area", Text(en: "Area", zh: "地区"), isNumber: false),
                Column("code", Text(en: "Code", zh: "代码"), isNumber: false),
                Column("overall", Text(en: "Overall", zh: "总体"), isNumber: false), counted,
            ] + (hasPersons ? [Column("with_errors", Text(en: "With errors", zh: "有错误"))] : [])
                + dimensions.map(Column.dimension), rows, note: note(areas, shown: shown.count, hasPersons: hasPersons))
        table.depths = shown.map { QualityAreas.depth($0.level) }
        return table
    }

    private func errors(_ row: QualityRow) -> ReportCell {
        guard let errors = row.personsWithErrors, let persons = row.persons else { return .withheld }
        return .rate(ReportRate(Rate(errors, of: persons)))
    }

    static func name(_ area: QualityAreas.Area) -> ReportCell {
        if area.isRest {
            return .words(
                area.code.isEmpty ? Text(en: "not known", zh: "不详") : Text(en: "elsewhere in it", zh: "其他"))
        }
        return area.name.isEmpty ? .code(area.code) : .name(area.name)
    }

    private func note(_ areas: QualityAreas, shown: Int, hasPersons: Bool) -> Text {
        var (en, zh) =
            hasPersons
            ? (
                "Persons stand where their record in the master does; rates are of all their records. With errors are those whose record in the master is of grade C or D; the colour is the worst of all rates.",
                "人员按主数据中的地区统计，比率按其全部记录计算。“有错误”指主数据记录为 C 级或 D 级；颜色取全部比率中最差者。"
            ) : ("The colour is the worst of all rates.", "颜色取全部比率中最差者。")
        if areas.hasWithheld {
            en +=
                " * Withheld: the number, or one that could be worked out from it, is from 1 to \(areas.suppressBelow - 1)."
            zh += "* 不公布：该数或可由其推算的数在 1 至 \(areas.suppressBelow - 1) 之间。"
        }
        let more = areas.rows.count - shown + areas.leftOut
        if more > 0 {
            let isWorst = areas.hasMoreTops(than: shown)
            en +=
                isWorst
                ? " These are the areas with the most errors; \(grouped(more)) more are in quality.csv."
                : " \(grouped(more)) smaller areas are in quality.csv."
            zh +=
                isWorst
                ? "以上为错误最多的地区，另有 \(grouped(more)) 个地区见 quality.csv。"
                : "另有 \(grouped(more)) 个下级地区见 quality.csv。"
        }
        return Text(en: en, zh: zh)
    }
}
