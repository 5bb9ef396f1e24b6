import ArgumentParser
import Foundation
import Pipeline
import Records

struct AuditReplay: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract:
            "Make a run's outputs again from records, decisions and rules, and hold them against what it wrote; status 5 when they differ.",
        discussion: """
            Example:
              qingku audit replay --workspace registry.qingku
            """)

    @OptionGroup var place: LedgerPlace

    @Option(name: .customLong("run"), help: "Number of the run (default: the newest).")
    var number: Int?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
    }

    func run() throws {
        let language = place.spoken
        let outcome = try ReplayRun.run(
            ReplayRun.Request(workspace: try place.folder(), run: number, threads: threads)
        ) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            try Console.print(
                json:
                    Report(run: outcome.run, equal: outcome.equal, different: outcome.different))
        } else {
            for line in ReplayText.lines(outcome) { Console.print(line(language)) }
        }
        if !outcome.different.isEmpty { throw ExitCode(Failure.Kind.verification.status) }
    }

    private struct Report: Encodable {
        let run: Int
        let equal: [String]
        let different: [String]
    }
}
