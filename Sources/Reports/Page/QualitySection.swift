import Records

extension Page {
    /// The scorecard by source, grades of records, and how far each field is filled; every share with what it is a share of.
    func quality() -> Markup {
        guard facts.records > 0 else { return "" }
        let lead = say(
            "Shares of all records of this run, not estimates from a sample. Colours and grades are about data, never about persons.",
            "以下比例按本次运行的全部记录计算，并非抽样估计。颜色和等级只针对数据，不针对个人。")
        let score = facts.quality.map { scorecard($0) + recordGrades($0) + legend($0) } ?? ""
        return section("quality", say("Quality by source", "各来源数据质量"), lead, score + completeness())
    }

    private func scorecard(_ quality: QualityFacts) -> Markup {
        func row(_ name: Markup, _ row: QualityRow) -> Markup {
            let cells = quality.dimensions.map { rateCell(row, $0, quality.plan) }
            return """
                <tr>\(rowHead(name))<td>\(row.colour(quality.plan).map(colour) ?? "–")</td>\(tdNumber("\(row.records ?? 0)"))\(cells)</tr>
                """
        }
        let rows = zip(facts.sources, quality.sources).map { row("\(data: $0.name)", $1) }
        let foot: Markup =
            facts.sources.count > 1 ? "<tfoot>\(row(say("All", "合计"), quality.total))</tfoot>" : ""
        return table(
            say("Scorecard", "质量评分"),
            head: [th(say("Source", "来源")), th(say("Overall", "总体")), thNumber(say("Records", "记录"))]
                + quality.dimensions.map { thNumber(title($0)) }, rows: rows, foot: foot, kind: "score")
    }

    func title(_ dimension: Dimension) -> Markup {
        switch dimension {
        case .completeness: say("Complete", "完整")
        case .validity: say("Valid", "有效")
        case .uniqueness: say("Unique", "唯一")
        case .consistency: say("Consistent", "一致")
        case .timeliness: say("Timely", "及时")
        case .accuracy: say("Accurate", "准确")
        case .soundness: say("Grade A, B", "A、B 级")
        case .verification: say("Verified", "已核实")
        }
    }

    private func definition(_ dimension: Dimension, _ plan: QualityPlan) -> Markup {
        let field = plan.verifiedOn.map { $0 < facts.fields.count ? fieldName(facts.fields[$0].name) : "" } ?? ""
        let hasRequired = facts.fields.contains(where: \.required)
        return switch dimension {
        case .completeness:
            hasRequired
                ? say("cells with a value, of the cells of required fields", "有值的单元格，占必填字段的全部单元格")
                : say("cells with a value, of the cells of the columns the source has", "有值的单元格，占该来源已有栏目的全部单元格")
        case .validity:
            say("values that have the form their field asks for, of all values", "格式符合字段要求的值，占全部有值的单元格")
        case .uniqueness: say("different persons, of the records of the source", "不同的人数，占该来源的记录数")
        case .consistency:
            say(
                "records in which no well-written value contradicts another value or a rule, of all records",
                "格式正确的值之间、与规则之间没有矛盾的记录，占全部记录")
        case .timeliness:
            say(
                "records with \(field) in the \(plan.withinDays) days before their export, of those of sources that have it",
                "\(field) 在导出日期前 \(plan.withinDays) 天内的记录，占有该栏目来源的记录")
        case .accuracy: say("values that no check finds wrong, of all values", "没有检查项认为有误的值，占全部有值的单元格")
        case .soundness: say("records of grade A or B, of all records", "A 级或 B 级的记录，占全部记录")
        case .verification:
            say(
                "persons with \(field) of any record in those \(plan.withinDays) days, of all persons",
                "任一记录的 \(field) 在该 \(plan.withinDays) 天内的人数，占全部人数")
        }
    }

    /// A rate with its colour by name, and what it is a rate of.
    func rateCell(_ row: QualityRow, _ dimension: Dimension, _ plan: QualityPlan) -> Markup {
        guard let rate = row.rate(dimension), let share = rate.share else {
            return row.isWithheld(dimension) ? withheldCell : "<td class=\"n none\">–</td>"
        }
        let word = plan.colour(rate, of: dimension).map(colour) ?? ""
        return """
            <td class="n rate"><b>\(percent(rate))</b><small>\(rate.part) / \(rate.whole)</small>\(meter(share))\(word)</td>
            """
    }

    var withheldCell: Markup {
        "<td class=\"n none\" aria-label=\"\(say("withheld", "不公布"))\">*</td>"
    }

    /// The colour's name, with a mark of its own shape: it reads in black and white too.
    func colour(_ colour: Colour) -> Markup {
        "<span class=\"colour \(colour.rawValue)\">\(colourName(colour))</span>"
    }

    private func colourName(_ colour: Colour) -> Markup {
        switch colour {
        case .green: say("green", "绿")
        case .blue: say("blue", "蓝")
        case .yellow: say("yellow", "黄")
        case .red: say("red", "红")
        }
    }

    private func recordGrades(_ quality: QualityFacts) -> Markup {
        func row(_ name: Markup, _ row: QualityRow) -> Markup {
            let cells = row.grades.map { count -> Markup in
                let rate = Rate(count, of: row.records ?? 0)
                return "<td class=\"n rate\"><b>\(percent(rate))</b><small>\(count)</small></td>"
            }
            return "<tr>\(rowHead(name))\(tdNumber("\(row.records ?? 0)"))\(cells)</tr>"
        }
        let rows = zip(facts.sources, quality.sources).map { row("\(data: $0.name)", $1) }
        let foot: Markup =
            facts.sources.count > 1 ? "<tfoot>\(row(say("All", "合计"), quality.total))</tfoot>" : ""
        return table(
            say("Records by grade", "各等级的记录"),
            head: [th(say("Source", "来源")), thNumber(say("Records", "记录"))]
                + Grade.allCases.map { thNumber("<span class=\"grade g\($0.rawValue)\">\($0.rawValue)</span>") },
            rows: rows, foot: foot, kind: "bygrade")
    }

    /// What the words, colours and grades mean under this rule book.
    private func legend(_ quality: QualityFacts) -> Markup {
        let plan = quality.plan
        let terms = quality.dimensions.map { dimension -> Markup in
            let limits: Markup = plan.byDimension[dimension].map { " <small>\(self.limits($0))</small>" } ?? ""
            return "<div><dt>\(title(dimension))</dt><dd>\(definition(dimension, plan))\(limits)</dd></div>"
        }
        let own = plan.pointsByCheck.keys.sorted().map { check -> Markup in
            "\(code(check)) \(plan.pointsByCheck[check] ?? 0)"
        }
        let ownPoints: Markup = own.isEmpty ? "" : say(", ", "，") + own.joined(say(", ", "，"))
        let (a, b, c) = (plan.limits[0], plan.limits[1], plan.limits[2])
        return """
            <dl class="terms">\(terms)</dl>
            <p class="note">\(say("Colours:", "颜色：")) \(limits(plan.standard))\(say(". ", "。"))\(say("The overall colour is the worst of a row.", "总体颜色取该行最差者。"))</p>
            <p class="note">\(say("Grades: a record’s findings have points (error \(plan.errorPoints), warning \(plan.warningPoints), note \(plan.infoPoints)\(ownPoints)); a cell counts once, with its gravest finding. A up to \(a), B up to \(b), C up to \(c), D more. Each record’s grade is in", "等级：每条记录的发现计分（严重 \(plan.errorPoints)，注意 \(plan.warningPoints)，提示 \(plan.infoPoints)\(ownPoints)），同一单元格只计最严重的一项。A 至 \(a) 分，B 至 \(b) 分，C 至 \(c) 分，更多为 D。每条记录的等级见")) <a href="grades.csv">grades.csv</a>\(say("; all rates are in", "；全部比率见")) <a href="quality.csv">quality.csv</a>\(say(".", "。"))</p>

            """
    }

    private func limits(_ limits: ColourLimits) -> Markup {
        func percent(_ share: Double) -> String {
            let text = decimal(share * 100, 1)
            return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "%"
        }
        return say(
            "\(colour(.green)) from \(percent(limits.green)), \(colour(.blue)) from \(percent(limits.blue)), \(colour(.yellow)) from \(percent(limits.yellow)), else \(colour(.red))",
            "\(colour(.green)) \(percent(limits.green)) 起，\(colour(.blue)) \(percent(limits.blue)) 起，\(colour(.yellow)) \(percent(limits.yellow)) 起，以下为\(colour(.red))"
        )
    }

    private func meter(_ share: Double) -> Markup {
        "<svg width=\"100%\" height=\"4\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" height=\"4\"/><rect class=\"level\" width=\"\(number: share * 100)%\" height=\"4\"/></svg>"
    }

    private func completeness() -> Markup {
        let rows = facts.fields.enumerated().map { index, field -> Markup in
            let required: Markup =
                field.required ? say(" <span class=\"tag\">required</span>", " <span class=\"tag\">必填</span>") : ""
            let cells = facts.sources.map { source -> Markup in
                guard index < source.fields.count, let fill = source.fields[index] else {
                    return "<td class=\"n none absent\">\(say("not in this source", "该来源没有"))</td>"
                }
                let rate = Rate(fill.filled, of: source.records)
                return """
                    <td class="n rate"><b>\(percent(rate))</b><small>\(fill.filled)</small>\(meter(rate.share ?? 0))</td>
                    """
            }
            return "<tr>\(rowHead(fieldName(field.name) + required))\(cells)</tr>"
        }
        return table(
            say("Records with a value, by field", "各字段有值的记录"),
            head: [th(say("Field", "字段"))]
                + facts.sources.map { thNumber("\(data: $0.name) <small>\($0.records)</small>") },
            rows: rows, kind: "fill")
    }
}
