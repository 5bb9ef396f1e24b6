package import Foundation
package import Records
import Rules
import Workspace

/// Where a workspace stands: what ran, what runs next, what waits for people, and when it was last copied and proved.
package struct WorkspaceStatus: Sendable {
    package struct Run: Sendable {
        package let id: Int
        package let finished: Date
        package let records: Int
        package let persons: Int
    }

    /// What people have to do.
    package struct Work: Sendable {
        /// Possible duplicates of the newest run that nobody has accepted as two.
        package let pairs: Int
        /// Findings that are open, but for the pairs.
        package let findings: [Severity: Int]
        /// Of them, those that propose a value for a cell.
        package let proposals: Int
        /// Words that wait for a second person.
        package let approvals: Int
        /// Words that the newest run did not know of.
        package let words: Int
    }

    /// Something that was done last, and how many events the trail has had since.
    package struct Past: Sendable {
        package let time: Date
        package let eventsSince: Int
        /// Faults that were found; 0 for what finds none.
        package var problems = 0
    }

    package let workspace: String
    /// Of the rule book of the newest run; empty before the first.
    package let title: String
    package let now: Date
    /// The newest clean-up.
    package let lastRun: Run?
    /// By name.
    package let schedules: [Schedule]
    /// `nil` before the first run.
    package let work: Work?
    package let backup: Past?
    package let verified: Past?
    /// Bytes of all files, and bytes that are left on the disk.
    package let size: Int
    package let free: Int?

    /// - Throws: as the opening of a workspace for reading.
    package init(workspace: String, clock: Clock, now: Date) throws {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        let place = WorkspacePlace(directory: workspace)
        (size, free) = (place.size, place.free)
        (self.workspace, self.now) = (workspace, now)
        // As of one moment, whatever a run commits meanwhile.
        let (run, facts) = try store.readAsOfNow { (try store.lastRun(), try Facts(store, clock)) }
        title = facts.title
        schedules = facts.schedules
        work = facts.work
        lastRun = run.flatMap { run in
            ScheduleTime.date(run.finishedAt).map {
                Run(id: run.id, finished: $0, records: run.records, persons: run.persons)
            }
        }
        backup = facts.backup.flatMap { event in
            ScheduleTime.date(event.time).map { Past(time: $0, eventsSince: facts.events - event.sequence) }
        }
        verified = VerifyNote.read(workspace).flatMap { note in
            ScheduleTime.date(note.time).map {
                Past(time: $0, eventsSince: max(0, facts.events - note.events), problems: note.problems)
            }
        }
    }

    private struct Facts {
        let title: String
        let schedules: [Schedule]
        let work: Work?
        let backup: AuditEvent?
        /// Sequence of the newest.
        let events: Int

        init(_ store: WorkspaceStore, _ clock: Clock) throws {
            let book = try store.ruleBook().flatMap { try? RuleBook.parse($0.text, path: $0.path) }
            title = book?.title ?? ""
            schedules = try ScheduleEvents.all(store)
            events = try store.lastEvent()?.sequence ?? 0
            var filter = WorkspaceStore.EventFilter()
            filter.types = ["backup.made"]
            filter.last = 1
            var newest: AuditEvent?
            try store.forEachEvent(filter) { newest = $0.event }
            backup = newest
            work = try store.lastRun().map { try Self.work(store, $0, clock) }
        }

        private static func work(_ store: WorkspaceStore, _ run: StoredRun, _ clock: Clock) throws -> Work {
            var (pairs, findings) = (0, [Severity: Int]())
            for count in try store.findingCounts(FindingFilter(states: [.open, .returned]), on: clock.today) {
                if count.check == DuplicateFindings.possible {
                    pairs += count.findings
                } else {
                    findings[count.severity, default: 0] += count.findings
                }
            }
            return Work(
                pairs: pairs, findings: findings, proposals: try store.proposalCount(),
                approvals: try ApproveRun.waiting(store).count, words: try store.wordCount(since: run))
        }
    }

    // MARK: What to do

    /// Schedules whose last try did not come to a published run.
    package var troubled: [Schedule] {
        schedules.filter { schedule in
            guard schedule.state == .active, let last = schedule.tries.last else { return false }
            return [.failed, .abandoned, .held].contains(last.outcome)
        }
    }

    /// The planned time since which a schedule waits for somebody to carry it out, where that is long.
    package func overdue(_ schedule: Schedule) -> Schedule.Due? {
        schedule.due(at: now).flatMap { due in
            now.timeIntervalSince(max(due.notBefore ?? due.planned, due.planned)) > Self.patience ? due : nil
        }
    }

    /// Seconds: timers look every five minutes.
    private static let patience = 900.0

    /// The most useful command now.
    package var next: String {
        let place = "--workspace \(workspace)"
        if let verified, verified.problems > 0 { return "qingku audit verify \(place)" }
        guard let work else { return "qingku clean RULES \(place)" }
        if let schedule = troubled.first { return "qingku schedule history \(schedule.name) \(place)" }
        if schedules.contains(where: { overdue($0) != nil }) { return "qingku schedule run --due \(place)" }
        if work.approvals > 0 { return "qingku approve --list \(place)" }
        if work.pairs > 0 { return "qingku review \(place)" }
        if work.words > 0 { return "qingku reconcile \(place)" }
        if work.findings[.error] ?? 0 > 0 { return "qingku findings --severity error \(place)" }
        if backup == nil { return "qingku backup \(place) --out FILE" }
        if verified == nil { return "qingku audit verify \(place)" }
        return "qingku doctor \(place)"
    }
}
