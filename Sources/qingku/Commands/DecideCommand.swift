import ArgumentParser
import Pipeline
import Records

struct DecideCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Say that two records are of the same person, of different persons, or that nobody can tell yet.",
        discussion: """
            What people decide binds: the machine neither merges what is different or undecided nor takes apart what is the
            same. A later decision on the same two records takes the place of an earlier one.

            Example:
              qingku decide different registry:R0001 registry:R0002 --reason "twins, seen both cards"
            """)

    @Argument(help: "same, different or unsure.")
    var verdict: Decision.Verdict

    @Argument(help: "A record: its id, or SOURCE:ID where several sources have that id.")
    var first: String

    @Argument(help: "The other record.")
    var second: String

    @Option(help: "Why; the audit trail keeps it.")
    var reason: String

    @OptionGroup var options: WordOptions

    func run() throws {
        try options.say(.decide(first, second, verdict), reason: reason)
    }
}

extension Decision.Verdict: ExpressibleByArgument {}
