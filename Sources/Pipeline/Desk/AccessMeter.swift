import Reconciliation
import Records
import Synchronization
import Workspace

/// Counts the records that somebody opens beside their work, so that a register is not read through page by page. What they are
/// given to decide is their work and counts nothing, however fast they are.
package final class AccessMeter: Sendable {
    /// Records an hour.
    package static let most = 300
    package static let window = Duration.seconds(3_600)

    /// What comes of opening records.
    package enum Verdict: Sendable, Hashable {
        case fine
        /// - Parameters:
        ///   - wait: seconds until so many records may be opened.
        ///   - isNews: nobody was told of it within the hour.
        case tooMany(wait: Int, isNews: Bool)
    }

    private struct Visitor {
        /// Records opened within the hour, and when last.
        var seen: [Int64: ContinuousClock.Instant] = [:]
        /// When those were opened that count, oldest first.
        var counted: [ContinuousClock.Instant] = []
        var told: ContinuousClock.Instant?
    }

    private let visitors = Mutex<[String: Visitor]>([:])

    package init() {}

    /// Somebody has decided what they had opened: it was their work after all.
    package func decide(_ records: Int, by name: String) {
        visitors.withLock { visitors in
            guard let opened = visitors[name]?.counted.count else { return }
            visitors[name]?.counted.removeLast(min(max(0, records), opened))
        }
    }

    /// - Parameter isWork: the records are of a case that is theirs to decide.
    package func open(
        _ records: [Int64], by name: String, isWork: Bool, at now: ContinuousClock.Instant
    ) -> Verdict {
        visitors.withLock { visitors in
            var visitor = visitors[name] ?? Visitor()
            defer { visitors[name] = visitor }
            visitor.counted.removeAll { now - $0 >= Self.window }
            if visitor.seen.count > 4 * Self.most {
                visitor.seen = visitor.seen.filter { now - $0.value < Self.window }
            }
            // What was opened a moment ago is not opened again by looking back.
            let new = Set(records).filter { record in
                visitor.seen[record].map { now - $0 >= Self.window } ?? true
            }
            let over = visitor.counted.count + new.count - Self.most
            if !isWork, !new.isEmpty, over > 0, !visitor.counted.isEmpty {
                let free = visitor.counted[min(over, visitor.counted.count) - 1] + Self.window
                let isNews = visitor.told.map { now - $0 >= Self.window } ?? true
                if isNews { visitor.told = now }
                return .tooMany(wait: max(1, Int((free - now).components.seconds)), isNews: isNews)
            }
            for record in records { visitor.seen[record] = now }
            if !isWork { visitor.counted += new.map { _ in now } }
            return .fine
        }
    }
}

extension ReviewSession {
    /// Says in the trail that somebody opened more records than their work asks for.
    package func exceeded(by name: String) throws {
        try speakAlone {
            let open = try WorkspaceStore.open(directory: workspace)
            try TrailCommit.run(
                open, by: TrailCommit.Author(actor: name, role: .viewer, time: clock().now), isSmall: true
            ) { commit in
                try commit.add(.accessExceeded(records: AccessMeter.most))
            }
        }
    }
}
