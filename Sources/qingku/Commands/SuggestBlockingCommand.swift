import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct SuggestBlockingCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest-blocking",
        abstract: "Propose blocking keys for the matches that the rule book's keys miss, the cheapest first.",
        discussion: """
            Tries keys of one to three parts of the fields the rule book compares, counts their pairs, and estimates from a
            sample of them how many new matches each would find. Prints the lines to add under block:.

            Examples:
              qingku rules suggest-blocking rules/latin.yaml people=people.csv
              qingku match rules/latin.yaml people=people.csv --explain-blocking    # what the keys of now bring and miss
            """)

    @Argument(help: "The rule book of the registry (YAML).")
    var rules: String

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        _ = try SourcePaths(sources)
    }

    func run() throws {
        let language = Console.language(language)
        let suggestions = try SuggestionRun.run(
            MatchRequest(
                rulesPath: rules, paths: try SourcePaths(sources).paths, threads: threads, language: language,
                clock: .system)
        ) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            Console.print(SuggestionText.document(suggestions).text.trimmingCharacters(in: .newlines))
        } else {
            for line in SuggestionText.lines(suggestions, rules: rules, language) { Console.print(line) }
        }
    }
}
