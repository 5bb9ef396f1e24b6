import Matching
import Records

/// Writes a drafted rule book as YAML with a comment for everything that a person should look at.
struct DraftWriter {
    let plan: DraftPlan
    let book: String
    let language: Language
    /// Two-digit years are taken for no later one.
    let year: Int

    var text: String {
        [head, sources, fields, checks, match, outcome].joined(separator: "\n")
    }

    private func say(_ english: String, _ chinese: String) -> String {
        language == .english ? english : chinese
    }

    private var head: String {
        """
        # \(say("Drafted by \"qingku rules new\" from the exports. Look through it, then run:", "由“qingku rules new”根据导出文件起草。请先查看修改，再运行："))
        #   qingku rules check \(book)
        #   qingku clean \(book)

        registry: \(YAMLScalar.write(title))  # \(say("title on every report", "登记册名称，出现在每份报告上"))
        # \(say("Say in your own words why this personal data may be processed; the report prints it.", "请用自己的话写明为何可以处理这些个人信息；报告会写明。"))
        purpose: \(YAMLScalar.write(say("Find errors, omissions and duplicates in this registry", "查找本登记册中的错误、遗漏和重复")))

        """
    }

    private var title: String {
        plan.sources.map(\.name).joined(separator: ", ")
    }

    private var sources: String {
        var lines = [
            "# "
                + say(
                    "The exports. trust: where they disagree, the higher wins. as_of: the day of an export.",
                    "导出文件。trust：意见不一致时数值高者优先。as_of：导出日期。"),
            "sources:",
        ]
        for source in plan.sources {
            let sample = source.sample
            lines.append("  \(YAMLScalar.write(source.name)):")
            lines.append("    file: \(YAMLScalar.write(FolderPath.relative(sample.path, toFolderOf: book)))")
            lines.append("    format: \(sample.format.rawValue)")
            if let record = sample.recordPath { lines.append("    record: \(YAMLScalar.write(record))") }
            if !sample.namespaces.isEmpty {
                let pairs = sample.namespaces.sorted { $0.key < $1.key }
                lines.append(
                    "    namespaces: { \(pairs.map { "\(YAMLScalar.write($0.key)): \(YAMLScalar.write($0.value))" }.joined(separator: ", ")) }"
                )
            }
            if let id = source.recordID {
                lines.append("    record_id: \(YAMLScalar.write(id))")
            } else {
                lines.append(
                    "    # "
                        + say(
                            "record_id: no column numbers the records; they are known by their lines, which change from export to export",
                            "record_id：没有记录编号列，只能按行号识别，每次导出都会变"))
            }
            lines.append("    trust: 1")
            lines.append("    # as_of: 2024-06-30")
            if source.mappings.contains(where: { $0.field == "updated" }),
                plan.fields.contains(where: { $0.name == "updated" && $0.kind == .date })
            {
                lines.append(
                    "    updated: updated  # "
                        + say("the day of the latest change of a record", "记录最后更新的日期"))
            }
            lines.append("    fields:")
            for mapping in source.mappings {
                lines.append("      \(YAMLScalar.write(mapping.field)): \(YAMLScalar.write(mapping.column))")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private var fields: String {
        var lines = [
            "# "
                + say(
                    "What each field holds. required: an empty cell is an omission. A field can be renamed here and above.",
                    "字段及其类型。required：空缺计为遗漏。可以在此处和上面同时改名。"),
            "fields:",
        ]
        for field in plan.fields {
            for reason in field.reasons {
                lines.append("  # \(comment(reason.source)).\(comment(reason.column)): \(reason.reason(language))")
            }
            var parts = ["type: \(field.kind.rawValue)"]
            if field.isRequired { parts.append("required: true") }
            if let order = field.dateOrder { parts.append("date_order: \(order.rawValue)") }
            if field.hasShortYears {
                lines.append(
                    "  # "
                        + say(
                            "some years have two digits: short_years_until is the latest year they mean",
                            "部分年份只有两位：short_years_until 为其最晚可表示的年份"))
                parts.append("short_years_until: \(year)")
            }
            if field.kind == .code { parts.append("codes: \(codes(field.codes))") }
            lines.append("  \(YAMLScalar.write(field.name)): { \(parts.joined(separator: ", ")) }")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func codes(_ codes: [(written: String, code: String)]) -> String {
        if codes.allSatisfy({ $0.written == $0.code }) {
            return "[\(codes.map { YAMLScalar.write($0.code) }.joined(separator: ", "))]"
        }
        return
            "{ \(codes.map { "\(YAMLScalar.write($0.written)): \(YAMLScalar.write($0.code))" }.joined(separator: ", ")) }"
    }

    private var checks: String {
        """
        # \(say("Checks beside those that the types bring; \"where\" is true of a record with an error:", "类型自带检查之外的检查；where 为“有错误”的条件："))
        # checks:
        #   - { id: visit-before-opening, where: last_visit < case_opened, severity: error, fields: [last_visit, case_opened] }

        """
    }

    private var match: String {
        let schema = plan.schema
        var keys = MatchDefaults.keys(for: schema)
        var comparisons = MatchDefaults.comparisons(for: schema)
        // Nothing that tells persons apart: the book still runs, and the reader warns.
        if keys.isEmpty { keys = [MatchPlan.Key([MatchPlan.Part(field: 0)])] }
        if comparisons.isEmpty { comparisons = [MatchPlan.Comparison(field: 0, comparator: "exact")] }
        func name(_ field: Int) -> String { schema.fields[field].name }
        let block = keys.map { key in
            let parts = key.parts.map { part in
                let ending = part.transform.map { ".\($0)" } ?? ""
                let other = part.partner.map { " <> \(name($0))\(ending)" } ?? ""
                return YAMLScalar.write(name(part.field) + ending + other)
            }
            let list = "[\(parts.joined(separator: ", "))]"
            return key.atMost.map { "    - { key: \(list), at_most: \($0) }" } ?? "    - \(list)"
        }
        let compare = comparisons.map { comparison in
            let how = comparison.role.map { "{ comparator: \(comparison.comparator), role: \($0.rawValue) }" }
            return "    \(YAMLScalar.write(name(comparison.field))): \(how ?? comparison.comparator)"
        }
        let sensitive = schema.fields.filter(SensitiveFields.contains).map(\.name)
        let ids = comparisons.map(\.field).filter { schema.fields[$0].kind == .residentID }
        let isSure = comparisons.contains { comparison in
            Self.telling.contains(schema.fields[comparison.field].kind)
                && plan.fields[comparison.field].filledShare >= 0.5
        }
        return """
            match:
              # \(say("Records are compared when any of these keys agrees in all its parts; at_most: unless it brings more pairs a record.", "任一键的各部分都相同的两条记录才会比较；at_most：每条记录平均超过此对数时不用该键。"))
              block:
            \(block.joined(separator: "\n"))
              compare:
            \(compare.joined(separator: "\n"))
            \(sensitive.isEmpty ? "" : "  # \(say("Sensitive, not used to match people:", "敏感信息，不用于匹配：")) \(sensitive.joined(separator: ", "))\n")  link: all
              # \(say("Probabilities: merged without a person from the first, shown to people from the second; \"merge: off\" merges nothing.", "概率：达到 merge 自动合并，达到 review 交人工审核；merge: off 表示不自动合并。"))
            \(isSure ? "" : "  # \(say("Off: what tells one person from another (names, birth date, numbers) is compared in too few records.", "关闭：能区分个人的内容（姓名、出生日期、号码）只在太少的记录中可比。"))\n")  decide: { merge: \(isSure ? "\(Defaults.merge)" : "off"), review: \(Defaults.review) }
            \(ids.isEmpty ? "" : "  never: [\(ids.map { "\"both \(name($0)) valid and different\"" }.joined(separator: ", "))]\n")
            """
    }

    /// Kinds whose values tell one person of a household from another; a mailbox may be shared.
    private static let telling = MatchDefaults.personKinds.subtracting([.email])

    private var outcome: String {
        let areas =
            plan.fields.first { $0.kind == .division && $0.name == "res_code" }
            ?? plan.fields.first { $0.kind == .division || $0.kind == .city }
        var lines = [
            "# "
                + say(
                    "Which value stands in the master when a person's records disagree.", "同一人的记录不一致时取哪个值。"),
            "survivorship:", "  default: [\(Defaults.survivorship.joined(separator: ", "))]", "",
        ]
        let suppress = "suppress_below: \(Defaults.suppressBelow)"
        lines.append("report: { \(areas.map { "areas: \(YAMLScalar.write($0.name)), " } ?? "")\(suppress) }")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A comment ends with its line.
    private func comment(_ text: String) -> String {
        String(
            text.map { $0.isNewline || ($0.unicodeScalars.first?.properties.generalCategory == .control) ? " " : $0 })
    }
}
