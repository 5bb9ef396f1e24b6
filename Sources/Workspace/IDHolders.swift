import GRDB
import Records

/// Who had a record id when, where an office gave it to several persons one after the other: each of them is a record of
/// its own, told by its number.
///
/// Worked out of the versions that exports brought; nothing is kept of it. Valid within one reading of the store.
final class IDHolders {
    private struct Holder {
        let number: Int
        /// Exports that brought the record, or brought it back, ascending.
        let batches: [Int]
    }

    private struct Name: Hashable {
        let source: String
        let recordID: String
    }

    /// Of ids that had more than one.
    private let holders: [Name: [Holder]]
    private let db: Database
    private var newest: [Moment: [String: Int]] = [:]

    /// Crossed: from the few ids with several holders on. Left to itself SQLite goes through all versions there are.
    static let query = """
        SELECT source.name, record.record_id, record.occurrence, version.batch FROM (
            SELECT DISTINCT source, record_id FROM record WHERE occurrence > 0) AS name
        CROSS JOIN record ON record.source = name.source AND record.record_id = name.record_id
        CROSS JOIN source ON source.id = record.source
        CROSS JOIN record_version AS version ON version.record = record.id
        WHERE version.digest IS NOT NULL ORDER BY version.id
        """

    init(_ db: Database) throws {
        self.db = db
        var batches: [Name: [Int: [Int]]] = [:]
        try BulkQuery(db, Self.query).eachRow { row in
            let name = Name(source: row.text(0), recordID: row.text(1))
            batches[name, default: [:]][Int(row.integer(2)), default: []].append(Int(row.integer(3)))
        }
        holders = batches.mapValues { holders in
            holders.map { Holder(number: $0.key, batches: $0.value) }.sorted { $0.number < $1.number }
        }
    }

    /// The record of this id, of who has it by the export in force at a moment; of who had it last when it is in none; of who
    /// had it first when nobody had it yet.
    func key(source: String, recordID: String, at moment: Moment) throws -> RecordKey {
        RecordKey(source: source, recordID: recordID, holder: try number(source, recordID, at: moment))
    }

    private func number(_ source: String, _ recordID: String, at moment: Moment) throws -> Int {
        if holders.isEmpty { return 0 }
        guard let known = holders[Name(source: source, recordID: recordID)] else { return 0 }
        let newest = try newest(at: moment)[source] ?? 0
        let last = known.compactMap { holder in
            holder.batches.last { $0 <= newest }.map { (batch: $0, number: holder.number) }
        }.max { ($0.batch, $0.number) < ($1.batch, $1.number) }
        return last?.number ?? known[0].number
    }

    /// By source: the export in force.
    private func newest(at moment: Moment) throws -> [String: Int] {
        if let known = newest[moment] { return known }
        let found = Dictionary(try BatchTable.live(at: moment, db).map { ($0.source, $0.id) }) { $1 }
        newest[moment] = found
        return found
    }
}
