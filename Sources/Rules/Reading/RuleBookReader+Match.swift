import Foundation
import Matching
import Records
import Yams

extension RuleBookReader {
    mutating func readSensitive(_ node: Node) -> [RuleBook.SensitiveMatch] {
        let what = Text(en: "\"sensitive_match:\"", zh: "“sensitive_match:”")
        guard let items = list(node, what: what, example: "- { field: …, reason: … }") else { return [] }
        return items.compactMap { item in
            guard let section = section(item, RuleKeys.sensitive, what: what), let entry = section["field"] else {
                return nil
            }
            let reason = section["reason"].flatMap { sentence($0) }
            guard let name = text(entry), let field = field(name, at: entry.value), let reason else { return nil }
            return RuleBook.SensitiveMatch(field: field, reason: reason)
        }
    }

    /// `sensitive` are the fields that may be compared although they are; `here` stands for a missing section.
    mutating func readMatch(_ node: Node?, sensitive: Set<Int>, at here: Place) -> MatchPlan {
        let what = Text(en: "\"match:\"", zh: "“match:”")
        let section = node.flatMap { self.section($0, RuleKeys.match, what: what) } ?? [:]
        let keys = section["block"].map { readBlock($0, sensitive) }
        let comparisons = section["compare"].map { readCompare($0, sensitive) }
        let plan = MatchPlan(
            keys: keys ?? MatchDefaults.keys(for: schema),
            comparisons: comparisons ?? MatchDefaults.comparisons(for: schema),
            link: choice(section["link"], MatchPlan.Link.self) ?? .all,
            decide: readDecide(section["decide"]),
            never: section["never"].map { readNever($0) } ?? [],
            model: choice(section["model"], MatchPlan.Model.self) ?? .mixture,
            levels: choice(section["levels"], MatchPlan.Levels.self) ?? .full,
            modelPath: section["parameters"].flatMap { text($0) }.map { FolderPath.resolve($0, againstFolderOf: path) },
            retrain: choice(section["retrain"], MatchPlan.Retrain.self) ?? .drift,
            pairBudget: integer(section["pair_budget"], in: 1...100_000_000_000))
        if !schema.fields.isEmpty { judge(plan, at: node.map { place(of: $0) } ?? here) }
        return plan
    }

    /// What can only be said of the whole plan.
    private mutating func judge(_ plan: MatchPlan, at here: Place) {
        guard problems.isEmpty else { return }
        if plan.keys.isEmpty || plan.comparisons.isEmpty {
            report(
                .missingKey, at: here,
                Text(
                    en:
                        "No keys or comparisons follow from the types of the fields; write \"match:\" with \"block:\" and \"compare:\".",
                    zh: "无法从字段类型得出匹配键或比较项；请写“match:”及其“block:”和“compare:”。"))
            return
        }
        limit(plan.keys.count, to: MatchPlan.mostKeys, Text(en: "blocking keys", zh: "匹配键"), at: here)
        limit(plan.comparisons.count, to: MatchPlan.mostComparisons, Text(en: "compared fields", zh: "比较字段"), at: here)
        let isPersonal = plan.comparisons.contains {
            $0.role == .person || $0.role == nil && MatchDefaults.personKinds.contains(schema.fields[$0.field].kind)
        }
        if !isPersonal {
            warnings.append(
                RuleProblem(
                    .noPersonField, at: here,
                    Text(
                        en:
                            "No field that belongs to one person (name, birth date, identity number) is compared; relatives will look like one person.",
                        zh: "没有比较任何属于个人的字段（姓名、出生日期、证件号码）；亲属会被当作同一人。")))
        }
    }

    private mutating func limit(_ count: Int, to most: Int, _ what: Text, at here: Place) {
        guard count > most else { return }
        report(
            .outOfRange, at: here,
            Text(
                en: "There are \(count) \(what.en), at most \(most) are possible; leave out those that say least.",
                zh: "\(what.zh)有 \(count) 个，最多 \(most) 个；请去掉作用最小的。"))
    }

    private mutating func readBlock(_ entry: RuleEntry, _ sensitive: Set<Int>) -> [MatchPlan.Key] {
        let what = Text(en: "\"block\"", zh: "“block”")
        let example = "- [birth_date, name.surname]"
        guard let items = list(entry.value, what: what, example: example) else { return [] }
        var keys: [MatchPlan.Key] = []
        for item in items {
            let key = Text(en: "a key of \"block\"", zh: "“block”中的一个键")
            var node = item
            var atMost: Int?
            if case .mapping = item {
                guard let section = section(item, RuleKeys.key, what: key), let entry = section["key"] else { continue }
                node = entry.value
                atMost = integer(section["at_most"], in: 1...1_000_000)
            }
            guard let parts = list(node, what: key, example: "[birth_date, name.surname]") else { continue }
            if parts.isEmpty {
                report(
                    .missingKey, at: item,
                    Text(
                        en: "A key without parts would compare everybody with everybody.",
                        zh: "没有组成部分的键会让所有记录两两比较。"))
                continue
            }
            let read = MatchPlan.Key(parts.compactMap { readPart($0, sensitive) }, atMost: atMost)
            if read.parts.count < parts.count { continue }
            if Set(read.parts).count < read.parts.count || keys.contains(where: { Set($0.parts) == Set(read.parts) }) {
                report(
                    .repeated, at: item,
                    Text(en: "This key or a part of it stands twice.", zh: "这个键或其中一部分写了两次。"))
                continue
            }
            keys.append(read)
        }
        if items.isEmpty {
            report(
                .missingKey, at: entry.value,
                Text(
                    en: "\"block\" is empty; leave it out to have keys made from the types of the fields.",
                    zh: "“block”是空的；删去它即可按字段类型自动生成。"))
        }
        return keys
    }

    /// `surname.sound`, or `given_name <> surname`: two fields in either order.
    private mutating func readPart(_ node: Node, _ sensitive: Set<Int>) -> MatchPlan.Part? {
        guard let text = text(node, what: Text(en: "a part of a key", zh: "键的组成部分")) else { return nil }
        guard let sign = text.range(of: "<>") else { return readSide(text, at: node, sensitive) }
        let sides = [text[..<sign.lowerBound], text[sign.upperBound...]].map { side in
            side.trimmingCharacters(in: .whitespaces)
        }
        guard let first = readSide(sides[0], at: node, sensitive), let second = readSide(sides[1], at: node, sensitive)
        else { return nil }
        if first.transform != second.transform || first.field == second.field {
            report(
                .doesNotFit, at: node,
                Text(
                    en: "\"<>\" takes two different fields in either order, both plain or both with the same ending.",
                    zh: "“<>”连接两个不同的字段（不分先后），两者须都不带后缀或带相同后缀。"))
            return nil
        }
        return MatchPlan.Part(field: first.field, transform: first.transform, partner: second.field)
    }

    private mutating func readSide(_ text: String, at node: Node, _ sensitive: Set<Int>) -> MatchPlan.Part? {
        let dot = text.firstIndex(of: ".")
        guard let field = field(String(text[..<(dot ?? text.endIndex)]), at: node) else { return nil }
        refuseSensitive(field, sensitive, at: node)
        guard let dot else { return MatchPlan.Part(field: field) }
        let transform = String(text[text.index(after: dot)...])
        let kind = schema.fields[field].kind
        let isUnsure = unsureFields.contains(schema.fields[field].name)
        let fitting = vocabulary.keyTransforms.filter { isUnsure || $0.value.contains(kind) }.keys.sorted()
        guard let kinds = vocabulary.keyTransforms[transform] else {
            let list = fitting.joined(separator: ", .")
            let type = isUnsure ? Text(en: "a field", zh: "字段") : Self.field(of: kind)
            report(
                .unknownTransform, at: node,
                Text(
                    en: "\"\(transform)\" is not known; \(type.en) can be followed by .\(list).",
                    zh: "不认识“\(transform)”；\(type.zh)之后可用：.\(list)。"),
                nearest: Nearest.name(to: transform, among: fitting))
            return nil
        }
        guard isUnsure || kinds.contains(kind) else {
            report(
                .doesNotFit, at: node,
                Text(
                    en:
                        "\".\(transform)\" cannot be taken of a field of type \(kind.rawValue); possible are .\(fitting.joined(separator: ", .")).",
                    zh: "“.\(transform)”不能用于类型 \(kind.rawValue) 的字段；可用：.\(fitting.joined(separator: ", ."))。"))
            return nil
        }
        return MatchPlan.Part(field: field, transform: transform)
    }

    static func field(of kind: FieldKind) -> Text {
        Text(en: "a field of type \(kind.rawValue)", zh: "类型 \(kind.rawValue) 的字段")
    }

    mutating func refuseSensitive(_ field: Int, _ sensitive: Set<Int>, at node: Node) {
        guard SensitiveFields.contains(schema.fields[field]), !sensitive.contains(field) else { return }
        let name = schema.fields[field].name
        report(
            .sensitive, at: node,
            Text(
                en:
                    "\"\(name)\" is sensitive (ethnicity, religion, health, biometrics) and is not used to match people. If it must be, add \"sensitive_match: [{ field: \(name), reason: … }]\"; the report prints the reason.",
                zh:
                    "“\(name)”属于敏感个人信息（民族、宗教、健康、生物特征等），不用于匹配。如确有必要，请写“sensitive_match: [{ field: \(name), reason: … }]”；报告会写明理由。"
            ))
    }
}
