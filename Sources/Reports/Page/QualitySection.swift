import Records

extension Page {
    /// Lines of the runs before and this one, and their numbers.
    func trend() -> (id: Markup, title: Text, body: Markup)? {
        part("trend") { tables in
            trendCharts(Array(facts.history.suffix(ReportTables.trendLength - 1)) + [RunPoint(facts)])
                + shown(tables["trend"], kind: "score")
        }
    }

    /// The rates of sources and areas, and what the words, colours and grades mean under this rule book.
    func scorecard() -> (id: Markup, title: Text, body: Markup)? {
        part("score") { tables in
            shown(tables["sources"], kind: "score") + shown(tables["areas"], kind: "score areas")
                + shown(tables["grades"], kind: "bygrade") + (facts.quality.map(legend) ?? "")
        }
    }

    func offices() -> (id: Markup, title: Text, body: Markup)? {
        part("offices") { shown($0["offices"]) }
    }

    func fields() -> (id: Markup, title: Text, body: Markup)? {
        part("fields") { shown($0["fields"], kind: "fill") }
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

    /// What the words, colours and grades mean under this rule book.
    private func legend(_ quality: QualityFacts) -> Markup {
        let plan = quality.plan
        let terms = quality.dimensions.map { dimension -> Markup in
            let limits: Markup = plan.byDimension[dimension].map { " <small>\(self.limits($0))</small>" } ?? ""
            return
                "<div><dt>\(DimensionWords.title(dimension)(language))</dt><dd>\(definition(dimension, plan))\(limits)</dd></div>"
        }
        let own = plan.pointsByCheck.keys.sorted().map { check -> Markup in
            "\(code(check)) \(plan.pointsByCheck[check] ?? 0)"
        }
        let ownPoints: Markup = own.isEmpty ? "" : say(", ", "，") + own.joined(say(", ", "，"))
        func most(_ place: Int) -> Int { place < plan.limits.count ? plan.limits[place] : 0 }
        let (a, b, c) = (most(0), most(1), most(2))
        return """
            <dl class="terms">\(terms)</dl>
            <p class="note">\(say("Colours:", "颜色：")) \(limits(plan.standard))\(say(". ", "。"))\(say("The overall colour is the worst of a row. Under a rate: its numerator and denominator, its interval of 95 % (Wilson), and the change since the run before in percentage points; small columns are the runs before.", "总体颜色取该行最差者。比率下方依次为分子与分母、95% 区间（Wilson）、与上次运行相比变化的百分点；小柱为以往各次运行。"))</p>
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
}
