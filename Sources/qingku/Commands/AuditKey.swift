import ArgumentParser
import Foundation
import Pipeline
import Records

struct AuditKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Print the key by which checkpoints are verified; make it if there is none.",
        discussion: """
            Keep what this prints elsewhere: with it, a trail that was signed again with another key is found out. The secret
            half is a file of mode 0600, in the workspace unless --file says otherwise.

            Examples:
              qingku audit key --workspace registry.qingku
              qingku audit key --workspace registry.qingku --file /secure/registry.key
              qingku audit key --workspace registry.qingku --rotate
            """)

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "File for the secret half of a new key (default: in the workspace).")
    var file: String?

    @Flag(
        help:
            "Let a new key take the place of the one that signs; both sign that. The old secret in the workspace is removed."
    )
    var rotate = false

    @Option(help: ArgumentHelp("Let a new key take the place of one that is lost, and say why.", valueName: "reason"))
    var lost: String?

    @Option(name: .customLong("by"), help: "Who does this, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func validate() throws {
        if rotate, lost != nil { throw ValidationError("--rotate needs the old key; --lost is for one that is gone.") }
        if lost?.isEmpty == true { throw ValidationError("--lost wants a reason.") }
    }

    func run() throws {
        let change: TrailRun.KeyChange = rotate ? .rotate : lost.map { .replaceLost(reason: $0) } ?? .keep
        let outcome = try TrailRun.key(
            workspace: workspace, file: file, change: change, actor: actor, time: Clock.system.now)
        Console.print(outcome.verifier)
        Console.note(
            Text(
                en: outcome.isNew
                    ? "New key; the secret half is in \(outcome.file)." : "The secret half is in \(outcome.file).",
                zh: outcome.isNew ? "已生成新密钥；私钥在 \(outcome.file)。" : "私钥在 \(outcome.file)。")(
                    Console.language(language)))
    }
}
