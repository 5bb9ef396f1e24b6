import ArgumentParser
import Foundation
import Pipeline
import Records
import Rules

/// `qingku rules checks`: what is looked for without being asked.
struct RulesChecksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks", abstract: "List the built-in checks, which a rule book may change or switch off.",
        discussion: "One a line: name, severity, what is found. Under \"checks:\" of a rule book, "
            + "{ id: NAME, severity: off } switches one off. Below them stands what is found by reading and matching the "
            + "exports.")

    @Flag(help: "Print the tables of README, in both languages.")
    var markdown = false

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() {
        if markdown { return Console.print(CheckReference.markdown + "\n\n" + FindingReference.markdown) }
        let say = Console.language(language)
        let names = CheckReference.all.map(\.name) + FindingReference.all.map(\.name)
        let width = names.map(\.count).max() ?? 0
        func line(_ name: String, _ severity: Severity, _ title: String) -> String {
            name.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
                + severity.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0) + "  " + title
        }
        for check in CheckReference.all {
            let limit = check.limit.map { " (limit: \($0.value) \($0.unit(say)))" } ?? ""
            Console.print(line(check.name, check.severity, check.title(say) + limit))
        }
        Console.print("\n" + FindingReference.heading(say))
        for finding in FindingReference.all { Console.print(line(finding.name, finding.severity, finding.title(say))) }
    }
}
