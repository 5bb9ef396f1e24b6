import ArgumentParser
import Foundation
import Pipeline
import Records

struct AuditProve: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Prove that one event is part of the trail, without showing any other.",
        discussion: """
            Example:
              qingku audit prove 12 --workspace registry.qingku --out event-12.json
            """)

    @Argument(help: "Sequence of the event.")
    var event: Int

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "File for the proof (default: standard output).")
    var out: String?

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Put the payload into the proof; it may hold personal data.")
    var payload = false

    func run() throws {
        let proof = try TrailRun.prove(workspace: workspace, event: event, withPayload: payload)
        try Console.deliver(proof, to: out)
        if let out { Console.noteWritten(out, Console.language(language)) }
    }
}

struct AuditCheckProof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof", abstract: "Check a proof of one event against the key of its registry.",
        discussion: """
            Example:
              qingku audit check-proof event-12.json --key 'qingku/0123456789abcdef+a1b2c3d4+AQ…'
            """)

    @Argument(help: "The file that audit prove wrote.")
    var file: String

    @Option(help: "The verifier key of the registry, from audit key.")
    var key: String

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let proved = try TrailRun.check(proof: file, key: key)
        let event = proved.event
        Console.print(
            Text(
                en: "Proved: event \(event.sequence) of \(proved.size), \(event.type), \(event.time), \(event.actor).",
                zh: "证明有效：第 \(event.sequence) 号事件（共 \(proved.size) 个），\(event.type)，\(event.time)，\(event.actor)。"
            )(Console.language(language)))
        if let payload = proved.payload { Console.print(payload) }
    }
}

struct AuditCheckpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Print a signed checkpoint of the trail, to be kept elsewhere.",
        discussion: """
            Example:
              qingku audit checkpoint --workspace registry.qingku --out /mnt/elsewhere/checkpoint.txt
            """)

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Option(help: "File for the checkpoint (default: standard output).")
    var out: String?

    func run() throws {
        try Console.deliver(try TrailRun.checkpoint(workspace: workspace), to: out)
        if let out { Console.noteWritten(out, Console.language(language)) }
    }
}
