import ArgumentParser
import Records
import Worker

struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Make keys or compare pairs of rows from standard input, as a process of a Spark job.",
        discussion: """
            Spark starts it on each machine of a cluster; nobody else needs it. It reads lines of format 1 and writes lines of
            format 1, and ends with status 64 for a job of another version, and 65 for a line that is none.
            """,
        shouldDisplay: false)

    @Argument(help: "What to do: keys or pairs.")
    var mode: WorkerRun.Mode

    @Option(help: "The job file.")
    var model: String

    @Option(help: "Format of the lines: 1.")
    var format: Int

    @Option(help: "Hash of the job, as it stands in the job file.")
    var jobHash: String

    func run() throws {
        let status = WorkerRun.run(mode, model: model, format: format, hash: jobHash)
        if status != 0 { throw ExitCode(status) }
    }
}

extension WorkerRun.Mode: ExpressibleByArgument {}
