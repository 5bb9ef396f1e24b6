import GRDB
import Synchronization

/// What an open store keeps of what never changes once it is stored: exports, and where their records stand in them. A command
/// asks once; the review desk asks for every page.
final class StoreMemory: Sendable {
    /// Exports whose records' places are kept.
    private static let most = 16

    private struct Known {
        var batches: (last: Int, all: [Batch]) = (0, [])
        var places: [Int: RecordPlaces] = [:]
    }

    private let known = Mutex(Known())

    /// In the order of their import, taken back or not.
    func batches(_ db: Database) throws -> [Batch] {
        let last = try db.value(Int.self, sql: "SELECT max(id) FROM batch") ?? 0
        if let all = known.withLock({ $0.batches.last == last ? $0.batches.all : nil }) { return all }
        let all = try BatchTable.all(db)
        known.withLock { $0.batches = (last, all) }
        return all
    }

    func places(of batch: Int, _ db: Database) throws -> RecordPlaces {
        if let places = known.withLock({ $0.places[batch] }) { return places }
        let places = RecordPlaces(try BatchTable.order(of: batch, db))
        known.withLock { known in
            if known.places.count >= Self.most { known.places = [:] }
            known.places[batch] = places
        }
        return places
    }
}
