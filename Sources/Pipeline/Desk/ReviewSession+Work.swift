package import Estimation
import Foundation
import Records
import Workspace

/// What somebody has done at the desk in the last seven days, for themselves; of others only what all did together.
package struct ReviewWork: Sendable {
    package let own: WorkPace
    /// Answers by verdict.
    package let verdicts: [String: Int]
    /// Own answers that were taken back.
    package let takenBack: Int
    /// Of all reviewers together; `nil` for those who may not see it.
    package let all: (pace: WorkPace, reviewers: Int)?
}

extension ReviewSession {
    /// - Parameter withAll: whether they may see what all did together.
    package func work(of actor: String, withAll: Bool) throws -> ReviewWork {
        let now = Self.seconds(clock().now) ?? 0
        var filter = WorkspaceStore.EventFilter()
        filter.types = ["decision.made", "decision.proposed"]
        filter.since = Self.text(now - 7 * 86_400)
        var times: [String: [Int]] = [:]
        var events: Set<Int> = []
        try store.forEachEvent(filter) { recorded in
            let event = recorded.event
            guard let time = Self.seconds(event.time) else { return }
            times[event.actor, default: []].append(time)
            if event.actor == actor { events.insert(event.sequence) }
        }
        var verdicts: [String: Int] = [:]
        for decision in try store.decisions(ofEvents: events) { verdicts[decision.verdict.rawValue, default: 0] += 1 }
        let everybody = times.sorted { $0.key < $1.key }.map(\.value)
        return ReviewWork(
            own: WorkPace([times[actor] ?? []], now: now), verdicts: verdicts,
            takenBack: events.intersection(try store.withdrawnEvents()).count,
            all: withAll ? (WorkPace(everybody, now: now), everybody.count) : nil)
    }

    private static func seconds(_ time: String) -> Int? {
        (try? Date(time, strategy: .iso8601)).map { Int($0.timeIntervalSince1970) }
    }

    private static func text(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
