import ArgumentParser
import Pipeline
import Records

struct ReconcileCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Make the master anew from what the workspace holds: its exports, what people said, the rules.",
        discussion: """
            No export is read again. Without a rule book the one that the workspace used last holds.

            Examples:
              qingku reconcile --workspace registry.qingku
              qingku reconcile rules/registry.yaml --workspace registry.qingku
            """)

    @Argument(help: "The rule book of the registry (YAML), when it has changed.")
    var rules: String?

    @OptionGroup var options: RunOptions

    @Option(
        help: "CSV file of decisions (a_source, a_record_id, b_source, b_record_id, decision, reason, by) to take in.")
    var decisions: String?

    @Option(
        help:
            "Exit with status 1 when findings of this severity or a graver one count: note (or info), warning or error."
    )
    var failOn: Severity?

    func run() throws {
        let workspace = try LedgerPlace.folder(options.workspace)
        var request = CleaningRequest(
            rulesPath: rules, threads: options.threads,
            language: try options.language ?? CleaningRun.language(of: workspace) ?? Console.language(nil),
            actor: options.actor, clock: .system)
        request.workspace = workspace
        request.isFromExports = false
        request.output = options.out
        request.decisionsPath = decisions
        let language = request.language
        try options.finish(try CleaningRun.run(request) { Console.progress($0.title(language)) }, failOn: failOn)
    }
}
