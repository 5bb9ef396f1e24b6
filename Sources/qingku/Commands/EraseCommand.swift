import ArgumentParser
import Foundation
import Pipeline
import Records

struct EraseCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Take everything held about persons or records out of a workspace for good.",
        discussion: """
            Cells of all versions, record ids, the words of findings, waivers and decisions, payloads of events, and the files
            of every run that may hold the persons go; free pages and the log of writes are cleaned. Digests, and the audit
            trail, stay and still verify. What lies outside is named: backups, exports with their recipients, the offices' files.
            A record that stands in the next export again is left out, and the run says so; file erasure.key recognises it.
            The workspace has no output files of those runs any more: make a new run afterwards.

            Examples:
              qingku erase P00000007 --workspace registry.qingku --reason "request 12" --dry-run
              qingku erase registry:R0001 --workspace registry.qingku --reason "request 12"
            """)

    @Argument(help: "Persons (P00000007) or records (SOURCE:ID).")
    var names: [String]

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "Why; kept in the audit trail, so name no person in it.")
    var reason: String

    @Flag(help: "Say what would be erased, and erase nothing.")
    var dryRun = false

    @Option(name: .customLong("by"), help: "Who says so, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let outcome = try ErasureRun.run(
            ErasureRun.Request(
                workspace: workspace, names: names, reason: reason, isRehearsal: dryRun, actor: actor, clock: .system))
        if json {
            try Console.print(json: Report(outcome, isRehearsal: dryRun))
            return
        }
        let language = Console.language(language)
        for line in lines(outcome) { Console.print(Console.harmless(line(language))) }
    }

    private func lines(_ outcome: ErasureRun.Outcome) -> [Text] {
        if let waiting = outcome.waiting {
            return [
                Text(en: "Nothing was erased yet.", zh: "尚未删除任何数据。"), WordOptions.waiting(waiting, workspace),
            ]
        }
        if outcome.records.isEmpty {
            return [
                Text(
                    en: "Nothing to do: all \(outcome.already) records were erased before.",
                    zh: "无需处理：\(outcome.already) 条记录此前均已删除。")
            ]
        }
        let counts = Text(
            en: outcome.counts.map { "\($0.what) \($0.count)" }.joined(separator: ", "),
            zh: outcome.counts.map { "\(Self.chinese[$0.what] ?? $0.what) \($0.count)" }.joined(separator: "、"))
        var lines = [
            dryRun
                ? Text(en: "Would be erased: \(counts.en).", zh: "将删除：\(counts.zh)。")
                : Text(
                    en: "Erased: \(counts.en); event \(outcome.event ?? 0) of the audit trail.",
                    zh: "已删除：\(counts.zh)；审计轨迹第 \(outcome.event ?? 0) 号事件。")
        ]
        if dryRun { lines += outcome.records.map { Text(en: "  record \($0)", zh: "  记录 \($0)") } }
        lines += outcome.runs.map { Text(en: "  files of \($0)", zh: "  \($0) 的文件") }
        if !outcome.isFinished {
            lines.append(
                Text(
                    en: "Another process reads the database: the next command that writes cleans its free pages.",
                    zh: "另有进程正在读取数据库：下一条写入命令将清理空闲页。"))
        }
        lines += outside(outcome)
        if !dryRun {
            lines.append(
                Text(
                    en: "Make a new run for new outputs: qingku reconcile --workspace \(workspace)",
                    zh: "请重新运行以生成新的输出：qingku reconcile --workspace \(workspace)"))
        }
        return lines
    }

    private static let chinese = [
        "records": "记录", "versions": "记录版本", "findings": "发现", "waivers": "豁免", "decisions": "判定", "payloads": "事件内容",
        "runs": "运行的文件",
    ]

    private func outside(_ outcome: ErasureRun.Outcome) -> [Text] {
        var lines: [Text] = []
        func list(_ title: Text, _ items: [Text]) {
            if items.isEmpty { return }
            lines.append(title)
            lines += items.map { Text(en: "  \($0.en)", zh: "  \($0.zh)") }
        }
        list(
            Text(
                en: "Still outside, with these recipients (ask them to erase too):", zh: "以下接收方仍持有导出数据（请通知其一并删除）："),
            outcome.exports.map {
                Text(
                    en: "\($0.recipient): \($0.file), \($0.time), for \($0.purpose) (event \($0.event))",
                    zh: "\($0.recipient)：\($0.file)，\($0.time)，用途 \($0.purpose)（第 \($0.event) 号事件）")
            })
        list(
            Text(en: "Backups still hold the data until they expire:", zh: "以下备份在过期前仍含有这些数据："),
            outcome.backups.map { Text(en: $0, zh: $0) })
        list(
            Text(en: "The offices' own files still hold the data:", zh: "各部门的原始文件仍含有这些数据："),
            outcome.deliveries.map { Text(en: $0, zh: $0) })
        return lines
    }

    private struct Report: Encodable {
        let schema = 1
        let dryRun: Bool
        let records: [String]
        let alreadyErased: Int
        let counts: [String: Int]
        let runs: [String]
        let exports: [DisclosureReport]
        let backups: [String]
        let files: [String]
        let event: Int?
        let waiting: Int?
        let finished: Bool

        init(_ outcome: ErasureRun.Outcome, isRehearsal: Bool) {
            dryRun = isRehearsal
            records = outcome.records
            alreadyErased = outcome.already
            counts = Dictionary(outcome.counts.map { ($0.what, $0.count) }) { $1 }
            runs = outcome.runs
            exports = outcome.exports.map(DisclosureReport.init)
            backups = outcome.backups
            files = outcome.deliveries
            event = outcome.event
            waiting = outcome.waiting
            finished = outcome.isFinished
        }

        enum CodingKeys: String, CodingKey {
            case schema
            case dryRun = "dry_run"
            case records
            case alreadyErased = "already_erased"
            case counts, runs, exports, backups
            case files, event, waiting, finished
        }
    }
}

struct DisclosureReport: Encodable {
    let event: Int
    let time: String
    let file: String
    let recipient: String
    let purpose: String
    let pseudonymised: Bool

    init(_ disclosure: Disclosure) {
        event = disclosure.event
        time = disclosure.time
        file = disclosure.file
        recipient = disclosure.recipient
        purpose = disclosure.purpose
        pseudonymised = disclosure.isPseudonymised
    }
}
