import Crypto
import Foundation
import Notices
import Records
import Reports
import Rules
import Synchronization
import Workspace

/// Tells those whom `notify:` of the rule book names what came of a scheduled run. A run is over before anybody is told, and
/// nothing that goes wrong here makes it fail: what did not arrive stands in the schedule's history. Who was killed before
/// it was noted that somebody was told has them told at the next start: twice at the worst, never not at all.
enum ScheduleNotice {
    /// Whether the rule book has somebody told of what came of a run.
    static func isOwed(
        _ outcome: ScheduleTry.Outcome, _ alarms: [Alarm], _ schedule: Schedule, _ workspace: String
    ) -> Bool {
        book(schedule, workspace).map { isOwed(event(outcome, alarms), $0.notify) } ?? false
    }

    private static func isOwed(_ event: Notice.Event, _ plan: NotifyPlan) -> Bool {
        plan.events.contains(event) && (plan.webhook != nil || plan.mail != nil)
    }

    /// Tells what should have been told of the last try.
    static func tellLate(_ schedule: Schedule, _ request: ScheduleRun.Request) {
        guard let last = schedule.tries.last, last.owesNotice, last.told.isEmpty else { return }
        if let told = unnoted.withLock({ $0[Told(schedule, last)] }) {
            note(told.deliveries, of: told.event, schedule, last, request)
        } else {
            _ = tell(schedule, last, request)
        }
    }

    /// A try of a schedule.
    private struct Told: Hashable {
        let schedule: String
        let finished: Date

        init(_ schedule: Schedule, _ made: ScheduleTry) { (self.schedule, finished) = (schedule.name, made.finished) }
    }

    /// Whom this process told without being able to note it: the note is made later, and nobody is told again.
    private static let unnoted = Mutex<[Told: (event: Notice.Event, deliveries: [Delivery])]>([:])

    /// - Returns: empty where nobody is to be told.
    static func tell(_ schedule: Schedule, _ made: ScheduleTry, _ request: ScheduleRun.Request) -> [Delivery] {
        guard let book = book(schedule, request.workspace) else { return [] }
        let event = event(made.outcome, made.alarms)
        let plan = book.notify
        guard isOwed(event, plan), let notice = try? notice(event, book, schedule, made, request) else { return [] }
        var deliveries: [Delivery] = []
        if let hook = plan.webhook { deliveries.append(post(notice, hook, at: made.finished)) }
        if let mail = plan.mail {
            let letter = Letter(
                notice, from: mail.from, to: mail.to, language: request.language, time: made.finished, id: Self.id())
            if let folder = mail.folder {
                let stamp = ScheduleTime.text(made.finished).filter { $0 != "-" && $0 != ":" }
                deliveries.append(MailFolder(folder).put(letter, as: "qingku-\(stamp)-\(Self.id().prefix(8))"))
            }
            if !mail.sendmail.isEmpty { deliveries.append(Sendmail(mail.sendmail, patience: 30).send(letter)) }
        }
        note(deliveries, of: event, schedule, made, request)
        return deliveries
    }

    private static func id() -> String { Hex.text(SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }) }

    /// That of the newest run: a file that nobody has approved yet names no command and no address. Before the first run it is
    /// the one that the schedule names.
    private static func book(_ schedule: Schedule, _ workspace: String) -> RuleBook? {
        let stored = try? WorkspaceStore.openReadOnly(directory: workspace).ruleBook()
        if let stored { return try? RuleBook.parse(stored.text, path: stored.path) }
        return try? RuleBook.load(path: schedule.rules)
    }

    private static func event(_ outcome: ScheduleTry.Outcome, _ alarms: [Alarm]) -> Notice.Event {
        switch outcome {
        case .done, .unchanged: alarms.isEmpty ? .done : .alarm
        case .held: .held
        case .failed, .abandoned: .failed
        }
    }

    private static func notice(
        _ event: Notice.Event, _ book: RuleBook, _ schedule: Schedule, _ made: ScheduleTry,
        _ request: ScheduleRun.Request
    ) throws -> Notice {
        let status = try WorkspaceStatus(workspace: request.workspace, clock: request.clock, now: request.now)
        var counts = made.waiting.isEmpty ? [:] : ["waiting": made.waiting.count]
        if let run = status.lastRun { (counts["records"], counts["persons"]) = (run.records, run.persons) }
        if let work = status.work {
            counts["pairs"] = work.pairs
            counts["approvals"] = work.approvals
            for severity in Severity.allCases { counts["\(severity.rawValue)s"] = work.findings[severity] ?? 0 }
            counts["hints"] = counts.removeValue(forKey: "infos")
        }
        return Notice(
            event: event, registry: book.title,
            registryID: try WorkspaceStore.openReadOnly(directory: request.workspace).registryName() ?? "",
            schedule: schedule.name, outcome: made.outcome.rawValue, planned: ScheduleTime.text(made.planned),
            finished: ScheduleTime.text(made.finished), missed: made.missed, attempt: made.attempt,
            run: status.lastRun?.id, code: made.code.isEmpty ? nil : made.code,
            alarms: made.alarms.map { Notice.Alarm(alarm: $0.name, measured: $0.measured, limit: $0.limit) },
            counts: counts)
    }

    private static func post(_ notice: Notice, _ hook: NotifyPlan.Hook, at time: Date) -> Delivery {
        do {
            let key = try hook.keyFile.map { try PseudonymKey.load($0).key }
            return Webhook(hook.address, key: key, patience: hook.timeout).post(
                try notice.json(), at: ScheduleTime.text(time))
        } catch {
            return Delivery(.webhook, isDelivered: false, tries: 0, detail: (error as? Failure)?.code ?? "key")
        }
    }

    private static func note(
        _ deliveries: [Delivery], of event: Notice.Event, _ schedule: Schedule, _ made: ScheduleTry,
        _ request: ScheduleRun.Request
    ) {
        if deliveries.isEmpty { return }
        do {
            _ = try TrailCommit.run(
                try WorkspaceStore.openExisting(directory: request.workspace),
                by: TrailCommit.Author(actor: request.actor, time: ScheduleTime.text(made.finished))
            ) { commit in
                try commit.add(ScheduleEvents.told(schedule.name, event, deliveries))
            }
            unnoted.withLock { $0[Told(schedule, made)] = nil }
        } catch {
            // Somebody else has the workspace: the next look notes it.
            unnoted.withLock { $0[Told(schedule, made)] = (event, deliveries) }
        }
    }
}
