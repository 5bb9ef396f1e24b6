import Records
import Workspace

/// What people said of pairs, as the desk's index takes it in.
enum DeskSpeech {
    /// Everything that counts or waits.
    static func live(_ store: WorkspaceStore) throws -> [DeskIndex.Said] {
        // Within one reading: each of its own takes longer than what it asks.
        try store.readAsOfNow {
            let waiting = try store.decisions(ofEvents: Set(try ApproveRun.waiting(store).map(\.event)))
            return try store.liveDecisions().compactMap { try said($0, isWaiting: false, store) }
                + waiting.compactMap { try said($0, isWaiting: true, store) }
        }
    }

    /// `nil` where the records are not there.
    static func said(_ decision: Decision, isWaiting: Bool, _ store: WorkspaceStore) throws -> DeskIndex.Said? {
        func record(_ key: RecordKey) throws -> Int64? {
            try store.record(key)
        }
        guard let a = try record(decision.a), let b = try record(decision.b), a != b else { return nil }
        return DeskIndex.Said(
            a: a, b: b, aPerson: try store.person(of: a), bPerson: try store.person(of: b), verdict: decision.verdict,
            isWaiting: isWaiting, by: decision.by)
    }
}
