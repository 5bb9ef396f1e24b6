import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct CompareCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Show what is otherwise after a run than after an earlier one: findings, persons, cells, drift.",
        discussion: """
            Findings new, returned and healed; persons merged, split, added and gone; cells of the master; what offices made
            of their corrections; how far volumes, completeness, blocking, weights and sizes of persons have moved. What moves
            further than `alarms:` in the rule book allows is an alarm.

            Examples:
              qingku compare --workspace registry.qingku
              qingku compare 3 7 --workspace registry.qingku --json
              qingku compare --workspace registry.qingku --out registry.qingku/outbox/difference --fail-on alarm
            """)

    enum FailOn: String, CaseIterable, ExpressibleByArgument {
        case alarm
        case new
    }

    @Argument(help: "Numbers of two runs (default: the newest and the one before it).")
    var runs: [Int] = []

    @OptionGroup var place: LedgerPlace

    @Option(help: "Folder in the workspace's outbox for the difference as tables: findings, persons, cells.")
    var out: String?

    @Option(help: "Exit with 1 when there is an alarm (alarm), or when an error is new or has returned (new).")
    var failOn: FailOn?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard runs.isEmpty || runs.count == 2 else { throw ValidationError("Give two runs, or none.") }
    }

    func run() throws {
        let workspace = try place.folder()
        var request = CompareRequest(workspace: workspace)
        if runs.count == 2 { request.runs = (runs[0], runs[1]) }
        request.output = out
        let difference = try CompareRun.run(request)
        if json {
            Console.print(DifferenceJSON.document(difference).text.trimmingCharacters(in: .newlines))
        } else {
            for line in DifferenceText.lines(difference, workspace: workspace, place.spoken) { Console.print(line) }
        }
        if let out { Console.note(Text(en: "Written to \(out).", zh: "已写入 \(out)。")(place.spoken)) }
        let isFailing =
            switch failOn {
            case .alarm: !difference.alarms.isEmpty
            case .new: difference.findings.contains { $0.severity == .error && $0.new + $0.returned > 0 }
            case nil: false
            }
        if isFailing { throw ExitCode(1) }
    }
}
