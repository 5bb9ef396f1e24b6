import Foundation
import Records
import Workspace

/// Tables of a run that were given to somebody outside, as the audit trail has it.
package struct Disclosure: Sendable, Hashable {
    package let event: Int
    /// UTC, ISO 8601.
    package let time: String
    package let actor: String
    package let run: Int
    package let file: String
    package let tables: [String]
    package let purpose: String
    package let recipient: String
    /// Names and numbers went out as tokens.
    package let isPseudonymised: Bool

    /// In the order of the trail.
    static func all(in store: WorkspaceStore) throws -> [Disclosure] {
        var filter = WorkspaceStore.EventFilter()
        filter.types = ["export.made"]
        var found: [Disclosure] = []
        try store.forEachEvent(filter) { recorded in
            // What a run writes into its own outbox has no recipient.
            guard let payload = recorded.payload,
                let body = try? JSONDecoder().decode(Body.self, from: Data(payload.body)),
                let run = recorded.event.subjects.lazy.compactMap({ subject in
                    subject.hasPrefix("run:") ? Int(subject.dropFirst(4)) : nil
                }).first
            else { return }
            found.append(
                Disclosure(
                    event: recorded.event.sequence, time: recorded.event.time, actor: recorded.event.actor, run: run,
                    file: body.file, tables: body.tables.map(\.name), purpose: body.purpose,
                    recipient: body.recipient, isPseudonymised: body.pseudonyms.key != nil))
        }
        return found
    }

    private struct Body: Decodable {
        let file: String
        let purpose: String
        let recipient: String
        let tables: [Table]
        let pseudonyms: Key

        struct Table: Decodable { let name: String }
        struct Key: Decodable { let key: String? }
    }
}
