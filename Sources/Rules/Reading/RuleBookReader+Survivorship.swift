import Importers
import Reconciliation
import Records
import Validation
import Yams

extension RuleBookReader {
    /// `survivorship:`, the rules of all fields (`default`), of fields that travel together (`groups`) and of single ones.
    mutating func readSurvivorship(_ node: Node?, sources: [SourcePlan]) -> SurvivorshipPlan {
        let what = Text(en: "\"survivorship:\"", zh: "“survivorship:”")
        let section = node.flatMap { entries($0, what: what) } ?? []
        var standard = Defaults.survivorship
        var groups: [SurvivorshipPlan.Group] = []
        var survivors: [Int: Survivor] = [:]
        for entry in section {
            switch entry.key {
            case "default": standard = readSurvivorshipRules(entry, sources) ?? standard
            case "groups": groups = readGroups(entry, sources)
            default:
                guard let field = field(entry.key, at: entry.keyNode) else { continue }
                survivors[field] = readSurvivor(entry, field, sources)
            }
        }
        let grouped = Set(groups.flatMap(\.fields))
        for entry in section {
            guard let field = schema.index(of: entry.key), grouped.contains(field),
                survivors[field]?.rules != nil || survivors[field]?.list != nil
            else { continue }
            report(
                .doesNotFit, at: entry.keyNode,
                Text(
                    en:
                        "\"\(entry.key)\" stands in a group and travels with it; write its rules there, or take it out.",
                    zh: "“\(entry.key)”属于一个组，与组一起取值；请在组中写规则，或把它移出该组。"))
        }
        return SurvivorshipPlan(
            standard: standard, byField: survivors.compactMapValues(\.rules), groups: groups,
            lists: survivors.compactMapValues(\.list), presences: survivors.compactMapValues(\.presence),
            updated: updatedFields,
            places: RecordRoles(schema).places.map {
                SurvivorshipPlan.Place(division: $0.division, address: $0.address)
            })
    }

    private struct Survivor {
        var rules: [String]?
        var list: ListNotation?
        var presence: SurvivorshipPlan.Presence?
    }

    /// A list of rules, or `{ rules: […], keep: all, separator: ";", otherwise: { in: SOURCE, then: …, else: … } }`.
    private mutating func readSurvivor(_ entry: RuleEntry, _ field: Int, _ sources: [SourcePlan]) -> Survivor? {
        guard case .mapping = entry.value else { return Survivor(rules: readSurvivorshipRules(entry, sources)) }
        let what = Text(en: "the survivorship of \"\(entry.key)\"", zh: "“\(entry.key)”的取值规则")
        guard let section = section(entry.value, RuleKeys.survivor, what: what) else { return nil }
        var survivor = Survivor(rules: section["rules"].flatMap { readSurvivorshipRules($0, sources) })
        let keep = section["keep"].flatMap { choice($0.value, among: ["one", "all"], what: Self.quoted("keep")) }
        let separator = section["separator"].flatMap { readListSeparator($0) }
        if keep == "all" {
            survivor.list = ListNotation(separator: separator ?? ListNotation.standard.separator)
        } else if let entry = section["separator"] {
            report(
                .doesNotFit, at: entry.keyNode,
                Text(
                    en: "\"separator\" stands between several values: write \"keep: all\" beside it.",
                    zh: "“separator”用于分隔多个值，须同时写“keep: all”。"))
        }
        survivor.presence = section["otherwise"].flatMap { readPresence($0, field, sources) }
        return survivor
    }

    private mutating func readListSeparator(_ entry: RuleEntry) -> Character? {
        guard let text = text(entry) else { return nil }
        if let character = text.first, text.count == 1, character != "\"", !character.isLetter, !character.isNumber,
            !character.isWhitespace
        {
            return character
        }
        report(
            .notAllowed, at: entry.value,
            Text(
                en: "\"separator\" has to be one character such as ; or | and neither letter, digit, blank nor quote.",
                zh: "“separator”应为一个字符，例如 ; 或 |，不能是文字、数字、空格或引号。"))
        return nil
    }

    private mutating func readPresence(
        _ entry: RuleEntry, _ field: Int, _ sources: [SourcePlan]
    ) -> SurvivorshipPlan.Presence? {
        let what = Text(en: "\"otherwise:\"", zh: "“otherwise:”")
        guard let section = section(entry.value, RuleKeys.presence, what: what) else { return nil }
        let source = section["in"].flatMap { readSourceName($0.value, sources.map(\.profile.name)) }
        let present = section["then"].flatMap { readCode($0, field) }
        let absent = section["else"].flatMap { readCode($0, field) }
        if section["then"] == nil, section["else"] == nil {
            report(
                .missingKey, at: entry.value,
                Text(
                    en:
                        "Say what the cell is: \"then\" for persons with a record in the source, \"else\" for the others.",
                    zh: "请写明取什么值：then 用于在该来源有记录的人，else 用于其他人。"))
        }
        return source.map { SurvivorshipPlan.Presence(source: $0, present: present, absent: absent) }
    }

    /// A value as the master has it; of a field with codes, in any of their written forms.
    private mutating func readCode(_ entry: RuleEntry, _ field: Int) -> String? {
        guard let text = text(entry) else { return nil }
        let codes = schema.fields[field].codes
        if codes.isEmpty || codes.values.contains(text) { return text }
        if let code = codes[text] { return code }
        let known = codes.keys.sorted()
        report(
            .notAllowed, at: entry.value,
            Text(
                en:
                    "\"\(text)\" is no code of \"\(schema.fields[field].name)\"; its codes are \(known.joined(separator: ", ")).",
                zh: "“\(schema.fields[field].name)”没有代码“\(text)”；可用：\(known.joined(separator: "、"))。"),
            nearest: Nearest.name(to: text, among: known))
        return nil
    }

    /// `- { fields: [res_addr, res_code], rules: [valid, trust] }`
    private mutating func readGroups(_ entry: RuleEntry, _ sources: [SourcePlan]) -> [SurvivorshipPlan.Group] {
        let what = Text(en: "\"groups:\"", zh: "“groups:”")
        let example = "- { fields: [res_addr, res_code], rules: [valid, trust] }"
        var taken: Set<Int> = []
        return (list(entry.value, what: what, example: example) ?? []).compactMap { item in
            let what = Text(en: "a group of fields", zh: "字段组")
            guard let section = section(item, RuleKeys.group, what: what) else { return nil }
            let names = section["fields"].flatMap {
                list($0.value, what: Self.quoted("fields"), example: "[res_addr, res_code]")
            }
            var fields: Set<Int> = []
            for name in names ?? [] {
                guard let text = text(name, what: Text(en: "a field", zh: "字段")), let field = field(text, at: name)
                else { continue }
                guard taken.insert(field).inserted else {
                    report(
                        .repeated, at: name,
                        Text(
                            en: "\"\(text)\" stands in two groups; a field can travel with one only.",
                            zh: "“\(text)”出现在两个组中；一个字段只能属于一个组。"))
                    continue
                }
                fields.insert(field)
            }
            if let entry = section["fields"], let names, names.count < 2 {
                report(
                    .missingKey, at: entry.value,
                    Text(en: "A group needs at least two fields.", zh: "一个组至少需要两个字段。"))
            }
            let rules = section["rules"].flatMap { readSurvivorshipRules($0, sources) }
            return fields.count < 2 ? nil : SurvivorshipPlan.Group(fields: fields.sorted(), rules: rules)
        }
    }

    private mutating func readSurvivorshipRules(_ entry: RuleEntry, _ sources: [SourcePlan]) -> [String]? {
        let what = Text(en: "the rules of \"\(entry.key)\"", zh: "“\(entry.key)”的规则")
        guard let items = list(entry.value, what: what, example: "[valid, trust, latest]") else { return nil }
        var rules: [String] = []
        for item in items {
            let name = choice(item, among: vocabulary.survivorshipRules, what: Text(en: "survivorship", zh: "取值规则"))
            guard let name else { continue }
            if rules.contains(name) {
                report(.repeated, at: item, Text(en: "\"\(name)\" stands twice.", zh: "“\(name)”写了两次。"))
            }
            rules.append(name)
            if name == "reference_first", !sources.isEmpty, !sources.contains(where: { $0.profile.role == .reference })
            {
                warnings.append(
                    RuleProblem(
                        .noReference, at: place(of: item),
                        Text(
                            en: "\"reference_first\" decides nothing: no source has \"role: reference\".",
                            zh: "“reference_first”不起作用：没有来源写明“role: reference”。")))
            }
        }
        if items.isEmpty {
            report(
                .missingKey, at: entry.value,
                Text(en: "Name at least one rule.", zh: "至少写一条规则。"))
        }
        return rules
    }

    /// The field of a source that says when a record was brought up to date: a date that the source has a column for.
    mutating func readUpdated(_ entry: RuleEntry, source: String, mappings: [SourcePlan.Mapping]) {
        guard let name = text(entry), !schema.fields.isEmpty, let field = field(name, at: entry.value) else { return }
        let kind = schema.fields[field].kind
        if kind != .date {
            if unsureFields.contains(name) { return }
            report(
                .doesNotFit, at: entry.value,
                Text(
                    en: "\"updated\" has to name a field of type date; \"\(name)\" is \(kind.rawValue).",
                    zh: "“updated”应为 date 类型的字段，“\(name)”的类型是 \(kind.rawValue)。"))
        } else if !mappings.contains(where: { $0.field == field }) {
            report(
                .doesNotFit, at: entry.value,
                Text(
                    en: "\"\(source)\" has no column for \"\(name)\"; name a field under its \"fields:\".",
                    zh: "来源“\(source)”没有“\(name)”的列；请写其 fields: 下的字段。"))
        } else {
            updatedFields[source] = field
        }
    }
}
