import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct CheckCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the exports alone: what is wrong and missing in them, and how good each office's data are.",
        discussion: """
            Nothing is compared or merged. Without --workspace nothing is kept: findings.csv, grades.csv, quality.csv and
            run.json are written to a folder. With --workspace the records are stored and the list of findings is
            brought up to date, so that the run can say what is new, healed or back; duplicates stay as they are.

            Examples:
              qingku check rules/registry.yaml
              qingku check rules/registry.yaml registry=july/registry.csv --workspace registry.qingku
              qingku check rules/latin.yaml people=people.csv --out checked --fail-on error
            """)

    @Argument(help: "The rule book of the registry (YAML).")
    var rules: String

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Folder of the registry's store, whose findings are brought up to date (default: none).")
    var workspace: String?

    @Option(
        help: """
            Folder for the files of the run (default: the rule book's name with .findings, beside its inputs; with a \
            workspace outbox/<run> in it).
            """)
    var out: String?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of messages and findings: en or zh (default: the locale's).")
    var language: Language?

    @Option(name: .customLong("by"), help: "Who runs this, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Flag(help: "Print the account of the run as JSON instead of the summary.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Take a source's export although it breaks off, or lacks most records or a column of the one before.",
            valueName: "source"))
    var acceptLoss: [String] = []

    @Option(
        help: """
            Exit with status 1 when findings of this severity or a graver one count: note (or info), warning or error. Waived ones \
            do not count.
            """)
    var failOn: Severity?

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        _ = try SourcePaths(sources)
    }

    func run() throws {
        let language = Console.language(language)
        var request = CleaningRequest(
            rulesPath: rules, threads: threads, language: language, actor: actor, clock: .system)
        request.paths = try SourcePaths(sources).paths
        request.workspace = workspace
        request.acceptedLosses = acceptLoss
        request.output = out
        let outcome = try CheckRun.run(request) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            let manifest = try String(contentsOfFile: outcome.output + "/" + Outbox.manifestName, encoding: .utf8)
            Console.print(manifest.trimmingCharacters(in: .newlines))
        } else {
            for line in summary(outcome, language) { Console.print(line) }
        }
        if let failOn, let worst = outcome.worst, worst >= failOn { throw ExitCode(1) }
    }

    private func summary(_ outcome: CheckRun.Outcome, _ language: Language) -> [String] {
        let next =
            outcome.workspace.map { "qingku findings --workspace \($0)" }
            ?? "qingku clean " + ([rules] + sources).joined(separator: " ")
        guard let facts = outcome.facts else {
            return [
                Text(
                    en: """
                        Nothing has changed since run \(outcome.run ?? 0): the same exports, rules and waivers. Its \
                        results are in \(outcome.output).
                        """,
                    zh: "自第 \(outcome.run ?? 0) 次运行以来，导出文件、规则和豁免均未变化。结果在 \(outcome.output)。")(language),
                Text(en: "Next: \(next)", zh: "下一步：\(next)")(language),
            ]
        }
        return TerminalSummary.checking(facts, folder: outcome.output, next: next)
    }
}
