import Foundation
import Reconciliation
package import Records
import Workspace

/// What a recorded word says, for those who have to agree to it or may take it back: which records, what of them, and why.
package struct Retelling: Sendable, Hashable {
    /// One each; a word of many pairs says how many more there are.
    package let says: [Text]
    /// As it was given; empty where none was.
    package let reason: String

    /// Of a word on many pairs so many are told.
    private static let most = 5

    private struct Payload: Decodable {
        struct Key: Decodable {
            let record: String
            let source: String
        }

        struct Pair: Decodable {
            let a: Key
            let b: Key
            let verdict: String
            let reason: String
        }

        struct Cell: Decodable {
            let field: String
            let after: String
        }

        var decisions: [Pair]?
        var cells: [Cell]?
        var field: String?
        var after: String?
        var title: String?
        var event: Int?
        var findings: [String]?
        var until: String?
        var file: String?
        var source: String?
        var records: Int?
        var pairs: Int?
        var reason: String?
    }

    /// - Parameter shown: how the value of a field is shown to whoever reads it; with an empty field, the office's id of a record.
    init(
        _ recorded: RecordedEvent, _ store: WorkspaceStore, shown: (_ field: String, _ value: String) -> String = { $1 }
    ) throws {
        let event = recorded.event
        guard let bytes = recorded.payload?.body,
            let payload = try? JSONDecoder().decode(Payload.self, from: Data(bytes))
        else {
            says = [Text(en: "what it said was erased", zh: "内容已删除")]
            reason = ""
            return
        }
        reason = payload.reason ?? payload.decisions?.first?.reason ?? ""
        func names(_ kind: String) -> [String] {
            event.subjects.filter { $0.hasPrefix(kind + ":") }.map { String($0.dropFirst(kind.count + 1)) }
        }
        if let pairs = payload.decisions {
            says = Self.of(pairs, shown)
        } else if let cells = payload.cells
            ?? payload.field.map({ [Payload.Cell(field: $0, after: payload.after ?? "")] })
        {
            says = Self.of(cells.map { .init(field: $0.field, after: shown($0.field, $0.after)) }, names("person"))
        } else if let target = payload.event {
            says = try Self.of(withdrawalOf: target, store, shown)
        } else if let findings = payload.findings {
            let list = Self.list(findings)
            let until = payload.until ?? ""
            says = [
                event.type == "finding.waived"
                    ? Text(
                        en:
                            "\(list) \(findings.count == 1 ? "is" : "are") accepted\(until.isEmpty ? "" : " until \(until)")",
                        zh: "接受 \(list)\(until.isEmpty ? "" : "，至 \(until)")")
                    : Text(en: "\(list) \(findings.count == 1 ? "counts" : "count") again", zh: "\(list) 重新计入")
            ]
        } else if let source = payload.source, let file = payload.file {
            let records = payload.records ?? 0
            says = [
                Text(
                    en: "the export \(file) of \(source), \(counted(records, "record"))",
                    zh: "来源 \(source) 的导出 \(file)，\(records) 条记录")
            ]
        } else if let pairs = payload.pairs {
            says = [
                Text(
                    en: "scores are read as \(counted(pairs, "decided pair")) show",
                    zh: "按 \(pairs) 对已判定记录校准评分")
            ]
        } else if let title = payload.title {
            says = [Text(en: "the rule book of “\(title)”", zh: "“\(title)”的规则文件")]
        } else {
            let ids = names("record").compactMap { Int64($0) }
            let records = try store.subjects(ids: ids).map { "\($0.key.source):\(shown("", $0.key.recordID))" }
            let list = Self.list(names("person") + records)
            says = [Text(en: "everything held of \(list) would be erased", zh: "将删除 \(list) 的全部数据")]
        }
    }

    private static func of(_ pairs: [Payload.Pair], _ shown: (String, String) -> String) -> [Text] {
        func name(_ key: Payload.Key) -> String { "\(key.source):\(shown("", key.record))" }
        let told = pairs.prefix(pairs.count > most ? most - 1 : most).map { pair in
            Speaker.meaning(Decision.Verdict(rawValue: pair.verdict) ?? .unsure, name(pair.a), name(pair.b))
        }
        let more = pairs.count - told.count
        return told + (more > 0 ? [Text(en: "and \(counted(more, "more pair")) like that", zh: "另有 \(more) 对")] : [])
    }

    /// - Parameter persons: one a cell.
    private static func of(_ cells: [Payload.Cell], _ persons: [String]) -> [Text] {
        let told = zip(cells, persons).prefix(cells.count > most ? most - 1 : most).map { cell, person in
            Text(en: "\(cell.field) of \(person) is “\(cell.after)”", zh: "\(person) 的 \(cell.field) 为“\(cell.after)”")
        }
        let more = cells.count - told.count
        return told + (more > 0 ? [Text(en: "and \(counted(more, "more cell")) like that", zh: "另有 \(more) 处")] : [])
    }

    private static func of(
        withdrawalOf target: Int, _ store: WorkspaceStore, _ shown: (String, String) -> String
    ) throws -> [Text] {
        // A withdrawal comes after what it takes back, so this ends.
        let what = try store.event(target).map { try Retelling($0, store, shown: shown).says } ?? []
        return [Text(en: "event \(target) counts no more:", zh: "第 \(target) 号事件不再有效：")]
            + what.map { Text(en: "  \($0.en)", zh: "  \($0.zh)") }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(most).joined(separator: ", ") + (names.count > most ? ", …" : "")
    }

    /// One line each, indented; the reason last.
    package func lines(_ language: Language) -> [String] {
        says.map { "    " + $0(language) }
            + (reason.isEmpty ? [] : ["    " + Text(en: "because: \(reason)", zh: "理由：\(reason)")(language)])
    }
}
