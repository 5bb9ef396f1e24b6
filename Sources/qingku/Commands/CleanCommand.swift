import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct CleanCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Clean a registry: read its exports, check them, find duplicates and write one clean data set.",
        discussion: """
            Examples:
              qingku clean rules/registry.yaml
              qingku clean rules/registry.yaml registry=july/registry.csv --workspace registry.qingku
              qingku clean rules/latin.yaml people=people.csv --out result
            """)

    @Argument(help: "The rule book of the registry (YAML).")
    var rules: String

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @OptionGroup var options: RunOptions

    @OptionGroup(title: "Spark") var engine: EngineOptions

    @Option(
        help: "CSV file of decisions (a_source, a_record_id, b_source, b_record_id, decision, reason, by) to take in.")
    var decisions: String?

    @Option(
        help: ArgumentHelp(
            "Take a source's export although it breaks off, or lacks most records or a column of the one before.",
            valueName: "source"))
    var acceptLoss: [String] = []

    @Flag(
        help: """
            Fit a new match model and compare all pairs. Without it a run goes on with the model of the run before, and \
            compares only records that are new or have changed.
            """)
    var retrain = false

    @Option(
        help: """
            Exit with status 1 when findings of this severity or a graver one count: note (or info), warning or error. Waived ones \
            do not count.
            """)
    var failOn: Severity?

    func validate() throws {
        _ = try SourcePaths(sources)
    }

    func run() throws {
        var request = CleaningRequest(
            rulesPath: rules, threads: options.threads, language: Console.language(options.language),
            actor: options.actor,
            clock: .system)
        request.paths = try SourcePaths(sources).paths
        request.workspace = options.workspace
        request.output = options.out
        request.decisionsPath = decisions
        request.acceptedLosses = acceptLoss
        request.retrains = retrain
        request.scoring = try engine.scoring(request.language)
        let progress = StageProgress(request.language, workspace: options.workspace)
        defer { progress.end() }
        request.advance = progress.advance
        let outcome = try engine.withInputs(request.paths) { paths in
            request.paths = paths
            return try CleaningRun.run(request) { progress.begin($0) }
        }
        try engine.write(["members.csv", "pairs.csv", "master.csv"], of: outcome.output)
        progress.end()
        progress.tellWhatWasKept()
        try options.finish(outcome, failOn: failOn)
    }
}

extension RunOptions {
    /// Prints what came of a run, and exits with status 1 where findings are as grave as was asked.
    func finish(_ outcome: CleaningRun.Outcome, failOn: Severity?) throws {
        Console.endProgress()
        let waiting = outcome.waiting.map { WordOptions.waiting($0, outcome.workspace) } + outcome.notices
        if json {
            for line in waiting { Console.note(line(Console.language(language))) }
            let manifest = try String(contentsOfFile: outcome.output + "/" + Outbox.manifestName, encoding: .utf8)
            Console.print(manifest.trimmingCharacters(in: .newlines))
        } else {
            for line in summary(outcome, Console.language(language)) { Console.print(line) }
            for line in waiting { Console.print(line(Console.language(language))) }
        }
        if let failOn, let worst = outcome.worst, worst >= failOn { throw ExitCode(1) }
    }

    private func summary(_ outcome: CleaningRun.Outcome, _ language: Language) -> [String] {
        let next = "qingku findings --workspace \(outcome.workspace)"
        guard let facts = outcome.facts else {
            return [
                Text(
                    en: """
                        Nothing has changed since run \(outcome.run): the same exports, rules and decisions. Its results \
                        are in \(outcome.output).
                        """,
                    zh: "自第 \(outcome.run) 次运行以来，导出文件、规则和判定均未变化。结果在 \(outcome.output)。")(language),
                Text(en: "Next: \(next)", zh: "下一步：\(next)")(language),
            ]
        }
        return TerminalSummary.lines(facts, outbox: outcome.output, next: next)
    }
}
