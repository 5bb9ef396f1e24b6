import Foundation
import GRDB
package import Records

/// An answer to a pair that was answered before, by somebody who did not see the first; as the trail has it.
package struct StoredOpinion: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// Of a pair that one person decided.
        case second
        /// Of a pair on which two people agree.
        case known
    }

    package let event: Int
    /// Stored records.
    package let a: Int64
    package let b: Int64
    package let by: String
    package let verdict: Decision.Verdict
    package let kind: Kind
    /// What the first answer says, or the two, by the event `about`.
    package let expected: Decision.Verdict
    package let about: Int
    /// Who gave the first answer.
    package let firstBy: String
    /// UTC, ISO 8601, to the second.
    package let at: String
    /// What a third person said where the two differ, and who.
    package fileprivate(set) var settled: Decision.Verdict?
    package fileprivate(set) var settledBy = ""
    /// The newest event that says something of it.
    package fileprivate(set) var newest: Int

    package var agrees: Bool { verdict == expected }

    /// What two people say; `nil` as long as no two do.
    package var truth: Decision.Verdict? {
        guard kind == .second else { return nil }
        return agrees ? verdict : settled
    }
}

extension WorkspaceStore {
    private struct Given: Decodable {
        let a: Int64
        let b: Int64
        let verdict: String
        let kind: String
        let expected: String
        let about: Int
    }

    private struct Settled: Decodable {
        let opinion: Int
        let verdict: String
    }

    package func hasOpinions(after event: Int) throws -> Bool {
        try read { db in
            try db.value(
                Bool.self, sql: "SELECT EXISTS (SELECT 1 FROM event WHERE sequence > ? AND type LIKE 'opinion.%')",
                arguments: [event]) ?? false
        }
    }

    /// In the order in which they were given.
    ///
    /// - Parameter known: all that were given and settled up to some event; the trail is read from there on.
    package func opinions(from known: (opinions: [StoredOpinion], event: Int) = ([], 0)) throws -> [StoredOpinion] {
        var filter = EventFilter()
        filter.types = ["opinion.given", "opinion.settled"]
        filter.after = known.event
        var found = known.opinions
        try forEachEvent(filter) { recorded in
            guard let body = recorded.payload.map({ Data($0.body) }) else { return }
            let event = recorded.event
            if event.type == "opinion.settled", let said = try? JSONDecoder().decode(Settled.self, from: body) {
                guard let place = found.lastIndex(where: { $0.event == said.opinion }) else { return }
                found[place].settled = Decision.Verdict(rawValue: said.verdict)
                found[place].settledBy = event.actor
                found[place].newest = event.sequence
            } else if let said = try? JSONDecoder().decode(Given.self, from: body),
                let verdict = Decision.Verdict(rawValue: said.verdict),
                let expected = Decision.Verdict(rawValue: said.expected),
                let kind = StoredOpinion.Kind(rawValue: said.kind)
            {
                found.append(
                    StoredOpinion(
                        event: event.sequence, a: said.a, b: said.b, by: event.actor, verdict: verdict, kind: kind,
                        expected: expected, about: said.about, firstBy: try actor(of: said.about), at: event.time,
                        newest: event.sequence))
            }
        }
        return found
    }

    /// The type of the newest event of somebody that is of one of the types.
    package func lastType(among types: [String], by actor: String) throws -> String? {
        try read { db in
            try db.value(
                String.self,
                sql: """
                    SELECT type FROM event WHERE actor = ? AND type IN (SELECT value FROM json_each(?))
                    ORDER BY sequence DESC LIMIT 1
                    """, arguments: [actor, try JSON.text(types)])
        }
    }

    private func actor(of event: Int) throws -> String {
        try read { db in
            try db.value(String.self, sql: "SELECT actor FROM event WHERE sequence = ?", arguments: [event]) ?? ""
        }
    }
}
