import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Find the records that are there twice, from exports to members.csv and pairs.csv, and keep nothing else.",
        discussion: """
            Examples:
              qingku match rules/latin.yaml people=people.csv --out matches
              qingku match rules/latin.yaml people=june.csv --model matches/run.json
            """)

    @Argument(help: "The rule book of the registry (YAML).")
    var rules: String

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Folder for the files of the run (default: the rule book's name with .matches, beside its inputs).")
    var out: String?

    @Option(help: "Score with the model of an earlier run (its run.json, or a file of --save-model) instead of fitting one.")
    var model: String?

    @Option(help: "Write the model to this file, for --model.")
    var saveModel: String?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print the account of the run as JSON instead of the summary.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        _ = try SourcePaths(sources)
    }

    func run() throws {
        let language = Console.language(language)
        let outcome = try MatchRun.run(
            MatchRequest(
                rulesPath: rules, paths: try SourcePaths(sources).paths, output: out, modelPath: model,
                savedModelPath: saveModel, threads: threads, language: language, clock: .system)
        ) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            let manifest = try String(contentsOfFile: outcome.output + "/" + Outbox.manifestName, encoding: .utf8)
            Console.print(manifest.trimmingCharacters(in: .newlines))
        } else {
            for line in TerminalSummary.matching(outcome.facts, folder: outcome.output, rules: rules) {
                Console.print(line)
            }
        }
    }
}

/// `SOURCE=PATH` arguments.
struct SourcePaths {
    let paths: [String: String]

    init(_ arguments: [String]) throws {
        var paths: [String: String] = [:]
        for argument in arguments {
            guard let sign = argument.firstIndex(of: "=") else {
                throw ValidationError("'\(argument)' is not SOURCE=PATH.")
            }
            paths[String(argument[..<sign])] = String(argument[argument.index(after: sign)...])
        }
        self.paths = paths
    }
}
