import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct MatchCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract:
            "Find the records that are there twice, from exports to members.csv and pairs.csv, and keep nothing else.",
        discussion: """
            Examples:
              qingku match rules/latin.yaml people=people.csv --out matches
              qingku match rules/latin.yaml people=june.csv --model matches/run.json
              qingku match rules/latin.yaml people=people.csv --explain-blocking    # what each key brings, and what all miss
            """)

    @Argument(help: "The rule book of the registry (YAML).")
    var rules: String

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Folder for the files of the run (default: the rule book's name with .matches, beside its inputs).")
    var out: String?

    @Option(
        help: "Score with the model of an earlier run (its run.json, or a file of --save-model) instead of fitting one."
    )
    var model: String?

    @Option(help: "Write the model to this file, for --model.")
    var saveModel: String?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Option(help: "Most memory to use, such as 800MB or 4GB; a run that would need more says so before it begins.")
    var memory: MemorySize?

    @OptionGroup(title: "Spark") var engine: EngineOptions

    @Flag(help: "For comparison: compare by equality and edit distance only.")
    var plainLevels = false

    @Flag(help: "For comparison: Fellegi and Sunter's two classes in place of the mixture.")
    var fellegiSunter = false

    @Flag(help: "Print the account of the run as JSON instead of the summary.")
    var json = false

    @Flag(help: "Print what each blocking key brings and what all of them miss, and write nothing.")
    var explainBlocking = false

    func validate() throws {
        guard !explainBlocking || out == nil && saveModel == nil else {
            throw ValidationError("--explain-blocking writes nothing: leave out --out and --save-model.")
        }
        guard model == nil || !plainLevels && !fellegiSunter else {
            throw ValidationError("--model brings its own levels: leave out --plain-levels and --fellegi-sunter.")
        }
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        _ = try SourcePaths(sources)
    }

    func run() throws {
        let language = Console.language(language)
        if explainBlocking { return try explain(language) }
        var request = try request(language)
        let progress = StageProgress(language, workspace: nil)
        defer { progress.end() }
        request.advance = progress.advance
        let outcome = try engine.withInputs(request.paths) { paths in
            request.paths = paths
            return try MatchRun.run(request) { progress.begin($0) }
        }
        try engine.write(["members.csv", "pairs.csv"], of: outcome.output)
        progress.end()
        progress.tellWhatWasKept()
        if json {
            let manifest = try String(contentsOfFile: outcome.output + "/" + Outbox.manifestName, encoding: .utf8)
            Console.print(manifest.trimmingCharacters(in: .newlines))
        } else {
            for line in TerminalSummary.matching(
                outcome.facts, folder: outcome.output,
                next: "qingku clean " + ([rules] + sources).joined(separator: " "))
            {
                Console.print(line)
            }
        }
    }

    private func request(_ language: Language) throws -> MatchRequest {
        var request = MatchRequest(
            rulesPath: rules, paths: try SourcePaths(sources).paths, output: out, modelPath: model,
            savedModelPath: saveModel, threads: threads, language: language, clock: .system)
        request.hasPlainLevels = plainLevels
        request.isFellegiSunter = fellegiSunter
        request.memory = memory?.bytes
        request.scoring = explainBlocking ? nil : try engine.scoring(language)
        return request
    }

    /// The counts are printed before comparing begins, so that a run that would take too long can be stopped.
    private func explain(_ language: Language) throws {
        let request = try request(language)
        let outcome = try ForecastRun.run(request) {
            Console.progress($0.title(language))
        } counted: { forecast, seconds in
            Console.endProgress()
            if json { return }
            for line in ForecastText.counts(forecast, seconds: seconds, threads: threads, language) {
                Console.print(line)
            }
        }
        Console.endProgress()
        if json {
            let document = ForecastJSON.document(
                outcome.forecast, outcome.estimate, seconds: outcome.seconds, threads: threads)
            Console.print(document.text.trimmingCharacters(in: .newlines))
        } else {
            let next = "qingku rules suggest-blocking " + ([rules] + sources).joined(separator: " ")
            for line in ForecastText.estimate(outcome.estimate, of: outcome.forecast, next: next, language) {
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
