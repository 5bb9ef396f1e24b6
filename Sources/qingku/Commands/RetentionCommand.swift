import ArgumentParser
import Foundation
import Pipeline
import Records

struct RetentionCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Remove what is over its time by the rule book's \"retention:\".",
        discussion: """
            Files of old runs go (run.json and checkpoint.txt stay, and so does the newest run), cells of records that are no
            longer in their export, and cells of versions that a later one took the place of. Sources under \"hold:\" and
            restricted records are left alone. Digests stay, and the audit trail still verifies.

            Example:
              qingku retention --workspace registry.qingku --dry-run
            """)

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "The rule book (default: that of the newest run).")
    var rules: String?

    @Flag(help: "Say what would go, and remove nothing.")
    var dryRun = false

    @Option(name: .customLong("by"), help: "Who says so, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let language = Console.language(language)
        let outcome = try RetentionRun.run(
            workspace: workspace, rulesPath: rules, isRehearsal: dryRun, actor: actor, clock: .system)
        for line in lines(outcome) { Console.print(Console.harmless(line(language))) }
    }

    private static let chinese = ["runs": "运行的文件", "vanished_records": "已消失的记录", "superseded_versions": "旧版本"]

    /// `26 weeks` → `26 周`
    private static func chinese(time: String) -> String {
        let parts = time.split(separator: " ")
        let units = ["day": "天", "week": "周", "month": "个月", "year": "年"]
        guard parts.count == 2, let unit = units.first(where: { parts[1].hasPrefix($0.key) }) else { return time }
        return "\(parts[0]) \(unit.value)"
    }

    private func lines(_ outcome: RetentionRun.Outcome) -> [Text] {
        let rules = Text(
            en: outcome.rules.map { "\($0.what) \($0.time)" }.joined(separator: ", "),
            zh: outcome.rules.map { "\(Self.chinese[$0.what] ?? $0.what) \(Self.chinese(time: $0.time))" }
                .joined(separator: "、"))
        var lines = [Text(en: "Kept: \(rules.en).", zh: "保存期限：\(rules.zh)。")]
        let (vanished, superseded) = (outcome.vanished, outcome.superseded)
        if outcome.runs.isEmpty, vanished == 0, superseded == 0 {
            lines.append(Text(en: "Nothing is over its time.", zh: "没有超过保存期限的内容。"))
        } else {
            let counts = Text(
                en:
                    "files of \(counted(outcome.runs.count, "run")), \(counted(vanished, "version")) of vanished records, \(counted(superseded, "superseded version"))",
                zh: "\(outcome.runs.count) 次运行的文件、已消失记录的 \(vanished) 个版本、\(superseded) 个旧版本")
            lines.append(
                dryRun
                    ? Text(en: "Would be removed: \(counts.en).", zh: "将删除：\(counts.zh)。")
                    : Text(
                        en: "Removed: \(counts.en); event \(outcome.event ?? 0) of the audit trail.",
                        zh: "已删除：\(counts.zh)；审计轨迹第 \(outcome.event ?? 0) 号事件。"))
            lines += outcome.runs.map { Text(en: "  \($0)", zh: "  \($0)") }
        }
        if outcome.heldRuns + outcome.heldVersions > 0 {
            lines.append(
                Text(
                    en:
                        "Held back: files of \(counted(outcome.heldRuns, "run")), \(counted(outcome.heldVersions, "version")).",
                    zh: "因保留要求未删除：\(outcome.heldRuns) 次运行的文件、\(outcome.heldVersions) 个版本。"))
        }
        if !outcome.isFinished {
            lines.append(
                Text(
                    en: "Another process reads the database: the next command that writes cleans its free pages.",
                    zh: "另有进程正在读取数据库：下一条写入命令将清理空闲页。"))
        }
        return lines
    }
}
