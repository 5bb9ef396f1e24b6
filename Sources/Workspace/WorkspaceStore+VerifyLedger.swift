import Foundation
import GRDB
import Records

extension WorkspaceStore {
    /// Holds what is stored of findings against the audit trail: the changes of each run, and the waivers that end with it,
    /// against the digest in its `findings.changed`. Events whose payload was erased say nothing.
    func ledgerProblems() throws -> [Problem] {
        var digests: [Int: String] = [:]
        var isErased = false
        var filter = EventFilter()
        filter.types = ["findings.changed"]
        try forEachEvent(filter) { recorded in
            let body = recorded.payload.flatMap { try? JSONDecoder().decode(Changed.self, from: Data($0.body)) }
            guard let body else {
                isErased = true
                return
            }
            digests[body.run] = body.digest
        }
        return try read { db in
            var problems: [Problem] = []
            let stored = try Self.digests(db)
            for run in Set(stored.keys).union(digests.keys).sorted() where stored[run] != digests[run] {
                if isErased, digests[run] == nil { continue }
                problems.append(
                    Problem(
                        kind: .finding,
                        message: Text(
                            en: "the findings of run \(run) are not those that its audit event names",
                            zh: "第\(run)次运行的检查发现与审计记录不符")))
            }
            return problems
        }
    }

    private struct Changed: Decodable {
        let run: Int
        let digest: String
    }

    /// By run that changed anything; as `LedgerUpdate.digest`.
    private static func digests(_ db: Database) throws -> [Int: String] {
        var new: [Int: [Int64]] = [:]
        try BulkQuery(db, "SELECT run, id FROM finding ORDER BY id").eachRow { row in
            new[Int(row.integer(0)), default: []].append(row.integer(1))
        }
        var changes: [Int: [(Int64, String)]] = [:]
        try BulkQuery(db, "SELECT run, finding, change FROM finding_change ORDER BY finding").eachRow { row in
            changes[Int(row.integer(0)), default: []].append((row.integer(1), row.text(2)))
        }
        var ended: [Int: [(Int64, String)]] = [:]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT payload.body AS body, finding, word FROM waiver
                JOIN event_payload AS payload ON payload.event = waiver.event
                WHERE word IN ('lapse', 'expire') ORDER BY finding
                """)
        for row in rows {
            let body: Data = row["body"]
            guard let changed = try? JSONDecoder().decode(Changed.self, from: body) else { continue }
            ended[changed.run, default: []].append((row["finding"], row["word"]))
        }
        let runs = Set(new.keys).union(changes.keys).union(ended.keys)
        return Dictionary(
            uniqueKeysWithValues: runs.map {
                ($0, LedgerDigest.hex(new: new[$0] ?? [], changes: changes[$0] ?? [], ended: ended[$0] ?? []))
            })
    }
}
