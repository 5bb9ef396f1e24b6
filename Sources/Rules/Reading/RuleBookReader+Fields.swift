import Foundation
import Records
import Yams

extension RuleBookReader {
    mutating func readFields(_ node: Node) -> Schema {
        guard let entries = entries(node, what: Text(en: "\"fields:\"", zh: "“fields:”")) else { return Schema([]) }
        if entries.isEmpty {
            report(
                .missingKey, at: node,
                Text(
                    en: "\"fields:\" is empty; write a line such as \"name: { type: person_name }\" for every field.",
                    zh: "“fields:”是空的；请为每个字段写一行，例如“name: { type: person_name }”。"))
        }
        if entries.count > 256 {
            report(
                .outOfRange, at: entries[256].keyNode,
                Text(en: "More than 256 fields; leave out what is not needed.", zh: "字段超过 256 个；请去掉不需要的。"))
            return Schema([])
        }
        var fields: [Field] = []
        for entry in entries {
            // A name or type that cannot be used still counts as declared, or every use of it would be an error too.
            let isName = isFieldName(entry.key, at: entry.keyNode)
            if isName, let other = fields.first(where: { $0.name.lowercased() == entry.key.lowercased() }) {
                report(
                    .badName, at: entry.keyNode,
                    Text(
                        en:
                            "\"\(entry.key)\" and \"\(other.name)\" differ only in capitals, which conditions cannot tell apart.",
                        zh: "“\(entry.key)”与“\(other.name)”只有大小写不同，检查条件无法区分。"))
            }
            let field = readField(entry)
            if field == nil { unsureFields.insert(entry.key) }
            fields.append(field ?? Field(name: entry.key, kind: .text))
            fieldPlaces.append(place(of: entry.keyNode))
        }
        return Schema(fields)
    }

    private mutating func readField(_ entry: RuleEntry) -> Field? {
        if case .scalar(let scalar) = entry.value, FieldKind(rawValue: scalar.string) != nil {
            report(
                .wrongShape, at: entry.value,
                Text(
                    en: "Write \"\(entry.key): { type: \(scalar.string) }\".",
                    zh: "请写成“\(entry.key): { type: \(scalar.string) }”。"))
            return nil
        }
        let what = Text(en: "the field \"\(entry.key)\"", zh: "字段“\(entry.key)”")
        guard let section = section(entry.value, RuleKeys.field, what: what) else { return nil }
        let kind = choice(section["type"], FieldKind.self)
        let required = flag(section["required"]) ?? false
        let order = choice(section["date_order"], DateOrder.self)
        let shortYears = integer(section["short_years_until"], in: 1900...2199)
        let codes = section["codes"].map { readCodes($0.value) } ?? [:]
        let ages = section["ages"].flatMap { readAges($0) }
        guard let kind else { return nil }
        if let key = section["ages"], kind != .date { wrongKind(key, expected: .date, kind) }
        if let key = section["short_years_until"], kind != .date { wrongKind(key, expected: .date, kind) }
        if let key = section["date_order"], kind != .date { wrongKind(key, expected: .date, kind) }
        if let key = section["codes"], kind != .code { wrongKind(key, expected: .code, kind) }
        if kind == .code, section["codes"] == nil {
            report(
                .badCodes, at: entry.value,
                Text(
                    en:
                        "A field of type code needs \"codes:\", such as { 男: M, 女: F }; where any text is allowed, use type text.",
                    zh: "类型为 code 的字段需要“codes:”，例如 { 男: M, 女: F }；若允许任意文字，请用类型 text。"))
        }
        return Field(
            name: entry.key, kind: kind, required: required, codes: codes, dateOrder: order,
            shortYearsUntil: shortYears,
            ages: ages)
    }

    /// `[18, 60]`, both included.
    private mutating func readAges(_ entry: RuleEntry) -> ClosedRange<Int>? {
        let what = Text(en: "\"ages\"", zh: "“ages”")
        guard let items = list(entry.value, what: what, example: "[0, 120]") else { return nil }
        let numbers = items.compactMap { node in
            integer(RuleEntry(key: entry.key, keyNode: entry.keyNode, value: node), in: 0...200)
        }
        guard numbers.count == items.count else { return nil }
        guard numbers.count == 2, numbers[0] <= numbers[1] else {
            report(
                .outOfRange, at: entry.value,
                Text(
                    en: "\"ages\" are two numbers of years, the lowest and the highest age: [0, 120].",
                    zh: "“ages”应为两个岁数，先小后大，例如 [0, 120]。"))
            return nil
        }
        return numbers[0]...numbers[1]
    }

    private mutating func wrongKind(_ entry: RuleEntry, expected: FieldKind, _ kind: FieldKind) {
        report(
            .doesNotFit, at: entry.keyNode,
            Text(
                en:
                    "\"\(entry.key)\" is for fields of type \(expected.rawValue); this one is of type \(kind.rawValue).",
                zh: "“\(entry.key)”只用于类型 \(expected.rawValue) 的字段；此字段类型为 \(kind.rawValue)。"))
    }

    /// A mapping of written form → code, or a list of codes that are written as they are. Each code stands for itself too.
    private mutating func readCodes(_ node: Node) -> [String: String] {
        var written: [(text: String, code: String, node: Node)] = []
        if case .sequence(let sequence) = node {
            for item in sequence {
                if let code = text(item, what: Text(en: "a code", zh: "代码")) { written.append((code, code, item)) }
            }
        } else if let entries = entries(node, what: Text(en: "\"codes:\"", zh: "“codes:”")) {
            for entry in entries {
                if let code = text(entry) { written.append((entry.key, code, entry.keyNode)) }
            }
        }
        if written.isEmpty {
            report(.badCodes, at: node, Text(en: "\"codes:\" lists no code.", zh: "“codes:”没有列出任何代码。"))
        }
        var codes: [String: String] = [:]
        var folded: [String: (text: String, code: String)] = [:]
        for (text, code, item) in written {
            if code.allSatisfy(\.isWhitespace) {
                report(
                    .badCodes, at: item,
                    Text(
                        en: "The code of \"\(text)\" is blank; leave the line out, unlisted values are findings.",
                        zh: "“\(text)”的代码为空；请删去这一行，未列出的值会成为检查结果。"))
            }
            let key = Self.folded(text)
            if let other = folded[key], other.code != code {
                report(
                    .badCodes, at: item,
                    Text(
                        en:
                            "\"\(text)\" and \"\(other.text)\" are the same once width, case and blanks are folded, but have two codes.",
                        zh: "“\(text)”与“\(other.text)”在统一全半角、大小写和空格后相同，却有两个代码。"))
            }
            folded[key] = (text, code)
            codes[text] = code
        }
        for (_, code, _) in written where folded[Self.folded(code)] == nil {
            codes[code] = code
            folded[Self.folded(code)] = (code, code)
        }
        return codes
    }

    private static func folded(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace }
    }
}
