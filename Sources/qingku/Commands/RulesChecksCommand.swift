import ArgumentParser
import Records
import Rules

/// `qingku rules checks`: what is looked for without being asked.
struct RulesChecksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks", abstract: "List the built-in checks, which a rule book may change or switch off.",
        discussion: "One a line: name, severity, what is found. Under \"checks:\" of a rule book, "
            + "{ id: NAME, severity: off } switches one off.")

    @Flag(help: "Print the table of README, in both languages.")
    var markdown = false

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() {
        if markdown { return Console.print(CheckReference.markdown) }
        let say = Console.language(language)
        let width = CheckReference.all.map(\.name.count).max() ?? 0
        for check in CheckReference.all {
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            let severity = check.severity.rawValue + String(repeating: " ", count: 7 - check.severity.rawValue.count)
            let limit = check.limit.map { " (limit: \($0.value) \($0.unit(say)))" } ?? ""
            Console.print("\(name)  \(severity)  \(check.title(say))\(limit)")
        }
    }
}
