import Records

extension Page {
    /// Rates by area, an area before those within it; down to the level that a page can hold, or the worst of a level that no
    /// page can hold.
    func areas() -> Markup {
        guard let quality = facts.quality, let areas = quality.areas else { return "" }
        let chosen: [Dimension] = [.completeness, .validity, .consistency, .soundness, .verification]
        let dimensions = quality.dimensions.filter(chosen.contains)
        let shown = areas.rows(atMost: QualityAreas.shownAtMost)
        let rows = shown.map { area -> Markup in
            let row = area.row
            return """
                <tr>\(areaHead(area))<td>\(row.colour(quality.plan).map(colour) ?? "–")</td>\(areaCount(row.persons ?? (hasPersons ? nil : row.records)))\(hasPersons ? errorsCell(row) : "")\(dimensions.map { rateCell(row, $0, quality.plan) })</tr>
                """
        }
        var notes = Markup()
        if areas.hasWithheld || shown.contains(where: { area in dimensions.contains(where: area.row.isWithheld) }) {
            notes +=
                "<p class=\"note\">\(say("* Withheld: the count, or one that could be worked out from it, is from 1 to \(areas.suppressBelow - 1).", "* 不公布：该数或可由其推算的数在 1 至 \(areas.suppressBelow - 1) 之间。"))</p>\n"
        }
        let more = areas.rows.count - shown.count
        if more > 0 {
            let told =
                areas.hasMoreTops(than: shown.count)
                ? say(
                    "These are the areas with the most errors; <b>\(more)</b> more are in",
                    "以上为错误最多的地区，另有 <b>\(more)</b> 个地区见")
                : say("<b>\(more)</b> smaller areas are in", "另有 <b>\(more)</b> 个下级地区见")
            notes +=
                "<p class=\"note\">\(told) <a href=\"quality.csv\">quality.csv</a>\(say(".", "。"))</p>\n"
        }
        let lead =
            hasPersons
            ? say(
                "Persons of the master by \(fieldName(areas.field)), and the rates of all their records. With errors are those whose record in the master is of grade C or D; the colour is the worst of all rates.",
                "主数据人员按 \(fieldName(areas.field)) 统计，比率按其全部记录计算。“有错误”指主数据记录为 C 级或 D 级；颜色取全部比率中最差者。")
            : say("Records by \(fieldName(areas.field)).", "记录按 \(fieldName(areas.field)) 统计。")
        let counted = hasPersons ? say("Persons", "人数") : say("Records", "记录")
        let head =
            [th(say("Area", "地区")), th(say("Overall", "总体")), thNumber(counted)]
            + (hasPersons ? [thNumber(say("With errors", "有错误"))] : []) + dimensions.map { thNumber(title($0)) }
        return section(
            "areas", say("Areas", "地区"), lead,
            table(say("Quality by area", "各地区数据质量"), head: head, rows: rows, kind: "score areas") + notes)
    }

    private var hasPersons: Bool { facts.quality?.total.persons != nil }

    private func areaHead(_ area: QualityAreas.Area) -> Markup {
        let depth = QualityAreas.depth(area.level)
        let name: Markup =
            area.isRest
            ? (area.code.isEmpty ? say("not known", "不详") : say("elsewhere in it", "其他"))
            : area.name.isEmpty ? code(area.code) : "\(data: area.name)"
        let number: Markup = area.code.isEmpty || area.isRest ? "" : " <small>\(area.code)</small>"
        return "<th scope=\"row\" class=\"deep\(String(depth))\">\(name)\(number)</th>"
    }

    private func areaCount(_ count: Int?) -> Markup {
        count.map { tdNumber("\($0)") } ?? withheldCell
    }

    private func errorsCell(_ row: QualityRow) -> Markup {
        guard let errors = row.personsWithErrors, let persons = row.persons else { return withheldCell }
        return "<td class=\"n rate\"><b>\(percent(Rate(errors, of: persons)))</b><small>\(errors)</small></td>"
    }
}
