import GRDB
package import Records

/// A stored record as somebody names it.
package struct SubjectRecord: Sendable, Hashable {
    package let id: Int64
    package let source: String
    /// The office's; of an erased record its token.
    package let recordID: String
    /// Which of those who had the id one after the other.
    package let holder: Int
    /// Who it stands for now; `nil` when no run has said so.
    package let person: UInt32?
    package let isErased: Bool
    package let isRestricted: Bool

    package var key: RecordKey { RecordKey(source: source, recordID: recordID, holder: holder) }
}

extension WorkspaceStore {
    /// The records of a person (`P00000007`, a retired number stands for who has its records now), or one record
    /// (`SOURCE:RECORD`, or the record's id alone where only one source has it), erased ones too. A record id stands for who
    /// has it now; who had it before is named by his person number.
    ///
    /// - Throws: `E-SUB-001` when there is none, `E-SUB-002` when several sources have such a record.
    package func subject(_ name: String) throws -> [SubjectRecord] {
        try read { db in
            // An office may call a record `P12`: a short form that could mean either is not guessed at.
            let isShort = PersonID.number(name) == nil
            if let number = PersonID.given(name), try !isShort || self.record(id: name, source: nil, db).isEmpty {
                let now = try PersonTables.aliases(db)[number] ?? number
                let found = try Self.records(
                    """
                    record.id IN (SELECT record FROM membership AS m WHERE person = ?
                        AND run = (SELECT max(run) FROM membership WHERE record = m.record))
                    """, [Int64(now)], db)
                if !found.isEmpty { return found }
            }
            let whole = try self.record(id: name, source: nil, db)
            let parted = try name.firstIndex(of: ":").map { colon in
                try self.record(id: String(name[name.index(after: colon)...]), source: String(name[..<colon]), db)
            }
            let found = whole.isEmpty ? parted ?? [] : whole
            if found.count == 1 { return found }
            guard !found.isEmpty else {
                throw Failure(
                    .badInput, code: "E-SUB-001",
                    Text(en: "there is no person or record “\(name)”", zh: "没有人员或记录“\(name)”"),
                    advice: Text(
                        en: "Give a person_id of master.csv, or SOURCE:ID of a record.",
                        zh: "请给出 master.csv 中的 person_id，或“来源:记录编号”。"))
            }
            let choices = found.map { "\($0.source):\($0.recordID)" }
            throw Failure(
                .badInput, code: "E-SUB-002",
                Text(en: "\(found.count) records have the id “\(name)”", zh: "有 \(found.count) 条记录的编号为“\(name)”"),
                advice: Text(
                    en: "Say which one: \(choices.joined(separator: ", ")).",
                    zh: "请写明是哪一条：\(choices.joined(separator: "、"))。"))
        }
    }

    /// Stored records by their numbers.
    package func subjects(ids: [Int64]) throws -> [SubjectRecord] {
        try read { db in
            try Self.records("record.id IN (SELECT value FROM json_each(?))", [try JSON.text(ids)], db)
        }
    }

    private func record(id: String, source: String?, _ db: Database) throws -> [SubjectRecord] {
        let condition = "record_id = ?1 AND (?2 IS NULL OR source.name = ?2)"
        var found = try Self.records(condition, [id, source], db)
        if Set(found.map(\.source)).count < found.count {
            let holders = try IDHolders(db)
            found = try found.filter { try holders.key(source: $0.source, recordID: $0.recordID, at: .now) == $0.key }
        }
        guard found.isEmpty, let source,
            let token = try? RecordToken(directory: directory, erasedUnder: try RecordToken.subjects(db))
        else { return found }
        return try Self.records(condition, [token.name(source: source, recordID: id), source], db).suffix(1)
    }

    /// - Parameter condition: SQL over `record` and `source`.
    static func records(
        _ condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [SubjectRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT record.id, source.name, record_id, occurrence,
                    (SELECT person FROM membership WHERE membership.record = record.id ORDER BY run DESC LIMIT 1) AS person,
                    EXISTS (SELECT 1 FROM erasure WHERE erasure.record = record.id) AS erased,
                    EXISTS (SELECT 1 FROM (\(RestrictionTable.live())) AS live WHERE live.record = record.id) AS restricted
                FROM record JOIN source ON source.id = record.source WHERE \(condition) ORDER BY record.id
                """, arguments: arguments
        ).map { row in
            let person: Int64? = row["person"]
            return SubjectRecord(
                id: row["id"], source: row["name"], recordID: row["record_id"], holder: row["occurrence"],
                person: person.map { UInt32(truncatingIfNeeded: $0) }, isErased: row["erased"],
                isRestricted: row["restricted"])
        }
    }

    /// All records that stand, or once stood, for a person that one of these stood for.
    static func related(to records: [Int64], _ db: Database) throws -> [Int64] {
        let list = try JSON.text(records)
        return try Int64.fetchAll(
            db,
            sql: """
                WITH wanted AS (SELECT value AS record FROM json_each(?))
                SELECT record FROM membership
                    WHERE person IN (SELECT person FROM membership WHERE record IN (SELECT record FROM wanted))
                UNION SELECT record FROM wanted ORDER BY 1
                """, arguments: [list])
    }
}
