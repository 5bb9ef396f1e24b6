import Records
import Workspace

/// A decision and the cells that were written with it are one word in two events: whatever becomes of one becomes of both.
enum Companions {
    private static let decisions: Set<String> = ["decision.made", "decision.proposed"]
    private static let cells: Set<String> = ["cell.overridden", "override.proposed"]

    /// The other event of the word that an event is of; `nil` when it is all of its word.
    static func companion(of event: RecordedEvent, _ store: WorkspaceStore) throws -> Int? {
        if cells.contains(event.event.type) { return decision(of: event) }
        // Of one commit, the cells come next.
        guard decisions.contains(event.event.type), let next = try store.event(event.event.sequence + 1),
            cells.contains(next.event.type), decision(of: next) == event.event.sequence
        else { return nil }
        return next.event.sequence
    }

    private static func decision(of cells: RecordedEvent) -> Int? {
        cells.event.subjects.lazy.compactMap { subject in
            subject.hasPrefix("event:") ? Int(subject.dropFirst("event:".count)) : nil
        }.first
    }
}
