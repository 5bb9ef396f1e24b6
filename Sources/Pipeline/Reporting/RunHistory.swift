import Foundation
import Records
import Reports
import Workspace

/// The counts of runs as the audit trail keeps them: sealed with it, and there for good, whatever becomes of the files of a run.
enum RunHistory {
    /// As the event of a finished run holds them.
    static func text(_ point: RunPoint) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(point), as: UTF8.self)
    }

    /// Of the runs whose events are known at a moment, the earliest first. Runs of versions that did not keep them are left
    /// out.
    ///
    /// - Parameter basis: the newest event that is known; `nil`: all.
    static func points(_ store: WorkspaceStore, until basis: Int? = nil) throws -> [RunPoint] {
        let days = Dictionary(try store.runs().map { ($0.event, $0.day) }) { $1 }
        var filter = WorkspaceStore.EventFilter()
        filter.types = ["run.completed"]
        var points: [RunPoint] = []
        try store.forEachEvent(filter) { recorded in
            if let basis, recorded.event.sequence > basis { return }
            guard var point = point(recorded) else { return }
            point.day = days[recorded.event.sequence] ?? String(recorded.event.time.prefix(10))
            points.append(point)
        }
        return points
    }

    /// Of one stored run; `nil` where its event does not have it.
    static func point(of run: StoredRun, _ store: WorkspaceStore) throws -> RunPoint? {
        var point = try store.event(run.event).flatMap(point)
        point?.day = run.day
        return point
    }

    private static func point(_ recorded: RecordedEvent) -> RunPoint? {
        struct Body: Decodable { let account: String? }
        guard let payload = recorded.payload,
            let text = try? JSONDecoder().decode(Body.self, from: Data(payload.body)).account
        else { return nil }
        return try? JSONDecoder().decode(RunPoint.self, from: Data(text.utf8))
    }
}
