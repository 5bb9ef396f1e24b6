import Records
import Validation
import Yams

extension RuleBookReader {
    /// Conditions of the book's own, and what it changes about built-in checks: an entry with the name of one.
    mutating func readChecks(
        _ node: Node
    ) -> (conditions: [ValidationPlan.Condition], settings: [String: ValidationPlan.Setting]) {
        let what = Text(en: "\"checks:\"", zh: "“checks:”")
        var conditions: [ValidationPlan.Condition] = []
        var settings: [String: ValidationPlan.Setting] = [:]
        guard let items = list(node, what: what, example: "- { id: …, where: \"…\", fields: […] }") else {
            return ([], [:])
        }
        var names: Set<String> = []
        for item in items {
            guard let section = section(item, RuleKeys.check, what: Text(en: "a check", zh: "检查")) else { continue }
            let id = section["id"].flatMap { text($0) }
            if let id, let entry = section["id"], !isCheckName(id, at: entry.value) { continue }
            if let id, !names.insert(id).inserted {
                report(
                    .repeated, at: item,
                    Text(
                        en: "Two checks are called \"\(id)\"; findings could not be told apart.",
                        zh: "有两个检查都叫“\(id)”，结果将无法区分。"))
            }
            if let check = id.flatMap({ Check.named($0) }) {
                settings[check.name] = readSetting(of: check, section, at: item)
            } else if let condition = readCondition(id, section, at: item) {
                conditions.append(condition)
            }
        }
        return (conditions, settings)
    }

    private mutating func readSetting(
        of check: Check, _ section: [String: RuleEntry], at item: Node
    ) -> ValidationPlan.Setting {
        if let entry = ["where", "fields", "message"].lazy.compactMap({ section[$0] }).first {
            report(
                .repeated, at: entry.keyNode,
                Text(
                    en: "There is a check called \"\(check.name)\" already: of a built-in check only \"severity\" and "
                        + "\"limit\" can be changed; for a condition of your own choose another name.",
                    zh: "已有内置检查名为“\(check.name)”：内置检查只能修改“severity”和“limit”；自定义条件请换一个名称。"))
            return ValidationPlan.Setting()
        }
        let words = Severity.allCases.map(\.rawValue) + [Self.off]
        let word = section["severity"].flatMap { choice($0.value, among: words, what: Self.quoted($0.key)) }
        let limit = integer(section["limit"], in: 0...1_000_000)
        if let entry = section["limit"], check.limit == nil {
            report(
                .doesNotFit, at: entry.keyNode,
                Text(
                    en: "The check \"\(check.name)\" goes by no limit.", zh: "检查“\(check.name)”没有可设置的界限。"))
        }
        if section["severity"] == nil, section["limit"] == nil {
            report(
                .missingKey, at: item,
                Text(
                    en:
                        "Say what is to change about the check \"\(check.name)\": \"severity: off\", another severity, or a "
                        + "\"limit:\".",
                    zh: "请写明要修改检查“\(check.name)”的什么：“severity: off”、其他级别，或“limit:”。"))
        }
        return ValidationPlan.Setting(
            isOff: word == Self.off, severity: word.flatMap { Severity(rawValue: $0) }, limit: limit)
    }

    /// In place of a severity: the check does not run.
    private static let off = "off"

    private mutating func readCondition(
        _ id: String?, _ section: [String: RuleEntry], at item: Node
    ) -> ValidationPlan.Condition? {
        let severity = choice(section["severity"], Severity.self) ?? .error
        let message = section["message"].flatMap { sentence($0) }
        let expression = section["where"].flatMap { sentence($0) }
        let fields = section["fields"].map { readFieldList($0) } ?? []
        if let expression, let entry = section["where"] { compile(expression, at: entry.value) }
        if let entry = section["limit"] {
            report(
                .doesNotFit, at: entry.keyNode,
                Text(en: "\"limit\" is for built-in checks.", zh: "“limit”只用于内置检查。"))
        }
        if let key = ["where", "fields"].first(where: { section[$0] == nil }) {
            let known = Check.all.map(\.name)
            report(
                .missingKey, at: item,
                Text(
                    en: "\"\(key):\" is missing in a check of your own"
                        + (id.map { "; there is no built-in check \"\($0)\" either." } ?? "."),
                    zh: "自定义检查缺少“\(key):”" + (id.map { "；也没有名为“\($0)”的内置检查。" } ?? "。")),
                nearest: key == "where" && section["fields"] == nil
                    ? id.flatMap { Nearest.name(to: $0, among: known) } : nil)
        }
        guard let id, let expression else { return nil }
        return ValidationPlan.Condition(
            id: id, expression: expression, severity: severity, fields: fields, message: message)
    }

    /// SQLite says whether it is an expression over the record's fields and nothing else.
    mutating func compile(_ expression: String, at node: Node) {
        if schema.fields.isEmpty { return }
        do {
            _ = try WhereExpression(expression, schema: schema)
        } catch let failure as Failure {
            let advice = failure.advice ?? Text(en: "", zh: "")
            report(
                .badCondition, at: node,
                Text(
                    en: "\(Self.sentence(failure.message.en)) \(Self.sentence(advice.en))",
                    zh: "\(failure.message.zh)；\(advice.zh)。"))
        } catch {
            report(.badCondition, at: node, Text(en: "\(error)", zh: "\(error)"))
        }
    }

    private static func sentence(_ text: String) -> String {
        text.isEmpty ? "" : text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private mutating func readFieldList(_ entry: RuleEntry) -> [Int] {
        let what = Text(en: "\"fields\" of a check", zh: "检查的“fields”")
        guard let items = list(entry.value, what: what, example: "[last_visit, registered]") else { return [] }
        if items.isEmpty {
            report(
                .missingKey, at: entry.value,
                Text(
                    en: "Name the fields the finding is about; the first one is the cell it is shown at.",
                    zh: "请写明涉及的字段；结果显示在第一个字段的单元格上。"))
        }
        return items.compactMap { item in
            guard let name = text(item, what: Text(en: "a field", zh: "字段")) else { return nil }
            return field(name, at: item)
        }
    }
}
