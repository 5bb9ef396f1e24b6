package import Estimation
import Foundation
import Records
import Synchronization
import Workspace

/// What somebody has done at the desk in the last seven days, for themselves; of others only what all did together.
///
/// Every answer is counted once: by its verdict, or as a group that was taken apart. What became of answers counts some of
/// them again.
package struct ReviewWork: Sendable {
    package let own: WorkPace
    /// Answers to single pairs by verdict, those that only measured among them.
    package let verdicts: [String: Int]
    /// Answers that decided several pairs at once.
    package let groups: Int
    /// Own answers that were taken back.
    package let takenBack: Int
    /// That wait for a second person.
    package let waiting: Int
    /// That a second person refused.
    package let refused: Int
    /// That decided nothing: the pair was asked to see how far answers agree.
    package let measured: Int
    /// Of all reviewers together; `nil` for those who may not see it.
    package let all: (pace: WorkPace, reviewers: Int)?
}

extension ReviewSession {
    /// - Parameter withAll: whether they may see what all did together.
    package func work(of actor: String, withAll: Bool) throws -> ReviewWork {
        let now = Self.seconds(clock().now) ?? 0
        var filter = WorkspaceStore.EventFilter()
        filter.types = Self.answerTypes
        filter.since = Self.text(now - 7 * 86_400)
        var times: [String: [Int]] = [:]
        var events: Set<Int> = []
        try store.forEachEvent(filter) { recorded in
            let event = recorded.event
            guard let time = Self.seconds(event.time) else { return }
            times[event.actor, default: []].append(time)
            if event.actor == actor { events.insert(event.sequence) }
        }
        let opinions = try ownOpinions(of: actor).filter { events.contains($0.event) }
        let decided = Dictionary(grouping: try store.eventDecisions(of: events)) { $0.event }.mapValues {
            $0.map(\.decision.verdict)
        }
        let single = decided.values.filter { $0.count == 1 }.flatMap { $0 } + opinions.map(\.verdict)
        let (waiting, refused) = (try store.waitingEvents(), Set(try WordList.refusals(store).keys))
        let everybody = times.sorted { $0.key < $1.key }.map(\.value)
        return ReviewWork(
            own: WorkPace([times[actor] ?? []], now: now),
            verdicts: Dictionary(single.map { ($0.rawValue, 1) }, uniquingKeysWith: +),
            groups: decided.values.count { $0.count > 1 },
            takenBack: try events.intersection(store.withdrawnEvents()).subtracting(waiting).subtracting(refused).count,
            waiting: events.intersection(waiting).count, refused: events.intersection(refused).count,
            measured: opinions.count, all: withAll ? (WorkPace(everybody, now: now), everybody.count) : nil)
    }

    /// How somebody's sitting goes: read from the trail once, and kept up with each answer.
    package func pace(of actor: String) throws -> WorkPace {
        let now = Self.seconds(clock().now) ?? 0
        if let known = paces.withLock({ $0[actor] }) { return WorkPace([known], now: now) }
        var filter = WorkspaceStore.EventFilter()
        filter.types = Self.answerTypes
        filter.since = Self.text(now - 4 * WorkPace.mostSeconds)
        var times: [Int] = []
        try store.forEachEvent(filter) { recorded in
            if recorded.event.actor == actor, let time = Self.seconds(recorded.event.time) { times.append(time) }
        }
        paces.withLock { [times] paces in
            // Nobody has thousands of reviewers; names that come and go are forgotten all at once.
            if paces.count > 1_000 { paces = [:] }
            paces[actor] = times
        }
        return WorkPace([times], now: now)
    }

    /// Somebody has answered just now.
    func notePace(of actor: String) {
        let now = Self.seconds(clock().now) ?? 0
        paces.withLock { paces in
            guard let times = paces[actor] else { return }
            paces[actor] = times.filter { now - $0 < 4 * WorkPace.mostSeconds } + [now]
        }
    }

    /// Whether the last answer of somebody was to a pair that only measures.
    package func hasJustMeasured(_ actor: String) throws -> Bool {
        try store.lastType(among: Self.answerTypes, by: actor) == "opinion.given"
    }

    private static let answerTypes = ["decision.made", "decision.proposed", "opinion.given"]

    private static func seconds(_ time: String) -> Int? {
        (try? Date(time, strategy: .iso8601)).map { Int($0.timeIntervalSince1970) }
    }

    static func text(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
