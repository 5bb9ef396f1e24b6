package import Foundation
package import Records
import Rules
import Workspace

/// Carries schedules out.
package enum ScheduleRun {
    package struct Request: Sendable {
        package var workspace: String
        /// `nil`: all that are due; else this one, due or not.
        package var name: String?
        /// Publishes also what moved further than `alarms:` allows.
        package var acceptsDrift = false
        package var threads: Int
        package var language: Language
        package var actor: String
        package var now: Date
        /// As the system has it; files are judged by it.
        package var clock: Clock

        package init(
            workspace: String, name: String?, threads: Int, language: Language, actor: String, now: Date, clock: Clock
        ) {
            self.workspace = workspace
            self.name = name
            self.threads = threads
            self.language = language
            self.actor = actor
            self.now = now
            self.clock = clock
        }
    }

    /// What came of one schedule.
    package struct Outcome: Sendable {
        package let name: String
        /// `nil`: it was not tried.
        package let made: ScheduleTry?
        /// What the watched folder holds back, and why a schedule was not tried.
        package let notices: [Text]
        package let failure: Failure?
    }

    /// One at a time: whoever comes while another process carries schedules out is refused.
    ///
    /// - Throws: `E-SCH-003` for a name that is not there; `E-WS-001` while another process is at it.
    package static func run(
        _ request: Request, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> [Outcome] {
        let turn = try WorkspaceTurn(directory: request.workspace, of: "schedules")
        defer { turn.end() }
        let all = try ScheduleBook.all(request.workspace)
        if let name = request.name {
            guard let schedule = all.first(where: { $0.name == name }) else { throw ScheduleBook.unknown(name, all) }
            let due = schedule.due(at: request.now)
            return [
                try carryOut(
                    schedule, due ?? .init(planned: request.now, missed: 0, attempt: 1, notBefore: nil), request,
                    progress)
            ]
        }
        return try all.compactMap { schedule in
            guard let due = schedule.due(at: request.now) else { return nil }
            if let time = due.notBefore, time > request.now {
                let text = ScheduleTime.text(time)
                return Outcome(
                    name: schedule.name, made: nil,
                    notices: [
                        Text(en: "it failed, and is tried again at \(text)", zh: "此前失败，将于 \(text) 重试")
                    ], failure: nil)
            }
            return try carryOut(schedule, due, request, progress)
        }
    }

    private static func carryOut(
        _ schedule: Schedule, _ due: Schedule.Due, _ request: Request,
        _ progress: @escaping (CleaningStage) -> Void
    ) throws -> Outcome {
        var notices: [Text] = []
        let result = Result { () throws -> CleaningRun.Outcome in
            var cleaning = CleaningRequest(
                rulesPath: schedule.rules, workspace: request.workspace, threads: request.threads,
                language: request.language, actor: request.actor, clock: request.clock)
            cleaning.isGated = !request.acceptsDrift
            if let folder = schedule.watch {
                let watched = try WatchedFolder(
                    folder, try RuleBook.load(path: schedule.rules), settle: schedule.settle, now: Date())
                notices = watched.waiting
                cleaning.paths = watched.paths
                cleaning.fillsFromStore = true
            }
            return try CleaningRun.run(cleaning, progress: progress)
        }
        let (outcome, failure) = try said(result, due)
        let delay = outcome == .failed ? ScheduleTry.backoff[due.attempt - 1] : nil
        let made = ScheduleTry(
            planned: due.planned, finished: request.now, missed: due.missed, attempt: due.attempt, outcome: outcome,
            run: try? result.get().run, code: failure?.code ?? "",
            message: failure?.message ?? Text(en: "", zh: ""),
            retryAt: delay.map { request.now.addingTimeInterval(Double($0) * 60) })
        let store = try WorkspaceStore.openExisting(directory: request.workspace)
        try TrailCommit.run(
            store, by: TrailCommit.Author(actor: request.actor, time: ScheduleTime.text(request.now))
        ) { commit in
            try commit.add(ScheduleEvents.ran(schedule.name, made))
        }
        return Outcome(name: schedule.name, made: made, notices: notices, failure: failure)
    }

    /// - Throws: what is no failure of the run's: it has nothing to be tried again for.
    private static func said(
        _ result: Result<CleaningRun.Outcome, any Error>, _ due: Schedule.Due
    ) throws -> (ScheduleTry.Outcome, Failure?) {
        switch result {
        case .success(let outcome): return (outcome.facts == nil ? .unchanged : .done, nil)
        case .failure(let error):
            let failure: Failure
            switch error {
            case let found as Failure: failure = found
            case let errors as RuleBookErrors: failure = errors.failure
            default: throw error
            }
            if failure.code == "E-GATE-001" { return (.held, failure) }
            return (due.attempt > ScheduleTry.backoff.count ? .abandoned : .failed, failure)
        }
    }
}

extension RuleBookErrors {
    /// The first of them, as what stopped a run.
    fileprivate var failure: Failure {
        Failure(
            .badInput, code: "E-RULES",
            Text(
                en: "the rule book has \(problems.count) problems, the first: \(problems.first?.message.en ?? "")",
                zh: "规则文件有 \(problems.count) 处问题，第一处：\(problems.first?.message.zh ?? "")"), at: Place(file: path),
            advice: Text(en: "Run “qingku rules check \(path)”.", zh: "请运行 qingku rules check \(path)。"))
    }
}
