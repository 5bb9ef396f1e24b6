import ArgumentParser
import Pipeline

struct SplitCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Take records out of a person: they are held apart from its other records.",
        discussion: """
            The records go where their own evidence points, among themselves or to somebody else. Without --different the
            pairs are back in review.

            Example:
              qingku split P00000012 registry:R0007 --reason "another card number" --dry-run
            """)

    @Argument(help: "The person, as in master.csv.")
    var person: String

    @Argument(help: "Records that leave: ids, or SOURCE:ID where several sources have that id.")
    var records: [String]

    @Flag(help: "They are of somebody else for certain; otherwise that is still to be decided.")
    var different = false

    @Option(help: "Why; the audit trail keeps it.")
    var reason: String

    @OptionGroup var options: WordOptions

    func run() throws {
        try options.say(.split(person: person, records: records, isCertain: different), reason: reason)
    }
}
