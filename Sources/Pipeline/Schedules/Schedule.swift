package import Foundation
package import Notices
package import Records
package import Reports

/// A run that a workspace makes again and again, as its trail has it.
package struct Schedule: Sendable {
    package enum State: String, Sendable {
        case active
        case paused
    }

    package let name: String
    package let every: String
    package let timetable: Timetable
    /// Where the clock hangs: `Asia/Shanghai`.
    package let zone: TimeZone
    /// Absolute.
    package let rules: String
    /// Folder that offices put their exports in, absolute; `nil`: the files of the rule book.
    package let watch: String?
    /// Seconds for which a file has to have been left alone before it is taken.
    package let settle: Int
    package var state = State.active
    /// Since when it counts: when it was added, or went on after a pause.
    package var since: Date
    package let by: String
    /// Oldest first.
    package var tries: [ScheduleTry] = []

    /// Of the last planned time that needs nothing more.
    var lastSettled: Date {
        tries.last { $0.outcome.isFinal }.map { max(since, $0.planned) } ?? since
    }

    /// What is to be done now: the newest planned time that nothing was made of, and how many were missed before it.
    package func due(at now: Date) -> Due? {
        guard state == .active, let (time, count) = timetable.due(after: lastSettled, upTo: now, in: zone) else {
            return nil
        }
        let failed = tries.reversed().prefix { !$0.outcome.isFinal && $0.planned == time }
        return Due(planned: time, missed: count - 1, attempt: failed.count + 1, notBefore: failed.first?.retryAt)
    }

    package struct Due: Sendable {
        package let planned: Date
        package let missed: Int
        /// From 1.
        package let attempt: Int
        /// After a failure.
        package let notBefore: Date?
    }

    /// When it is due next; `nil` while paused.
    package func next(after now: Date) -> Date? {
        guard state == .active else { return nil }
        if let due = due(at: now) { return max(due.notBefore ?? due.planned, due.planned) }
        return timetable.next(after: now, in: zone)
    }
}

/// One time that a schedule was carried out, or was not.
package struct ScheduleTry: Sendable {
    package enum Outcome: String, Sendable {
        /// A run was made.
        case done
        /// Exports, rules and decisions were those of the newest run.
        case unchanged
        /// The run was not published: it moved further than `alarms:` allows.
        case held
        case failed
        /// It failed for the last time; the next planned time tries again.
        case abandoned

        var isFinal: Bool { self != .failed }

        package var title: Text {
            switch self {
            case .done: Text(en: "done", zh: "已完成")
            case .unchanged: Text(en: "nothing new", zh: "无变化")
            case .held: Text(en: "held back", zh: "暂不发布")
            case .failed: Text(en: "failed, is tried again", zh: "失败，将重试")
            case .abandoned: Text(en: "failed", zh: "失败")
            }
        }
    }

    package let planned: Date
    package let finished: Date
    /// Planned times before this one that passed without a run.
    package let missed: Int
    package let attempt: Int
    package let outcome: Outcome
    /// `nil` where none was made.
    package let run: Int?
    /// Code of the failure; empty without one.
    package let code: String
    package let message: Text
    package let retryAt: Date?
    /// What the watched folder held back, and why.
    package let waiting: [Text]
    /// What moved further than `alarms:` allows.
    package let alarms: [Alarm]
    /// `notify:` has somebody told of it.
    let owesNotice: Bool
    /// Whom `notify:` had told, and what came of it.
    package var told: [Delivery] = []

    /// Minutes until the next attempt, by the number of those made; none is left after the last.
    static let backoff = [5, 15, 45, 120]
}
