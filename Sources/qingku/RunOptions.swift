import ArgumentParser
import Foundation
import Pipeline
import Records

/// Options of a run.
struct RunOptions: ParsableArguments {
    @Option(
        help: """
            Folder of the registry's store (default: the rule book's name with .qingku, beside the first export that the \
            rule book names, or else beside the first that is given).
            """)
    var workspace: String?

    @Option(help: "Folder for the files of the run (default: outbox/<run> in the workspace).")
    var out: String?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of messages and reports: en or zh (default: the locale's).")
    var language: Language?

    @Option(name: .customLong("by"), help: "Who runs this, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Flag(help: "Print the account of the run as JSON instead of the summary.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
    }
}
