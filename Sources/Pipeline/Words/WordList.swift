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
    }

    /// Newest first.
    ///
    /// - Parameter shown: how the value of a field is shown to whoever reads it.
    package static func entries(
        workspace: String, last: Int? = nil, shown: (_ field: String, _ value: String) -> String = { $1 }
    ) throws -> [Entry] {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        let withdrawn = try store.withdrawnEvents()
        let waiting = Set(try ApproveRun.waiting(store).map(\.event))
        var entries: [Entry] = []
        var filter = WorkspaceStore.EventFilter()
        filter.types = Undoing.types.keys.sorted()
        filter.last = last
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
                    isWaiting: waiting.contains(event.sequence)))
        }
        return entries.reversed()
    }
}
