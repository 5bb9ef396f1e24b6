import Matching
import Rules
package import Workspace

/// A pair in a list.
package struct ListedPair: Sendable {
    package let pair: DeskPair
    /// `nil` where the record is gone.
    package let a: DeskRecord?
    package let b: DeskRecord?
    /// Names of the compared fields whose values differ.
    package let differing: [String]
}

/// A page of the queue.
package struct ReviewQueue: Sendable {
    package let pairs: [ListedPair]
    /// By what can be chosen next.
    package let counts: DeskCounts
    /// Of the compared fields, in the order of `DeskCounts.differs`.
    package let fields: [String]
    package let sources: [String]
}

extension ReviewSession {
    /// - Parameter start: how many to leave out.
    package func queue(_ filter: DeskFilter, from start: Int = 0, limit: Int = 25) throws -> ReviewQueue {
        let desk = try desk()
        return try reading {
            let found = try index.pairs(filter, from: start, limit: limit)
            return ReviewQueue(
                pairs: try listed(found, desk), counts: try index.counts(filter, fields: desk.lens.fields.count),
                fields: desk.lens.fields.map(\.name), sources: desk.book.sourceNames)
        }
    }

    func listed(_ pairs: [DeskPair], _ desk: DeskRun) throws -> [ListedPair] {
        let records = try DeskRecords(Set(pairs.flatMap { [$0.a, $0.b] }), self, desk)
        return pairs.map { pair in
            ListedPair(
                pair: pair, a: records[pair.a], b: records[pair.b],
                differing: desk.lens.fields.indices.filter { pair.differs >> UInt64($0) & 1 == 1 }.map {
                    desk.lens.fields[$0].name
                })
        }
    }

    /// The first pair of a list; `nil` when it is empty.
    package func first(_ filter: DeskFilter) throws -> Int? {
        _ = try desk()
        return try index.pairs(filter, limit: 1).first?.id
    }
}
