import Foundation
package import Records

/// The commits of a trail that no checkpoint ends. There is one kind: a backup may be put back where the key that signs is
/// not, and the next commit that is signed stands for it too. Whoever has the database can write such a commit, so it may
/// hold nothing but the restoring and what follows from it, and it is named for good.
package struct UnsignedCommits: Sendable {
    /// The `backup.restored` that each begins with.
    package private(set) var beginnings: [Int] = []
    /// The first event that should have been signed; `nil` when there is none.
    private var stray: Int?
    /// Between the beginning of one and its end.
    private(set) var isInside = false
    /// The event before ends a commit.
    private var isBoundary = true
    /// The trail is signed up to this event.
    private let signed: Int

    /// What may follow the `backup.restored`.
    private static let types: Set<String> = ["erasure.executed", "restriction.set", "rows.sealed"]
    /// What it may add rows to: what an erasure leaves, what is restricted, and which person numbers are taken.
    private static let tables: Set<String> = [
        "emptied_run", "erased_row", "erasure", "person_floor", "removed_version", "restriction",
    ]

    /// - Parameter signed: size of the newest checkpoint.
    package init(signed: Int) {
        self.signed = signed
    }

    /// The events in order, from the first one or from the one after a checkpoint.
    ///
    /// - Parameter hasCheckpoint: one ends with this event.
    package mutating func step(_ recorded: RecordedEvent, hasCheckpoint: Bool) {
        let event = recorded.event
        let isEnd = event.type == "rows.sealed"
        if isInside {
            if !Self.types.contains(event.type) || isEnd && !Self.isBare(recorded.payload) { found(event.sequence) }
            isInside = !isEnd
        } else if event.isUnsignedRestore {
            if !isBoundary { found(event.sequence) }
            beginnings.append(event.sequence)
            isInside = true
        } else if event.sequence > signed {
            found(event.sequence)
        }
        isBoundary = isEnd || hasCheckpoint
    }

    /// The first event that nothing stands for; `nil` when there is none.
    package var firstStray: Int? { stray ?? (isInside ? beginnings.last : nil) }

    private mutating func found(_ sequence: Int) {
        stray = stray ?? sequence
    }

    /// A seal over rows of these tables alone.
    private static func isBare(_ payload: EventPayload?) -> Bool {
        struct Seal: Decodable {
            struct Part: Decodable { let table: String }
            let tables: [Part]
        }
        let seal = payload.flatMap { try? JSONDecoder().decode(Seal.self, from: Data($0.body)) }
        return seal?.tables.allSatisfy { tables.contains($0.table) } == true
    }
}

extension AuditEvent {
    /// It begins a commit without a checkpoint.
    var isUnsignedRestore: Bool { type == "backup.restored" && subjects.contains(AuditEntry.unsigned) }
}
