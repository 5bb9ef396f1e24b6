import Foundation
import GRDB
package import Records

/// Restrictions of one copy of a registry, for another one that does not know them.
extension WorkspaceStore {
    /// A record that is used for nothing.
    package struct RestrictedRecord: Sendable, Hashable {
        package let key: RecordKey
        /// Of the version it had in the newest export when it was restricted; `nil` when there was none.
        let digest: Data?
    }

    /// Those that were not erased besides.
    package func restrictedRecords() throws -> [RestrictedRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT record.id, record_id, occurrence, source.name, restriction.event
                    FROM (\(RestrictionTable.live())) AS restriction JOIN record ON record.id = restriction.record
                    JOIN source ON source.id = record.source
                    WHERE record.id NOT IN (SELECT record FROM erasure) ORDER BY record.id
                    """
            ).map { row in
                let key = RecordKey(
                    source: row["name"], recordID: row["record_id"], holder: row["occurrence"])
                let digest = try Self.digest(of: row["id"], key, at: Moment(after: row["event"]), db)
                return RestrictedRecord(key: key, digest: digest)
            }
        }
    }

    /// The records of this copy that were restricted in the other one and are not here.
    ///
    /// - Parameter unnamed: sources whose records are called after their place: there it has to be the same version, since
    ///   somebody else may have stood in the place.
    /// - Returns: the records, and the names of those that are not here.
    package func records(
        restrictedAs restricted: [RestrictedRecord], unnamed: Set<String>
    ) throws -> (found: [SubjectRecord], missing: [RecordKey]) {
        var (found, missing): ([SubjectRecord], [RecordKey]) = ([], [])
        for restriction in restricted {
            let key = restriction.key
            // Of whoever had the id then, not of who has it now.
            let record = try record(key)
            let isPlace = unnamed.contains(key.source) || RecordKey.isPlace(key.recordID)
            let isSame = try !isPlace || record.map { try digest(of: $0, key) == restriction.digest } ?? false
            if let record, isSame {
                found += try subjects(ids: [record]).filter { !$0.isRestricted && !$0.isErased }
            } else {
                missing.append(key)
            }
        }
        return (found, missing)
    }

    private func digest(of record: Int64, _ key: RecordKey) throws -> Data? {
        try read { try Self.digest(of: record, key, at: .now, $0) }
    }

    private static func digest(of record: Int64, _ key: RecordKey, at moment: Moment, _ db: Database) throws -> Data? {
        let newest = try BatchTable.live(ofSource: key.source, at: moment, db).last
        return try Data.fetchOne(
            db,
            sql: "SELECT digest FROM record_version WHERE record = ? AND batch <= ? ORDER BY batch DESC LIMIT 1",
            arguments: [record, newest?.id ?? .max])
    }
}
