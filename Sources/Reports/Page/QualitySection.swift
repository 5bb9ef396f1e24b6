import Records

extension Page {
    /// The scorecard by source, and how far each field is filled; every share with what it is a share of.
    func quality() -> Markup {
        guard facts.records > 0 else { return "" }
        let lead = say(
            "Shares of all records of this run, not estimates from a sample.", "以下比例按本次运行的全部记录计算，并非抽样估计。")
        return section("quality", say("Quality by source", "各来源数据质量"), lead, scorecard() + completeness())
    }

    private func scorecard() -> Markup {
        let rows = facts.sources.map { source -> Markup in
            let cells = [source.completeness, source.validity, source.uniqueness, source.consistency].map {
                scoreCell($0)
            }
            return "<tr>\(rowHead("\(data: source.name)"))\(tdNumber("\(source.records)"))\(cells)</tr>"
        }
        let definitions = say(
            """
            <dl class="terms"><div><dt>Complete</dt><dd>cells with a value, of the cells of the columns the source has</dd></div>
            <div><dt>Valid</dt><dd>values that have the form their field asks for, of all values</dd></div>
            <div><dt>Unique</dt><dd>different persons, of the records of the source</dd></div>
            <div><dt>Consistent</dt><dd>records in which no well-written value contradicts another value or a rule</dd></div></dl>

            """,
            """
            <dl class="terms"><div><dt>完整</dt><dd>有值的单元格，占该来源已有栏目的全部单元格</dd></div>
            <div><dt>有效</dt><dd>格式符合字段要求的值，占全部有值的单元格</dd></div>
            <div><dt>唯一</dt><dd>不同的人数，占该来源的记录数</dd></div>
            <div><dt>一致</dt><dd>格式正确的值之间、与规则之间没有矛盾的记录，占全部记录</dd></div></dl>

            """)
        return table(
            say("Scorecard", "质量评分"),
            head: [
                th(say("Source", "来源")), thNumber(say("Records", "记录")), thNumber(say("Complete", "完整")),
                thNumber(say("Valid", "有效")), thNumber(say("Unique", "唯一")), thNumber(say("Consistent", "一致")),
            ], rows: rows, kind: "score") + definitions
    }

    private func scoreCell(_ rate: Rate?) -> Markup {
        guard let rate, let share = rate.share else { return "<td class=\"n\">–</td>" }
        return """
            <td class="n rate"><b>\(percent(rate))</b><small>\(rate.part) / \(rate.whole)</small>\(meter(share))</td>
            """
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
