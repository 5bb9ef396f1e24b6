import ArgumentParser
import Pipeline
import Records

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where a workspace stands: last run, next runs, open work, last backup and verification.",
        discussion: """
            Nothing is written. The last line is the most useful command now.

            Examples:
              qingku status --workspace registry.qingku
              qingku status --workspace registry.qingku --json
            """)

    @OptionGroup var place: LedgerPlace
    @OptionGroup var moment: ClockOption

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let status = try WorkspaceStatus(workspace: try place.folder(), clock: moment.clock, now: moment.time)
        if json { return try Console.print(json: StatusText.Report(status)) }
        for line in StatusText(status: status, language: place.spoken).lines { Console.print(line) }
    }
}
