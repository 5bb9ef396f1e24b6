import Foundation
import Importers
import Records
import Standards
import Yams

extension RuleBookReader {
    mutating func readSources(_ node: Node) -> [SourcePlan] {
        guard let entries = entries(node, what: Text(en: "\"sources:\"", zh: "“sources:”")) else { return [] }
        if entries.isEmpty {
            report(
                .missingKey, at: node,
                Text(
                    en: "\"sources:\" is empty; name at least one export and its columns.",
                    zh: "“sources:”是空的；请至少写一个导出文件及其列。"))
        }
        var names: Set<String> = []
        return entries.compactMap { entry in
            guard isSourceName(entry.key, at: entry.keyNode) else { return nil }
            guard names.insert(entry.key.lowercased()).inserted else {
                report(
                    .badName, at: entry.keyNode,
                    Text(
                        en: "Another source has this name but for capitals; their files would overwrite each other.",
                        zh: "另一个来源的名称只有大小写不同；它们的文件会互相覆盖。"))
                return nil
            }
            return readSource(entry)
        }
    }

    private mutating func readSource(_ entry: RuleEntry) -> SourcePlan? {
        let what = Text(en: "the source \"\(entry.key)\"", zh: "来源“\(entry.key)”")
        guard let section = section(entry.value, RuleKeys.source, what: what) else { return nil }
        let file = section["file"].flatMap { text($0) }
        let format = readFormat(section, file: file)
        refuseKeys(of: format, in: section)
        let namespaces = section["namespaces"].map { readNamespaces($0.value) } ?? [:]
        let profile = SourceProfile(
            name: entry.key,
            trust: integer(section["trust"], in: 0...1000) ?? Defaults.trust,
            role: choice(section["role"], SourceProfile.Role.self) ?? .register,
            asOf: section["as_of"].flatMap { readDay($0) })
        let mappings = section["fields"].map { readMappings($0.value, format: format, namespaces, of: what) } ?? []
        if let updated = section["updated"] { readUpdated(updated, source: entry.key, mappings: mappings) }
        let export = section["export"].flatMap {
            choice($0.value, among: ["whole", "changes"], what: Self.quoted("export"))
        }
        if export == "changes", section["record_id"] == nil, let entry = section["export"] {
            report(
                .missingKey, at: entry.keyNode,
                Text(
                    en: "An export of changes needs \"record_id\": without it nobody knows which record has changed.",
                    zh: "仅含变更的导出需要“record_id”：否则无法得知是哪条记录发生了变化。"))
        }
        return SourcePlan(
            profile: profile,
            path: file.map { FolderPath.resolve($0, againstFolderOf: path) },
            format: format,
            encoding: section["encoding"].flatMap { readEncoding($0) },
            delimiter: section["delimiter"].flatMap {
                readSeparator($0, words: ["comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"])
            },
            quote: section["quote"].flatMap {
                readSeparator($0, words: ["double": "\"", "single": "'", "none": "none"])
            },
            hasHeader: readHeader(section["header"]),
            isGuarded: section["guarded"].flatMap {
                choice($0.value, among: ["true", "false"], what: Self.quoted("guarded"))
            } == "true",
            recordID: section["record_id"].flatMap {
                readColumn($0.value, format: format, namespaces, what: Self.quoted("record_id"))
            },
            recordPath: readRecordPath(section["record"], format: format, namespaces, at: entry.keyNode),
            namespaces: namespaces,
            mayLose: section["may_lose"].flatMap { number($0, in: 0...1) } ?? Defaults.mayLose,
            holdsChangesOnly: export == "changes",
            deletion: section["deleted"].flatMap {
                readDeletion($0, format: format, namespaces, isOfChanges: export == "changes")
            }, mappings: mappings)
    }

    private mutating func readDeletion(
        _ entry: RuleEntry, format: SourceFile.Format, _ namespaces: [String: String], isOfChanges: Bool
    ) -> SourcePlan.Deletion? {
        guard isOfChanges else {
            report(
                .doesNotFit, at: entry.keyNode,
                Text(
                    en: "\"deleted\" is for \"export: changes\"; what a whole export leaves out is gone.",
                    zh: "“deleted”只用于“export: changes”；完整导出中缺少的记录即视为删除。"))
            return nil
        }
        let what = Text(en: "\"deleted\"", zh: "“deleted”")
        guard let section = section(entry.value, RuleKeys.deletion, what: what), let column = section["column"],
            let marks = section["is"].flatMap({ list($0.value, what: what, example: "[D]") }),
            let path = readColumn(column.value, format: format, namespaces, what: Self.quoted("column"))
        else { return nil }
        let texts = marks.compactMap { text($0, what: Text(en: "a mark", zh: "标记")) }
        if texts.isEmpty {
            report(
                .missingKey, at: entry.value,
                Text(en: "List what stands there for a record that is gone.", zh: "请列出表示记录已删除的内容。"))
            return nil
        }
        return SourcePlan.Deletion(path: path, marks: Set(texts))
    }

    private mutating func readFormat(_ section: [String: RuleEntry], file: String?) -> SourceFile.Format {
        if let entry = section["format"] {
            let name = choice(entry.value, among: ["csv", "xml"], what: Self.quoted("format"))
            if let format = name.flatMap({ SourceFile.Format(rawValue: $0) }) { return format }
        }
        return section["record"] != nil || file?.lowercased().hasSuffix(".xml") == true ? .xml : .csv
    }

    private mutating func refuseKeys(of format: SourceFile.Format, in section: [String: RuleEntry]) {
        let foreign = format == .csv ? ["record", "namespaces"] : ["delimiter", "quote", "header", "guarded"]
        for key in foreign {
            guard let entry = section[key] else { continue }
            let other = format == .csv ? "xml" : "csv"
            report(
                .wrongFormat, at: entry.keyNode,
                Text(
                    en: "\"\(key)\" is for sources of format \(other); this one is \(format.rawValue).",
                    zh: "“\(key)”只用于 \(other) 格式的来源；此来源为 \(format.rawValue)。"))
        }
    }

    private mutating func readDay(_ entry: RuleEntry) -> String? {
        guard let text = text(entry) else { return nil }
        if CivilDate(iso: text) != nil { return text }
        report(
            .badDate, at: entry.value,
            Text(
                en: "\"\(entry.key)\" has to be a day such as 2026-11-01, not \"\(text)\".",
                zh: "“\(entry.key)”应为日期，例如 2026-11-01，而不是“\(text)”。"))
        return nil
    }

    private mutating func readEncoding(_ entry: RuleEntry) -> String? {
        guard let text = text(entry) else { return nil }
        let name = text.lowercased().replacing("_", with: "-")
        if name == "auto" { return nil }
        if Encodings.names.contains(name) { return name }
        report(
            .notAllowed, at: entry.value,
            Text(
                en:
                    "The encoding \"\(text)\" is not known; use auto or one of \(Encodings.names.joined(separator: ", ")).",
                zh: "不认识编码“\(text)”；请用 auto 或：\(Encodings.names.joined(separator: ", "))。"),
            nearest: Nearest.name(to: name, among: Encodings.names))
        return nil
    }

    /// One ASCII character that cannot be part of a value, or its name; `auto` is `nil`.
    private mutating func readSeparator(_ entry: RuleEntry, words: [String: String]) -> String? {
        guard let text = text(entry) else { return nil }
        if text == "auto" { return nil }
        if let character = words[text] { return character }
        let scalars = Array(text.unicodeScalars)
        if scalars.count == 1, scalars[0].isASCII, !scalars[0].properties.isAlphabetic,
            !("0"..."9").contains(scalars[0]), scalars[0] != "\n", scalars[0] != "\r", scalars[0] != "\0",
            (text == "\"" || text == "'") == (entry.key == "quote")
        {
            return text
        }
        let list = words.keys.sorted().joined(separator: ", ")
        report(
            .notAllowed, at: entry.value,
            Text(
                en: "\"\(entry.key)\" has to be auto, \(list), or the character itself in quotes.",
                zh: "“\(entry.key)”应为 auto、\(list)，或加引号的单个字符。"))
        return nil
    }

    private mutating func readHeader(_ entry: RuleEntry?) -> Bool? {
        guard let entry else { return nil }
        let word = choice(entry.value, among: ["auto", "true", "false"], what: Self.quoted("header"))
        return word == "true" ? true : word == "false" ? false : nil
    }

    private mutating func readNamespaces(_ node: Node) -> [String: String] {
        var namespaces: [String: String] = [:]
        for entry in entries(node, what: Self.quoted("namespaces")) ?? [] {
            if let uri = text(entry) { namespaces[entry.key] = uri }
        }
        return namespaces
    }

    private mutating func readRecordPath(
        _ entry: RuleEntry?, format: SourceFile.Format, _ namespaces: [String: String], at node: Node
    ) -> String? {
        guard format == .xml else { return nil }
        guard let entry else {
            report(
                .missingKey, at: node,
                Text(
                    en:
                        "An XML source needs \"record:\", the path of the element that repeats, such as /export/clients/client.",
                    zh: "XML 来源需要“record:”，即重复元素的路径，例如 /export/clients/client。"))
            return nil
        }
        guard let path = text(entry) else { return nil }
        parse(at: entry.value) { try XMLPath(record: path, namespaces: namespaces) }
        return path
    }

    /// The path language is the importers'; only the place is ours.
    private mutating func parse(at node: Node, _ path: () throws -> XMLPath) {
        do {
            _ = try path()
        } catch let failure as Failure {
            let advice = failure.advice ?? Text(en: "", zh: "")
            report(
                .badPath, at: node,
                Text(
                    en: "\(failure.message.en) \(advice.en)", zh: "\(failure.message.zh)\(advice.zh)"))
        } catch {
            report(.badPath, at: node, Text(en: "\(error)", zh: "\(error)"))
        }
    }

    /// The name of a column, or an XML path.
    private mutating func readColumn(
        _ node: Node, format: SourceFile.Format, _ namespaces: [String: String], what: Text
    ) -> String? {
        guard let path = text(node, what: what) else { return nil }
        if format == .xml { parse(at: node) { try XMLPath(field: path, namespaces: namespaces) } }
        if format == .xml || !path.isEmpty { return path }
        report(
            .badPath, at: node,
            Text(en: "Empty name of a column for \(what.en).", zh: "\(what.zh)的列名为空。"))
        return nil
    }

    private mutating func readMappings(
        _ node: Node, format: SourceFile.Format, _ namespaces: [String: String], of source: Text
    ) -> [SourcePlan.Mapping] {
        guard let entries = entries(node, what: Text(en: "\"fields:\" of \(source.en)", zh: "\(source.zh)的“fields:”"))
        else { return [] }
        if entries.isEmpty {
            report(
                .missingKey, at: node,
                Text(
                    en: "\(source.en) fills no field; write lines of \"field: column\".",
                    zh: "\(source.zh)没有填任何字段；请写“字段: 列名”。"))
        }
        return entries.compactMap { entry in
            let path = readColumn(entry.value, format: format, namespaces, what: Self.quoted(entry.key))
            guard !schema.fields.isEmpty, let field = field(entry.key, at: entry.keyNode), let path else { return nil }
            return SourcePlan.Mapping(field: field, path: path)
        }
    }
}
