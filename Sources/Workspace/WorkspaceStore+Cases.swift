import Foundation
import GRDB
import Records

/// Pairs that people were given to decide, by what the trail says of it.
extension WorkspaceStore {
    private struct Assigned: Decodable {
        let pairs: [[Int64]]
        let to: String
    }

    package func hasAssignments(after event: Int) throws -> Bool {
        try read { db in
            try db.value(
                Bool.self, sql: "SELECT EXISTS (SELECT 1 FROM event WHERE sequence > ? AND type = 'cases.assigned')",
                arguments: [event]) ?? false
        }
    }

    /// Stored records and the account, in the order in which they were said; the last word on a pair holds. An empty account:
    /// nobody's any more.
    package func assignments() throws -> [(a: Int64, b: Int64, account: String)] {
        var filter = EventFilter()
        filter.types = ["cases.assigned"]
        var found: [(a: Int64, b: Int64, account: String)] = []
        try forEachEvent(filter) { recorded in
            guard let body = recorded.payload?.body,
                let said = try? JSONDecoder().decode(Assigned.self, from: Data(body))
            else { return }
            found += said.pairs.filter { $0.count == 2 }.map { ($0[0], $0[1], said.to) }
        }
        return found
    }
}

extension WorkspaceStore {
    /// The stored records that findings are about, in no order.
    package func recordNumbers(ofFindings ids: [UInt64]) throws -> [Int64] {
        if ids.isEmpty { return [] }
        return try read { db in
            try db.values(
                Int64.self, sql: "SELECT record FROM finding WHERE id IN (SELECT value FROM json_each(?))",
                arguments: [try JSON.text(ids.map { Int64(bitPattern: $0) })])
        }
    }
}
