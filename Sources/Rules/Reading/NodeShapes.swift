import Records
import Yams

/// A key of a mapping, where it stands, and what it holds.
struct RuleEntry {
    let key: String
    let keyNode: Node
    let value: Node
}

/// Reading one node as what it has to be. Every function reports what is wrong and then gives `nil`.
extension RuleBookReader {
    /// The entries of a mapping in the order of the file, each key once.
    mutating func entries(_ node: Node, what: Text) -> [RuleEntry]? {
        guard case .mapping(let mapping) = node else {
            report(
                .wrongShape, at: node,
                Text(
                    en: "Expected lines of \"key: value\" for \(what.en), found \(Self.shape(of: node).en).",
                    zh: "\(what.zh)应为若干“键: 值”，这里是\(Self.shape(of: node).zh)。"))
            return nil
        }
        var seen: Set<String> = []
        var entries: [RuleEntry] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                report(
                    .wrongShape, at: key,
                    Text(en: "A key has to be a plain word.", zh: "键必须是普通文字。"))
                continue
            }
            if YAMLLines.isBlanked(scalar.string) { continue }
            guard seen.insert(scalar.string).inserted else {
                report(
                    .duplicateKey, at: key,
                    Text(
                        en: "\"\(scalar.string)\" stands twice in \(what.en); write it once.",
                        zh: "“\(scalar.string)”在\(what.zh)中写了两次；只写一次。"))
                continue
            }
            entries.append(RuleEntry(key: scalar.string, keyNode: key, value: value))
        }
        return entries
    }

    /// A mapping whose keys are known; unknown and missing ones are reported.
    mutating func section(_ node: Node, _ keys: RuleKeys, what: Text) -> [String: RuleEntry]? {
        guard let entries = entries(node, what: what) else { return nil }
        var section: [String: RuleEntry] = [:]
        for entry in entries {
            if keys.all.contains(entry.key) {
                section[entry.key] = entry
                continue
            }
            let known = keys.all.joined(separator: ", ")
            report(
                .unknownKey, at: entry.keyNode,
                Text(
                    en: "Unknown key \"\(entry.key)\" in \(what.en); known are \(known).",
                    zh: "\(what.zh)中没有键“\(entry.key)”；可用的键：\(known)。"),
                nearest: Nearest.name(to: entry.key, among: keys.all))
        }
        for key in keys.required where section[key] == nil {
            report(
                .missingKey, at: node,
                Text(
                    en: "\"\(key):\" is missing in \(what.en). \(Self.reason(key).en)",
                    zh: "\(what.zh)缺少“\(key):”。\(Self.reason(key).zh)"))
        }
        return section
    }

    mutating func list(_ node: Node, what: Text, example: String) -> [Node]? {
        if case .sequence(let sequence) = node { return Array(sequence) }
        report(
            .wrongShape, at: node,
            Text(
                en: "Expected a list for \(what.en), such as \(example); found \(Self.shape(of: node).en).",
                zh: "\(what.zh)应为列表，例如 \(example)；这里是\(Self.shape(of: node).zh)。"))
        return nil
    }

    /// A text of at least one character.
    mutating func text(_ node: Node, what: Text) -> String? {
        if case .scalar(let scalar) = node, !isNull(scalar) { return scalar.string }
        report(
            .wrongShape, at: node,
            Text(
                en: "Expected a text for \(what.en), found \(Self.shape(of: node).en).",
                zh: "\(what.zh)应为文字，这里是\(Self.shape(of: node).zh)。"))
        return nil
    }

    mutating func text(_ entry: RuleEntry) -> String? {
        text(entry.value, what: Self.quoted(entry.key))
    }

    /// A text that people will read: not blank, one line.
    mutating func sentence(_ entry: RuleEntry) -> String? {
        guard let text = text(entry) else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { return words }
        report(
            .missingKey, at: entry.value,
            Text(
                en: "\"\(entry.key):\" is empty. \(Self.reason(entry.key).en)",
                zh: "“\(entry.key):”是空的。\(Self.reason(entry.key).zh)"))
        return nil
    }

    mutating func choice(_ node: Node, among allowed: [String], what: Text) -> String? {
        guard let text = text(node, what: what) else { return nil }
        if allowed.contains(text) { return text }
        let list = allowed.joined(separator: ", ")
        report(
            .notAllowed, at: node,
            Text(
                en: "\"\(text)\" is not known for \(what.en); allowed are \(list).",
                zh: "\(what.zh)不能是“\(text)”；可用：\(list)。"),
            nearest: Nearest.name(to: text, among: allowed))
        return nil
    }

    mutating func choice<Choice: CaseIterable & RawRepresentable>(
        _ entry: RuleEntry?, _ type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let entry else { return nil }
        let allowed = type.allCases.map(\.rawValue)
        return choice(entry.value, among: allowed, what: Self.quoted(entry.key)).flatMap { type.init(rawValue: $0) }
    }

    mutating func flag(_ entry: RuleEntry?) -> Bool? {
        guard let entry else { return nil }
        return choice(entry.value, among: ["true", "false"], what: Self.quoted(entry.key)).map { $0 == "true" }
    }

    mutating func integer(_ entry: RuleEntry?, in range: ClosedRange<Int>) -> Int? {
        guard let entry else { return nil }
        guard let text = text(entry) else { return nil }
        if let number = Int(text.replacing("_", with: "")), range.contains(number) { return number }
        report(
            .outOfRange, at: entry.value,
            Text(
                en:
                    "\"\(entry.key)\" has to be a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\".",
                zh: "“\(entry.key)”应为 \(range.lowerBound) 到 \(range.upperBound) 之间的整数，而不是“\(text)”。"))
        return nil
    }

    mutating func probability(_ entry: RuleEntry, alternative: String = "") -> Double? {
        guard let text = text(entry) else { return nil }
        if let number = Double(text), number >= 0, number <= 1 { return number }
        report(
            .outOfRange, at: entry.value,
            Text(
                en:
                    "\"\(entry.key)\" has to be a probability from 0 to 1\(alternative.isEmpty ? "" : ", or \(alternative)"), not \"\(text)\".",
                zh: "“\(entry.key)”应为 0 到 1 之间的概率\(alternative.isEmpty ? "" : "，或者 \(alternative)")，而不是“\(text)”。"))
        return nil
    }

    mutating func number(_ entry: RuleEntry, in range: ClosedRange<Double>) -> Double? {
        guard let text = text(entry) else { return nil }
        if let number = Double(text), range.contains(number) { return number }
        let (low, high) = (Int(range.lowerBound), Int(range.upperBound))
        report(
            .outOfRange, at: entry.value,
            Text(
                en: "\"\(entry.key)\" has to be a number from \(low) to \(high), not \"\(text)\".",
                zh: "“\(entry.key)”应为 \(low) 到 \(high) 之间的数，而不是“\(text)”。"))
        return nil
    }

    static func quoted(_ name: String) -> Text {
        Text(en: "\"\(name)\"", zh: "“\(name)”")
    }

    /// A key without a value: `file:`, or `~`. Quoted, it is an empty text.
    private func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    private static func shape(of node: Node) -> Text {
        switch node {
        case .mapping: Text(en: "keys and values", zh: "键值对")
        case .sequence: Text(en: "a list", zh: "列表")
        case .alias: Text(en: "an alias", zh: "别名")
        case .scalar(let scalar):
            scalar.string.isEmpty
                ? Text(en: "nothing", zh: "空值")
                : Text(en: "\"\(scalar.string.prefix(60))\"", zh: "“\(scalar.string.prefix(60))”")
        }
    }

    /// Why a book has to say this.
    private static func reason(_ key: String) -> Text {
        switch key {
        case "registry": Text(en: "Give the registry a title; it stands on every report.", zh: "请写明登记册的名称，它会出现在每份报告上。")
        case "purpose":
            Text(
                en:
                    "Say in a sentence why this personal data may be processed; the report and the audit trail print it.",
                zh: "请用一句话说明为何可以处理这些个人信息；报告和审计记录会写明。")
        case "reason":
            Text(en: "Say why this is necessary; the report prints it.", zh: "请说明必要性；报告会写明。")
        case "sources": Text(en: "Name at least one export.", zh: "至少写一个导出文件。")
        case "fields": Text(en: "List the fields, each with what it is or where it comes from.", zh: "请列出字段及其类型或来源。")
        case "type":
            Text(
                en: "Say what the field holds: \(FieldKind.allCases.map(\.rawValue).joined(separator: ", ")).",
                zh: "请写明字段的类型：\(FieldKind.allCases.map(\.rawValue).joined(separator: ", "))。")
        case "where":
            Text(
                en: "Write the condition of a record with an error, such as \"died < born\".",
                zh: "请写出有错误的记录满足的条件，例如“died < born”。")
        default: Text(en: "It has no default.", zh: "它没有默认值。")
        }
    }
}
