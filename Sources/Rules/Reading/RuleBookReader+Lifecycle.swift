import Records
import Validation
import Yams

extension RuleBookReader {
    /// `status: ["正常 > 迁出, 死亡", "迁出 > 正常"]`: for each field of states, what may follow what.
    mutating func readLifecycles(_ node: Node) -> [Lifecycle] {
        guard let entries = entries(node, what: Text(en: "\"lifecycle:\"", zh: "“lifecycle:”")) else { return [] }
        return entries.compactMap { entry in
            guard let field = field(entry.key, at: entry.keyNode) else { return nil }
            guard schema.fields[field].kind == .code else {
                if !unsureFields.contains(entry.key) {
                    report(
                        .doesNotFit, at: entry.keyNode,
                        Text(
                            en: "A life-cycle is for fields of type code; \"\(entry.key)\" is of type "
                                + "\(schema.fields[field].kind.rawValue).",
                            zh: "lifecycle 只用于类型为 code 的字段；“\(entry.key)”的类型为 \(schema.fields[field].kind.rawValue)。"))
                }
                return nil
            }
            let what = Text(en: "the transitions of \"\(entry.key)\"", zh: "“\(entry.key)”的状态变化")
            guard let items = list(entry.value, what: what, example: Self.example) else { return nil }
            var next: [String: Set<String>] = [:]
            for item in items {
                guard let text = text(item, what: Text(en: "a transition", zh: "状态变化")) else { continue }
                for (from, to) in transitions(text, field, at: item) { next[from, default: []].insert(to) }
            }
            if items.isEmpty {
                report(
                    .missingKey, at: entry.value,
                    Text(
                        en: "List the transitions that are allowed, such as \(Self.example).",
                        zh: "请列出允许的状态变化，例如 \(Self.example)。"))
            }
            return next.isEmpty ? nil : Lifecycle(field: field, next: next)
        }
    }

    private static let example = "[\"正常 > 迁出, 死亡\", \"迁出 > 正常\"]"

    /// `A > B, C > D` allows A to B, A to C, B to D and C to D.
    private mutating func transitions(_ text: String, _ field: Int, at node: Node) -> [(from: String, to: String)] {
        let steps = text.split(omittingEmptySubsequences: false) { $0 == ">" || $0 == "→" || $0 == "＞" }
        guard steps.count >= 2 else {
            report(
                .wrongShape, at: node,
                Text(
                    en:
                        "Expected a state, \">\" and the states that may follow it, such as \(Self.example); found \"\(text)\".",
                    zh: "应为“状态 > 可以变成的状态”，例如 \(Self.example)；这里是“\(text)”。"))
            return []
        }
        let states = steps.map { step in
            step.split { $0 == "," || $0 == "，" || $0 == "、" }.map { part in
                state(part.split(whereSeparator: \.isWhitespace).joined(separator: " "), field, at: node)
            }
        }
        if states.contains(where: \.isEmpty) {
            report(
                .wrongShape, at: node,
                Text(en: "A state is missing in \"\(text)\".", zh: "“\(text)”中缺少状态。"))
        }
        return zip(states, states.dropFirst()).flatMap { froms, tos in
            froms.compactMap { $0 }.flatMap { from in tos.compactMap { $0 }.map { (from, $0) } }
        }
    }

    /// The canonical code of a state in any of its written forms.
    private mutating func state(_ text: String, _ field: Int, at node: Node) -> String? {
        let codes = schema.fields[field].codes
        if let code = codes[text] { return code }
        let known = codes.keys.sorted()
        report(
            .notAllowed, at: node,
            Text(
                en:
                    "\"\(text)\" is no code of \"\(schema.fields[field].name)\"; its codes are \(known.joined(separator: ", ")).",
                zh: "“\(schema.fields[field].name)”没有代码“\(text)”；可用：\(known.joined(separator: "、"))。"),
            nearest: Nearest.name(to: text, among: known))
        return nil
    }
}
