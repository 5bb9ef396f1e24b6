import GRDB
package import Records

/// Persons and records by their names, for words that people say of them.
extension WorkspaceStore {
    package struct KnownRecord: Sendable, Hashable {
        /// As the store knows it.
        package let key: Int64
        package let name: RecordKey
    }

    /// The records that stand for a person now, in the order in which they came; none for a retired person.
    package func records(ofPerson person: UInt32) throws -> [KnownRecord] {
        try read { db in
            try db.rows(
                sql: """
                    SELECT record.id, source.name, record_id, occurrence FROM membership AS member
                    JOIN record ON record.id = member.record JOIN source ON source.id = record.source
                    WHERE person = ? AND run = (SELECT max(run) FROM membership WHERE record = member.record)
                    ORDER BY record.id
                    """, arguments: [Int64(person)]
            ).map(Self.known)
        }
    }

    /// The records with an office's id, of one source or of all: of those who had it one after the other the one who has it.
    package func records(named recordID: String, source: String? = nil) throws -> [KnownRecord] {
        try read { db in
            let found = try db.rows(
                sql: """
                    -- CROSS: the few sources first, each by its index of ids, not all records.
                    SELECT record.id, source.name, record_id, occurrence
                    FROM source CROSS JOIN record ON record.source = source.id
                    WHERE record_id = ?1 AND (?2 IS NULL OR source.name = ?2) ORDER BY record.id
                    """, arguments: [recordID, source]
            ).map(Self.known)
            if Set(found.map(\.name.source)).count == found.count { return found }
            let holders = try IDHolders(db)
            return try found.filter {
                try holders.key(source: $0.name.source, recordID: $0.name.recordID, at: .now) == $0.name
            }
        }
    }

    /// The stored record of just this name.
    package func record(_ key: RecordKey) throws -> Int64? {
        try read { db in
            try db.value(
                Int64.self,
                sql: """
                    SELECT record.id FROM source JOIN record ON record.source = source.id
                    WHERE source.name = ? AND record_id = ? AND occurrence = ?
                    """, arguments: [key.source, key.recordID, key.holder])
        }
    }

    /// Keys of who has these ids now, for words on records that somebody names by them.
    package func current(_ keys: [RecordKey]) throws -> [RecordKey] {
        try read { db in
            let holders = try IDHolders(db)
            return try keys.map { try holders.key(source: $0.source, recordID: $0.recordID, at: .now) }
        }
    }

    /// The person a record stood for before a run; `nil`: it stands for now. 0 for nobody.
    package func person(of record: Int64, before run: Int? = nil) throws -> UInt32 {
        try read { db in
            let person = try db.value(
                Int64.self, sql: "SELECT person FROM membership WHERE record = ? AND run < ? ORDER BY run DESC LIMIT 1",
                arguments: [record, run ?? .max])
            return UInt32(truncatingIfNeeded: person ?? 0)
        }
    }

    /// The last other person that a record stood for; 0 for none.
    package func formerPerson(of record: Int64) throws -> UInt32 {
        try read { db in
            let persons = try db.values(
                Int64.self, sql: "SELECT person FROM membership WHERE record = ? ORDER BY run DESC", arguments: [record]
            )
            return UInt32(truncatingIfNeeded: persons.first { $0 != persons[0] } ?? 0)
        }
    }

    /// The run in which a person was merged into somebody, and whom; `nil` when that is not how it stands now.
    package func merge(of person: UInt32) throws -> (run: Int, into: UInt32)? {
        try read { db in
            let row = try db.row(
                sql: "SELECT run, into_person FROM person_alias WHERE person = ? ORDER BY run DESC LIMIT 1",
                arguments: [Int64(person)])
            guard let row, let into: Int64 = row["into_person"] else { return nil }
            return (row["run"], UInt32(truncatingIfNeeded: into))
        }
    }

    /// The event that records a row of one of the tables of words.
    package func event(ofDecision id: Int) throws -> Int? { try event(of: id, in: "decision") }

    /// Of a decision that counts; `nil` when nobody made it.
    package func event(of decision: Decision, at moment: Moment = .now) throws -> Int? {
        try read { db in
            let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
            return try DecisionTable.on(decision.a, decision.b, db).last {
                $0.event <= moment.last && !withdrawn.contains($0.event) && $0.decision == decision
            }?.event
        }
    }

    package func event(ofOverride id: Int) throws -> Int? { try event(of: id, in: "cell_override") }

    package func event(ofBatch id: Int) throws -> Int? { try event(of: id, in: "batch") }

    private func event(of id: Int, in table: String) throws -> Int? {
        try read { try $0.value(Int.self, sql: "SELECT event FROM \(table) WHERE id = ?", arguments: [id]) }
    }

    private static func known(_ row: Row) -> KnownRecord {
        KnownRecord(
            key: row["id"],
            name: RecordKey(source: row["name"], recordID: row["record_id"], holder: row["occurrence"]))
    }
}
