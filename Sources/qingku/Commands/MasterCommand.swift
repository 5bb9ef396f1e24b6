import ArgumentParser
import Foundation
import Pipeline
import Records

struct MasterCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "master",
        abstract:
            "Write the outputs of an earlier run again, as they were: from its records, decisions, rules and day.",
        discussion: """
            Within the workspace's outbox the files stay in the registry, and go with its next erasure or retention. Elsewhere
            they are a copy that leaves it: the audit trail keeps what for and who gets it, as of an export.

            Examples:
              qingku master --as-of 3 --workspace registry.qingku --out registry.qingku/outbox/then
              qingku master --as-of 3 --workspace registry.qingku --out then --purpose "appeal 7" --recipient "Court"
            """)

    @OptionGroup var place: LedgerPlace

    @Option(help: "Number of the run (default: the newest).")
    var asOf: Int?

    @Option(help: "Folder for the files: one that is not there yet, or one that a run wrote, which is replaced.")
    var out: String

    @Option(help: "What the files are for; kept in the audit trail.")
    var purpose: String = ""

    @Option(help: "Who gets the files; kept in the audit trail.")
    var recipient: String = ""

    @Option(name: .customLong("by"), help: "Who asks for them, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
    }

    func run() throws {
        let language = place.spoken
        var request = ReplayRun.Request(workspace: try place.folder(), run: asOf, output: out, threads: threads)
        (request.purpose, request.recipient) = (purpose, recipient)
        (request.actor, request.time) = (actor, Clock.system.now)
        let outcome = try ReplayRun.run(request) { Console.progress($0.title(language)) }
        Console.endProgress()
        for line in ReplayText.lines(outcome) { Console.print(line(language)) }
        Console.print(Text(en: "Written to \(out).", zh: "已写入 \(out)。")(language))
        if !outcome.different.isEmpty { throw ExitCode(Failure.Kind.verification.status) }
    }
}

/// What a replay found, in words.
enum ReplayText {
    static func lines(_ outcome: ReplayRun.Outcome) -> [Text] {
        let all = outcome.equal.count + outcome.different.count
        var lines: [Text] = []
        if outcome.different.isEmpty {
            lines.append(
                Text(
                    en: "Run \(outcome.run) of \(outcome.finishedAt) comes out the same: \(all) files, byte for byte.",
                    zh: "第 \(outcome.run) 次运行（\(outcome.finishedAt)）重放结果一致：\(all) 个文件逐字节相同。"))
        } else {
            lines.append(
                Text(
                    en: "Run \(outcome.run) of \(outcome.finishedAt) does not come out the same; these files differ:",
                    zh: "第 \(outcome.run) 次运行（\(outcome.finishedAt)）重放结果不一致，下列文件不同："))
            lines += outcome.different.map { Text(en: "  \($0)", zh: "  \($0)") }
        }
        if let tool = outcome.otherTool {
            lines.append(Text(en: "It was made by qingku \(tool).", zh: "该次运行由 qingku \(tool) 完成。"))
        }
        return lines
    }
}
