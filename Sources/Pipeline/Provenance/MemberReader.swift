import Foundation
import Records
import Workspace

/// Says of the records of a person where they stood, and who brought them.
struct MemberReader {
    private let store: WorkspaceStore

    init(_ store: WorkspaceStore) {
        self.store = store
    }

    func members(_ person: PersonMaster) throws -> [PersonExplanation.Member] {
        var known: [Int: PersonExplanation.Delivery] = [:]
        func delivery(_ batch: Batch) throws -> PersonExplanation.Delivery {
            if let delivery = known[batch.id] { return delivery }
            let delivery = PersonExplanation.Delivery(
                batch: batch.id, source: batch.source,
                file: URL(fileURLWithPath: batch.file.path).lastPathComponent, sha256: batch.file.sha256,
                format: batch.file.format, importedAt: batch.importedAt,
                importedBy: try store.event(batch.event)?.event.actor ?? "", event: batch.event)
            known[batch.id] = delivery
            return delivery
        }
        return try person.members.map { row in
            let place = person.places[Int(row)]
            return PersonExplanation.Member(
                key: place.key, number: place.record, delivery: try delivery(place.batch), line: place.line,
                byteOffset: place.byteOffset, path: place.batch.file.recordPath.map { "\($0)[\(place.ordinal)]" },
                unchangedSince: place.since.id == place.batch.id ? nil : try delivery(place.since))
        }
    }
}

/// What put the records of a person together.
enum Joins {
    /// - Parameter pairs: those that were scored, with two of the records.
    static func all(
        _ members: [RecordKey],
        _ pairs: [(a: RecordKey, b: RecordKey, score: PersonExplanation.Join.Score)], _ standing: Standing
    ) throws -> [PersonExplanation.Join] {
        var index: [RecordKey: Int] = [:]
        for (place, key) in members.enumerated() where index[key] == nil { index[key] = place }
        func pair(_ a: RecordKey, _ b: RecordKey) -> [Int]? {
            guard let a = index[a], let b = index[b], a != b else { return nil }
            return [a, b].sorted()
        }
        var scores: [[Int]: PersonExplanation.Join.Score] = [:]
        for one in pairs {
            if let place = pair(one.a, one.b) { scores[place] = one.score }
        }
        let live = standing.decisions.filter { index[$0.a] != nil && index[$0.b] != nil }
        let events =
            live.isEmpty ? [:] : try standing.store.decisionEvents(among: Set(members), at: standing.moment)
        var said: [[Int]: PersonExplanation.Join.Said] = [:]
        for decision in live {
            guard let place = pair(decision.a, decision.b), let event = events[decision] else { continue }
            said[place] = .init(decision: decision, event: event)
        }
        return Set(scores.keys).union(said.keys).sorted { $0.lexicographicallyPrecedes($1) }.map { place in
            PersonExplanation.Join(a: place[0], b: place[1], score: scores[place], decision: said[place])
        }
    }
}
