import ArgumentParser
import Foundation
import Pipeline
import Records

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prove that a workspace is as it was written.", subcommands: [Verify.self])

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Check database, records, audit events, persons and outputs; status 5 when something is not right.",
            discussion: """
                Example:
                  qingku audit verify --workspace registry.qingku
                """)

        @Option(help: "Folder of the registry's store.")
        var workspace: String

        @Option(help: "Language of the text: en or zh (default: the locale's).")
        var language: Language?

        @Flag(help: "Print JSON instead of text.")
        var json = false

        func run() throws {
            let outcome = try AuditRun.verify(workspace: workspace)
            let language = Console.language(language)
            if json {
                let report = Report(
                    schema: 1, sound: outcome.problems.isEmpty, events: outcome.events, head: outcome.head,
                    problems: outcome.problems.map { .init(kind: $0.kind, message: $0.message(language)) })
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                Console.print(String(decoding: try encoder.encode(report), as: UTF8.self))
            } else {
                for line in Self.lines(outcome) { Console.print(line(language)) }
            }
            if !outcome.problems.isEmpty { throw ExitCode(Failure.Kind.verification.status) }
        }

        private static func lines(_ outcome: AuditRun.Outcome) -> [Text] {
            guard outcome.problems.isEmpty else {
                return outcome.problems.map { Text(en: "\($0.kind): \($0.message.en)", zh: $0.message.zh) } + [
                    Text(
                        en: "\(outcome.problems.count) problems found. Restore a backup, or import the exports again.",
                        zh: "发现 \(outcome.problems.count) 处问题。请恢复备份，或重新导入导出文件。")
                ]
            }
            return [
                Text(
                    en:
                        "The workspace is as it was written: \(outcome.events) events; records, persons and outputs checked.",
                    zh: "工作区与写入时一致：\(outcome.events) 个事件；记录、人员和输出均已核对。"),
                Text(
                    en:
                        "Newest event \(outcome.head.prefix(16))…; noted elsewhere, it shows whether events were cut off.",
                    zh: "最新事件 \(outcome.head.prefix(16))…；请另行记下，可据此发现末尾是否被截断。"),
            ]
        }

        private struct Report: Encodable {
            let schema: Int
            let sound: Bool
            let events: Int
            let head: String
            let problems: [Problem]

            struct Problem: Encodable {
                let kind: String
                let message: String
            }
        }
    }
}
