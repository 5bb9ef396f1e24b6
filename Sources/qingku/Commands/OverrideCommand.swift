import ArgumentParser
import Pipeline

struct OverrideCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Write a value into a cell of the master: it stands whatever the records say.",
        discussion: """
            The office is asked to correct its record. Should the person turn out to be several, the value is nobody's until
            somebody says whose it is (finding override-unowned).

            Example:
              qingku override P00000012 phone 13800138000 --reason "called back"
            """)

    @Argument(help: "The person, as in master.csv.")
    var person: String

    @Argument(help: "The field.")
    var field: String

    @Argument(help: "The value; an empty one empties the cell.")
    var value: String

    @Option(help: "Why; the audit trail keeps it.")
    var reason: String

    @OptionGroup var options: WordOptions

    func run() throws {
        try options.say(.override(person: person, field: field, value: value), reason: reason)
    }
}
