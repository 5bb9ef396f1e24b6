import Importers
import Records
import Validation
import Yams

extension RuleBookReader {
    /// `expect:`, a list of `{ in: SOURCE, of: [SOURCE, …], where: EXPRESSION }`.
    mutating func readExpectations(_ node: Node, sources: [SourcePlan]) -> [ValidationPlan.Expectation] {
        let what = Text(en: "\"expect:\"", zh: "“expect:”")
        guard let items = list(node, what: what, example: "- { in: registry, of: [dossier] }") else { return [] }
        var expected: Set<String> = []
        return items.compactMap { item in
            guard let expectation = readExpectation(item, sources: sources.map(\.profile.name)) else { return nil }
            if !expected.insert(expectation.source).inserted {
                report(
                    .repeated, at: item,
                    Text(
                        en: """
                            "expect:" names "\(expectation.source)" twice; write one entry for it, with OR in "where".
                            """,
                        zh: "“expect:”中“\(expectation.source)”出现了两次；请合并为一条，用 OR 连接 where 条件。"))
            }
            return expectation
        }
    }

    private mutating func readExpectation(_ node: Node, sources: [String]) -> ValidationPlan.Expectation? {
        guard let section = section(node, RuleKeys.expectation, what: Text(en: "an expectation", zh: "应在册规则"))
        else { return nil }
        let source = section["in"].flatMap { readSourceName($0.value, sources) }
        let others = section["of"].map { readSourceNames($0.value, sources) }
        let severity = choice(section["severity"], Severity.self) ?? .error
        let expression = section["where"].flatMap { sentence($0) }
        if let expression, let entry = section["where"] { compile(expression, at: entry.value) }
        guard let source, let others else { return nil }
        if others.contains(source), let entry = section["of"] {
            report(
                .doesNotFit, at: entry.value,
                Text(
                    en: "\"\(source)\" cannot be expected in itself; \"of\" names the other sources.",
                    zh: "“\(source)”不能以自身为依据；of 应写其他来源。"))
            return nil
        }
        return others.isEmpty
            ? nil
            : ValidationPlan.Expectation(source: source, others: others, expression: expression, severity: severity)
    }

    private mutating func readSourceNames(_ node: Node, _ sources: [String]) -> [String] {
        let what = Text(en: "\"of\" of an expectation", zh: "应在册规则的“of”")
        guard let items = list(node, what: what, example: "[community, dossier]") else { return [] }
        if items.isEmpty {
            report(
                .missingKey, at: node,
                Text(en: "Name the sources whose persons are expected.", zh: "请写明以哪些来源的人员为依据。"))
        }
        return items.compactMap { readSourceName($0, sources) }
    }

    mutating func readSourceName(_ node: Node, _ sources: [String]) -> String? {
        guard let name = text(node, what: Text(en: "a source", zh: "来源")) else { return nil }
        if sources.contains(name) { return name }
        report(
            .unknownField, at: node,
            Text(
                en: "There is no source \"\(name)\"; the sources are those under \"sources:\".",
                zh: "没有名为“\(name)”的来源；来源须在 sources: 下声明。"),
            nearest: Nearest.name(to: name, among: sources))
        return nil
    }
}
