import Records
import Validation
import Yams

extension RuleBookReader {
    mutating func readChecks(_ node: Node) -> [ValidationPlan.Condition] {
        let what = Text(en: "\"checks:\"", zh: "“checks:”")
        guard let items = list(node, what: what, example: "- { id: …, where: \"…\", fields: […] }") else { return [] }
        var names: Set<String> = []
        return items.compactMap { item in
            guard let condition = readCheck(item) else { return nil }
            if Check.named(condition.id) != nil {
                report(
                    .repeated, at: item,
                    Text(
                        en: "There is a check called \"\(condition.id)\" already; choose another name.",
                        zh: "已有内置检查名为“\(condition.id)”，请换一个名称。"))
            }
            if !names.insert(condition.id).inserted {
                report(
                    .repeated, at: item,
                    Text(
                        en: "Two checks are called \"\(condition.id)\"; findings could not be told apart.",
                        zh: "有两个检查都叫“\(condition.id)”，结果将无法区分。"))
            }
            return condition
        }
    }

    private mutating func readCheck(_ node: Node) -> ValidationPlan.Condition? {
        guard let section = section(node, RuleKeys.check, what: Text(en: "a check", zh: "检查")) else { return nil }
        let id = section["id"].flatMap { text($0) }
        if let id, let entry = section["id"], !isCheckName(id, at: entry.value) { return nil }
        let severity = choice(section["severity"], Severity.self) ?? .error
        let message = section["message"].flatMap { sentence($0) }
        let expression = section["where"].flatMap { sentence($0) }
        let fields = section["fields"].map { readFieldList($0) } ?? []
        if let expression, let entry = section["where"] { compile(expression, at: entry.value) }
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
