package import Records
import Workspace

/// What people have said that can be taken back.
package enum WordList {
    package struct Entry: Sendable {
        package let event: Int
        package let type: String
        package let title: Text
        /// UTC, ISO 8601, to the second.
        package let time: String
        package let actor: String
        package let subjects: [String]
        package let told: Retelling
        /// Nobody has taken it back, and a second person has approved it where that is needed.
        package let holds: Bool
        /// No second person has answered yet.
        package let isWaiting: Bool
        /// Who said no to it, and why; the proposer, where they thought better of it.
        package let refusal: Refusal?
    }

    package struct Refusal: Sendable, Hashable {
        package let by: String
        package let reason: String
        /// UTC, ISO 8601, to the second.
        package let at: String
    }

    /// Refused words, by event.
    static func refusals(_ store: WorkspaceStore) throws -> [Int: Refusal] {
        let refused = try store.approvals().map(\.approval).filter { $0.verdict == .refused }
        return Dictionary(
            refused.map { ($0.target, Refusal(by: $0.by, reason: $0.reason, at: $0.at)) }
        ) { first, _ in first }
    }

    /// Newest first.
    ///
    /// - Parameters:
    ///   - actor: whose; `nil`: everybody's.
    ///   - shown: how the value of a field is shown to whoever reads it.
    package static func entries(
        workspace: String, by actor: String? = nil, last: Int? = nil,
        shown: (_ field: String, _ value: String) -> String = { $1 }
    ) throws -> [Entry] {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        let withdrawn = try store.withdrawnEvents()
        let waiting = Set(try ApproveRun.waiting(store).map(\.event))
        let refusals = try refusals(store)
        var entries: [Entry] = []
        var filter = WorkspaceStore.EventFilter()
        filter.types = Undoing.types.keys.sorted()
        (filter.actor, filter.last) = (actor, last)
        var found: [RecordedEvent] = []
        try store.forEachEvent(filter) { found.append($0) }
        for recorded in found {
            let event = recorded.event
            guard let title = Undoing.types[event.type] else { continue }
            entries.append(
                Entry(
                    event: event.sequence, type: event.type, title: title, time: event.time, actor: event.actor,
                    subjects: event.subjects, told: try Retelling(recorded, store, shown: shown),
                    holds: !withdrawn.contains(event.sequence),
                    isWaiting: waiting.contains(event.sequence), refusal: refusals[event.sequence]))
        }
        return entries.reversed()
    }
}
