import ArgumentParser
import Foundation
import Pipeline
import Records

struct RestrictCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "restrict",
        abstract: "Take persons or records out of use: they stay stored, and no run or export has them.",
        discussion: """
            From the next run on the records are neither matched nor written anywhere; the run says how many it left out.
            They keep their person_id, and their findings wait as they are. Earlier runs and exports are not changed.
            --lift puts them back to use.

            Examples:
              qingku restrict P00000007 --workspace registry.qingku --reason "accuracy contested, case 12"
              qingku restrict registry:R0001 --workspace registry.qingku --lift --reason "case 12 is settled"
            """)

    @Argument(help: "Persons (P00000007) or records (SOURCE:ID).")
    var names: [String]

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "Why; kept in the audit trail, so name no person in it.")
    var reason: String

    @Flag(help: "Put the records back to use.")
    var lift = false

    @Option(name: .customLong("by"), help: "Who says so, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let language = Console.language(language)
        let outcome = try RestrictionRun.run(
            workspace: workspace, names: names, isLifted: lift, reason: reason, actor: actor, clock: .system)
        for name in outcome.changed {
            let line =
                lift
                ? Text(en: "\(name) is used again.", zh: "\(name) 恢复使用。")
                : Text(en: "\(name) is used no more.", zh: "\(name) 停止使用。")
            Console.print(Console.harmless(line(language)))
        }
        for name in outcome.unchanged {
            Console.note(
                Console.harmless(Text(en: "\(name) already was so.", zh: "\(name) 原本如此。")(language)))
        }
        if !outcome.changed.isEmpty {
            Console.print(
                Text(
                    en: "It takes effect with the next run: qingku clean.", zh: "从下一次运行（qingku clean）起生效。")(language))
        }
    }
}
