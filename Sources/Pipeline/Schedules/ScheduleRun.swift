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
        /// Sources whose export is taken although it breaks off, or lacks most records or a column of the one before.
        package var acceptedLosses: [String] = []
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
        for schedule in all { ScheduleNotice.tellLate(schedule, request) }
        if let name = request.name {
            guard let schedule = all.first(where: { $0.name == name }) else { throw ScheduleBook.unknown(name, all) }
            return [try carryOut(schedule, schedule.due(at: request.now), request, progress)]
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
            // One that cannot even be written down does not stand in the way of the others.
            do {
                return try carryOut(schedule, due, request, progress)
            } catch {
                try Interruption.check()
                return Outcome(name: schedule.name, made: nil, notices: [], failure: failure(error))
            }
        }
    }

    /// - Parameter due: `nil`: it was asked for, and is not tried again by itself.
    private static func carryOut(
        _ schedule: Schedule, _ due: Schedule.Due?, _ request: Request,
        _ progress: @escaping (CleaningStage) -> Void
    ) throws -> Outcome {
        var waiting: [Text] = []
        let began = ContinuousClock.now
        // `nil`: there is nothing to run on yet.
        let result = Result { () throws -> CleaningRun.Outcome? in
            var cleaning = CleaningRequest(
                rulesPath: schedule.rules, workspace: request.workspace, threads: request.threads,
                language: request.language, actor: request.actor, clock: request.clock)
            cleaning.gate = request.acceptsDrift ? .telling : .holding
            cleaning.acceptedLosses = request.acceptedLosses
            if let folder = schedule.watch {
                let known = try takenIn(request.workspace)
                let watched = try WatchedFolder(
                    folder, try RuleBook.load(path: schedule.rules), settle: schedule.settle, now: Date(),
                    takenBack: try takenBack(request.workspace), takenIn: known)
                waiting = watched.waiting
                if watched.paths.isEmpty, known.isEmpty {
                    waiting.append(Text(en: "no export is there yet", zh: "尚无导出文件"))
                    return nil
                }
                cleaning.paths = watched.paths
                cleaning.fillsFromStore = true
            }
            return try CleaningRun.run(cleaning, progress: progress)
        }
        // Whoever ends the process has it tried again: it is as if it had not been begun.
        if case .failure = result { try Interruption.check() }
        let attempt = due?.attempt ?? 1
        let (outcome, failure) = said(result, isLast: due == nil || attempt > ScheduleTry.backoff.count)
        let finished = request.now.addingTimeInterval(Double((ContinuousClock.now - began).components.seconds))
        let delay = outcome == .failed ? ScheduleTry.backoff[attempt - 1] : nil
        let alarms = (try? result.get())?.alarms ?? held(result)?.alarms ?? []
        var made = ScheduleTry(
            planned: due?.planned ?? request.now, finished: finished, missed: due?.missed ?? 0, attempt: attempt,
            outcome: outcome, run: (try? result.get())?.run, code: failure?.code ?? "",
            message: failure?.message ?? Text(en: "", zh: ""),
            retryAt: delay.map { finished.addingTimeInterval(Double($0) * 60) }, waiting: waiting, alarms: alarms,
            owesNotice: ScheduleNotice.isOwed(outcome, alarms, schedule, request.workspace))
        try TrailCommit.run(
            try WorkspaceStore.openExisting(directory: request.workspace),
            by: TrailCommit.Author(actor: request.actor, time: ScheduleTime.text(finished))
        ) { commit in
            try commit.add(ScheduleEvents.ran(schedule.name, made))
        }
        made.told = ScheduleNotice.tell(schedule, made, request)
        return Outcome(name: schedule.name, made: made, notices: waiting, failure: failure)
    }

    private static func held(_ result: Result<CleaningRun.Outcome?, any Error>) -> HeldRun? {
        if case .failure(let error) = result { error as? HeldRun } else { nil }
    }

    private static func said(
        _ result: Result<CleaningRun.Outcome?, any Error>, isLast: Bool
    ) -> (ScheduleTry.Outcome, Failure?) {
        switch result {
        case .success(let outcome): return (outcome?.facts == nil ? .unchanged : .done, nil)
        case .failure(let error):
            let failure = failure(error)
            if error is HeldRun { return (.held, failure) }
            return (isLast ? .abandoned : .failed, failure)
        }
    }

    private static func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let held as HeldRun: held.failure
        case let errors as RuleBookErrors: errors.failure
        default:
            // What others say of an error may repeat what they read.
            Failure(
                .notDone, code: "E-SCH-006",
                Text(en: "the run stopped (\(type(of: error)))", zh: "运行中止（\(type(of: error))）"))
        }
    }

    /// Exports that the workspace has, by source.
    private static func takenIn(_ workspace: String) throws -> [String: [Batch]] {
        Dictionary(grouping: try WorkspaceStore.openReadOnly(directory: workspace).liveBatches(), by: \.source)
    }

    /// Digests of those that somebody took back, by source.
    private static func takenBack(_ workspace: String) throws -> [String: Set<String>] {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        let withdrawn = try store.withdrawnEvents(at: .now)
        let batches = try store.batches()
        let live = Set(batches.filter { !withdrawn.contains($0.event) }.map { [$0.source, $0.file.sha256] })
        var digests: [String: Set<String>] = [:]
        for batch in batches where withdrawn.contains(batch.event) && !live.contains([batch.source, batch.file.sha256])
        {
            digests[batch.source, default: []].insert(batch.file.sha256)
        }
        return digests
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
