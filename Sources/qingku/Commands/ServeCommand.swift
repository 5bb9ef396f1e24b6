import ArgumentParser
import Foundation
import Pipeline
import Records
import ReviewDesk
import Synchronization

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Keep the review desk open and carry out schedules when they are due, in one process.",
        discussion: """
            The desk is that of “qingku review”. What was missed while nothing ran is caught up once. While a run is writing, the
            desk goes on showing what was published last; an answer waits for up to ten seconds and is then asked to come again.
            SIGTERM or Ctrl-C ends it within five seconds with status 0; a run under way is given up, leaves nothing behind, and
            is due when the desk opens again.

            Examples:
              qingku serve --workspace registry.qingku
              qingku serve --workspace registry.qingku --bind 10.0.0.5 --tls-certificate desk.pem --tls-key desk.key
              qingku schedule install --serve --workspace registry.qingku
            """)

    @OptionGroup var desk: DeskOptions

    @Option(
        name: .customLong("by"),
        help: "Who starts it, signs in by the link and carries out schedules (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Threads of a run, from 1; they do not change the result (default: all cores but one).")
    var threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)

    @OptionGroup var moment: ClockOption

    /// For tests.
    @Option(help: ArgumentHelp("Seconds from one look at the schedules to the next.", visibility: .hidden))
    var pulse: Int = 30

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        guard pulse >= 1 else { throw ValidationError("--pulse is a number from 1.") }
    }

    func run() throws {
        // A clock that is set at the start goes on from there.
        let ahead = moment.now == nil ? 0 : moment.time.timeIntervalSince(Date())
        let now: @Sendable () -> Date = { Date().addingTimeInterval(ahead) }
        let start = try desk.start(by: actor) { Clock(at: now()) }
        let session = try ReviewSession(workspace: start.workspace) { Clock(at: now()) }
        let (served, server) = try start.prepare(routes: ReviewRoutes.all(session))
        let language = desk.place.spoken
        let invitation = Invitation(start: start, desk: served, language: language, opensBrowser: !desk.noBrowser)
        let (workspace, threads, actor) = (start.workspace, threads, actor)
        let said = Mutex("")
        let due = DueRuns(
            every: .seconds(pulse),
            DueRuns.Steps {
                ScheduleRun.Request(
                    workspace: workspace, name: nil, threads: threads, language: language, actor: actor, now: now(),
                    clock: Clock(at: now()))
            } tell: { outcome in
                // What waits for its next try is not said at every look.
                if outcome.made == nil, outcome.failure == nil { return }
                let time = ScheduleText.time(now(), .current)
                for line in ScheduleText.outcome(outcome, language) {
                    Console.note(Console.harmless("\(time) \(line)"))
                }
            } fail: { error in
                // Another process is carrying them out.
                if (error as? Failure)?.kind == .busy { return }
                let text = (error as? Failure).map { "\($0.code) \($0.message(language))" } ?? "\(type(of: error))"
                let isNew = said.withLock { said in
                    defer { said = text }
                    return said != text
                }
                if isNew { Console.note(Console.harmless(text)) }
            } stop: {
                Console.note(
                    language(
                        en: "Stopping: replies under way are finished, a run under way is given up and stays due.",
                        zh: "正在停止：完成正在处理的请求；进行中的运行将放弃，稍后重新执行。"))
            })
        try DeskOptions.wait {
            try await server.run(beside: [due]) { port in
                invitation.print(port)
                due.begin()
            }
        }
        // A run that was given up has threads that still work: they end here, not in the middle of leaving.
        _exit(0)
    }
}
