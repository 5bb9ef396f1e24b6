import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why two records are, or are not, taken for one person, and what would change that.",
        discussion: """
            Prints what became of the two, each field with both values and its weight, what the two most likely are to
            each other, which keys bring them together or which come nearest, and the smallest change that would turn
            the score. Records are named by their id in the export, as SOURCE:ID where ids of sources coincide.

            Examples:
              qingku explain R0001 R0002 rules/latin.yaml people=people.csv
              qingku explain registry:QK0001 dossier:77 --workspace registry.qingku
            """)

    @Argument(help: "A record's id, or SOURCE:ID.")
    var first: String

    @Argument(help: "The other record's id, or SOURCE:ID.")
    var second: String

    @Argument(help: "The rule book of the registry (YAML); not with --workspace.")
    var rules: String?

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Folder of the registry's store: its newest run is explained, with what people decided.")
    var workspace: String?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        guard (rules == nil) != (workspace == nil) else { throw ValidationError("Give a rule book or --workspace.") }
        _ = try SourcePaths(sources)
    }

    func run() throws {
        let language = Console.language(language)
        let origin: ExplainRequest.Origin
        if let workspace {
            origin = .workspace(workspace)
        } else {
            origin = .exports(rulesPath: rules ?? "", paths: try SourcePaths(sources).paths)
        }
        let pair = try ExplainRun.run(
            ExplainRequest(first: first, second: second, origin: origin, threads: threads)
        ) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            Console.print(ExplanationJSON.document(pair).text.trimmingCharacters(in: .newlines))
        } else {
            for line in ExplanationText.lines(pair, language) { Console.print(line) }
        }
    }
}
