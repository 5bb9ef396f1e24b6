import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct EstimateCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "estimate",
        abstract: "Estimate how many persons there are, those on no list included (capture and recapture).",
        discussion: """
            Reads members.csv, and master.csv for areas and years, of a finished run. Two or three sources are the lists;
            who is on several of them tells how many are on none. Wrong and missed links are corrected by what the run
            expects of them. Refuses lists that share fewer than 10 persons.

            Examples:
              qingku estimate --workspace registry.qingku
              qingku estimate result --lists registry,community --by res_code --year registered
            """)

    @Argument(
        help: ArgumentHelp(
            "A run's folder, or its number with --workspace (default: the newest run of the workspace).",
            valueName: "run"))
    var target: String?

    @Option(help: "Folder of the registry's store.")
    var workspace: String?

    @Option(help: "Two or three sources, parted by commas (default: all of the run).")
    var lists: String?

    @Option(help: "Column of master.csv with areas: each is estimated by itself, and they are added up.")
    var by: String?

    @Option(help: "Column of master.csv with dates: each year is estimated by itself, and they are added up.")
    var year: String?

    @Option(help: "Share of the links that are right, 0.5 to 1, instead of what the run expects.")
    var precision: Double?

    @Option(help: "Share of the matches that are linked, 0.5 to 1, instead of what the run expects.")
    var recall: Double?

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard target != nil || workspace != nil else { throw ValidationError("Give a run's folder or --workspace.") }
        guard (precision == nil) == (recall == nil) else {
            throw ValidationError("--precision and --recall belong together.")
        }
        guard [precision, recall].allSatisfy({ $0.map((0.5...1).contains) ?? true }) else {
            throw ValidationError("--precision and --recall are numbers from 0.5 to 1.")
        }
    }

    func run() throws {
        let language = Console.language(language)
        var linkage: PopulationEstimate.LinkageQuality?
        if let precision, let recall {
            linkage = PopulationEstimate.LinkageQuality(precision: precision, recall: recall, isGiven: true)
        }
        let names = lists?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        let estimate = try EstimateRun.run(
            try EvaluationRun.source(run: target, workspace: workspace),
            EstimateRequest(lists: names, area: by, year: year, linkage: linkage))
        if json {
            Console.print(EstimateJSON.document(estimate, language).text.trimmingCharacters(in: .newlines))
        } else {
            for line in EstimateText.lines(estimate, next: next, language) { Console.print(line) }
        }
    }

    /// By area first, then from two of the lists, to see how far the number depends on the third.
    private var next: String {
        let place = [target, workspace.map { "--workspace \($0)" }].compactMap { $0 }.joined(separator: " ")
        return by == nil ? "qingku estimate \(place) --by FIELD" : "qingku estimate \(place) --lists A,B"
    }
}
