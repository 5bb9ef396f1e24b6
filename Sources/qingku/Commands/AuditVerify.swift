import ArgumentParser
import Foundation
import Pipeline
import Records

struct AuditVerify: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Check database, records, events, checkpoints, persons and outputs; status 5 when something is not right.",
        discussion: """
            What nobody kept elsewhere cannot be missed: events after the newest checkpoint outside of the workspace can be
            cut off unseen, and whoever has both the signing key and the database can write another past. Give the
            checkpoints you kept, and the key.
            --replay makes the newest run again from its records, decisions and rules, and takes as long as a run. A run whose
            records were erased since cannot be made again; that is said, and is no fault.

            Examples:
              qingku audit verify --workspace registry.qingku --checkpoint kept/checkpoint.txt
              qingku audit verify --workspace registry.qingku --replay
            """)

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "A checkpoint that was kept elsewhere; may be given more than once.")
    var checkpoint: [String] = []

    @Option(help: "A verifier key that was kept elsewhere; may be given more than once.")
    var key: [String] = []

    @Flag(help: "Make the newest run again, too, and hold its files against those it wrote (default: off).")
    var replay = false

    @Option(help: "Threads for --replay, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
    }

    func run() throws {
        let language = Console.language(language)
        let outcome = try AuditRun.verify(
            workspace: workspace, checkpoints: checkpoint, keys: key, replayThreads: replay ? threads : nil,
            at: Clock.system.now
        ) { Console.progress($0.title(language)) }
        if replay { Console.endProgress() }
        if json {
            try Console.print(json: Report(outcome, language))
        } else {
            for line in Self.lines(outcome) { Console.print(line(language)) }
        }
        if !outcome.problems.isEmpty { throw ExitCode(Failure.Kind.verification.status) }
    }

    private static func lines(_ outcome: AuditRun.Outcome) -> [Text] {
        guard outcome.problems.isEmpty else {
            return outcome.problems.map { Text(en: "\($0.kind): \($0.message.en)", zh: "\($0.kind)：\($0.message.zh)") }
                + [
                    Text(
                        en:
                            "\(counted(outcome.problems.count, "problem")) found. Restore a backup, or import the exports again.",
                        zh: "发现 \(outcome.problems.count) 处问题。请恢复备份，或重新导入导出文件。")
                ]
        }
        if outcome.events == 0 {
            return [Text(en: "The workspace is empty: no run was ever finished in it.", zh: "工作区是空的：尚无任何运行完成。")]
        }
        var lines = [whole(outcome)]
        lines += outcome.unchecked.map { Text(en: "Not checked: \($0.en).", zh: "未核对：\($0.zh)。") }
        if outcome.signed > 0 {
            let later = outcome.events - outcome.signed
            lines.append(
                Text(
                    en: "Signed up to event \(outcome.signed)"
                        + (later > 0 ? "; \(later) later ones are not yet." : "."),
                    zh: "已签署至第 \(outcome.signed) 号事件" + (later > 0 ? "，其后 \(later) 个尚未签署。" : "。")))
        }
        lines += outcome.replacedKeys.map {
            Text(
                en: "Event \($0) replaced a lost key: ask the one who did it.", zh: "第 \($0) 号事件更换了丢失的密钥：请向经办人核实。")
        }
        lines += outcome.unsignedRestores.map {
            Text(
                en: "Event \($0) restored a backup without the key that signs: ask the one who did it.",
                zh: "第 \($0) 号事件在没有签名密钥的情况下恢复了备份：请向经办人核实。")
        }
        if let replay = outcome.replay { lines.append(replay) }
        lines.append(limits(outcome))
        return lines
    }

    private static func whole(_ outcome: AuditRun.Outcome) -> Text {
        let isAll = outcome.unchecked.isEmpty
        return Text(
            en: "The workspace is as it was written: \(counted(outcome.events, "event")); "
                + (isAll ? "records, persons and outputs checked." : "records and persons checked."),
            zh: "工作区与写入时一致：\(outcome.events) 个事件；" + (isAll ? "记录、人员和输出均已核对。" : "记录和人员均已核对。"))
    }

    private static func limits(_ outcome: AuditRun.Outcome) -> Text {
        if outcome.signedElsewhere == 0 {
            return Text(
                en: "No checkpoint from elsewhere was given: an older copy, or a cut end, cannot be told from here.",
                zh: "未提供另存的检查点：仅凭此处无法察觉旧副本或末尾截断。")
        }
        return Text(
            en:
                "What was cut off after event \(outcome.signedElsewhere), the newest you kept, cannot be told from here.",
            zh: "您所保存的最新检查点为第 \(outcome.signedElsewhere) 号事件；其后若有截断，仅凭此处无法察觉。")
    }

    private struct Report: Encodable {
        let schema = 2
        let sound: Bool
        let events: Int
        let head: String
        let signed: Int
        let signedElsewhere: Int
        let key: String?
        let replacedKeys: [Int]
        let unsignedRestores: [Int]
        let replay: String?
        let unchecked: [String]
        let firstBad: Bad?
        let problems: [Problem]

        struct Bad: Encodable {
            let sequence: Int?
            let kind: String
        }

        struct Problem: Encodable {
            let kind: String
            let sequence: Int?
            let message: String
        }

        init(_ outcome: AuditRun.Outcome, _ language: Language) {
            sound = outcome.problems.isEmpty
            events = outcome.events
            head = outcome.head
            signed = outcome.signed
            signedElsewhere = outcome.signedElsewhere
            key = outcome.key
            replacedKeys = outcome.replacedKeys
            unsignedRestores = outcome.unsignedRestores
            replay = outcome.replay?(language)
            unchecked = outcome.unchecked.map { $0(language) }
            let first =
                outcome.problems.filter { $0.sequence != nil }.min { ($0.sequence ?? 0) < ($1.sequence ?? 0) }
                ?? outcome.problems.first
            firstBad = first.map { Bad(sequence: $0.sequence, kind: $0.kind) }
            problems = outcome.problems.map {
                Problem(kind: $0.kind, sequence: $0.sequence, message: $0.message(language))
            }
        }
    }
}
