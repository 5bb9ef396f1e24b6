import Crypto
import GRDB
import Records

extension WorkspaceWriter {
    /// Takes the words of the records away wherever the database has them. What they were made of stays: keys, digests,
    /// memberships, verdicts; so the trail and the seals hold.
    ///
    /// - Parameter event: sequence of the `erasure.executed` that names the records and events.
    /// - Throws: `E-ERA-001`, `E-WS-005` as `RecordToken`.
    package func erase(_ plan: ErasurePlan, in directory: String, event: Int) throws {
        let token = try RecordToken.making(in: directory, erasedUnder: try RecordToken.subjects(db))
        let holders = try IDHolders(db)
        var taken = try ErasureTables.names(db)
        var names: [RecordKey: String] = [:]
        for record in plan.records {
            // A place is no name: the next export has another record there.
            let own = token.name(source: record.source, recordID: record.recordID)
            let isTaken = !taken.insert(ErasureTables.Name(own, record.holder)).inserted
            let name = plan.isPlace(record) || isTaken ? RecordToken.anyName() : own
            names[record.key] = name
            try db.execute(
                sql: "INSERT INTO erasure (record, token, contents, event) VALUES (?, ?, ?, ?)",
                arguments: [
                    record.id, name,
                    try JSON.text(
                        plan.isPlace(record)
                            ? try contents(record, strays: plan.strays, token)
                            : try ErasedValues.all(of: record, fields: plan.fields, token, db)), event,
                ])
            try db.execute(sql: "UPDATE record SET record_id = ? WHERE id = ?", arguments: [name, record.id])
            try db.execute(
                sql: """
                    UPDATE record_version SET cells = NULL, salt = zeroblob(16) WHERE record = ? AND cells IS NOT NULL
                    """, arguments: [record.id])
        }
        try remove(versions: plan.strays, event: event)
        try erase(decisions: plan.decisions, names, holders, event)
        try rewrite("removed_version", try removals(of: plan.records.map(\.id)), event) { id in
            try db.execute(sql: "UPDATE removed_version SET salt = zeroblob(16) WHERE id = ?", arguments: [id])
        }
        let ownFindings = Set(plan.ownFindings)
        try rewrite("waiver", plan.waivers, event) { id in
            let finding = try Int64.fetchOne(db, sql: "SELECT finding FROM waiver WHERE id = ?", arguments: [id])
            let isOwn = finding.map { ownFindings.contains($0) } ?? false
            try db.execute(
                sql: """
                    UPDATE waiver SET reason = '', value = CASE WHEN ? THEN 0 ELSE value END, salt = zeroblob(16)
                    WHERE id = ?
                    """, arguments: [isOwn, id])
        }
        try rewrite("restriction", plan.restrictions, event) { id in
            try db.execute(
                sql: "UPDATE restriction SET reason = '', salt = zeroblob(16) WHERE id = ?", arguments: [id])
        }
        try rewrite("cell_override", plan.overrides, event) { id in
            try db.execute(
                sql: "UPDATE cell_override SET text = '', reason = '', salt = zeroblob(16) WHERE id = ?",
                arguments: [id])
        }
        try rewrite("withdrawal", plan.withdrawals, event) { id in
            try db.execute(
                sql: "UPDATE withdrawal SET reason = '', salt = zeroblob(16) WHERE id = ?", arguments: [id])
        }
        try rewrite("approval", plan.approvals, event) { id in
            try db.execute(
                sql: "UPDATE approval SET reason = '', salt = zeroblob(16) WHERE id = ?", arguments: [id])
        }
        try rewrite("batch_issue", plan.issues, event) { id in
            try db.execute(
                sql: "UPDATE batch_issue SET issue = '', salt = zeroblob(16) WHERE id = ?", arguments: [id])
        }
        // The next run words findings of records that stay again.
        try FindingTable.blank(plan.findings, event: event, db)
        try forEach(plan.ownFindings, "UPDATE finding SET state = 'vanished' WHERE id = ?")
        try erasePayloads(of: plan.events)
        try empty(plan.runs, event: event)
    }

    /// By which a record that has no id of its own is known again: its cells in the newest export that nobody took back, and
    /// those it had on other lines. What stood on its line before may be of somebody else.
    private func contents(_ record: SubjectRecord, strays: [Int64], _ token: RecordToken) throws -> [String] {
        var contents: Set<String> = []
        let newest = try BatchTable.live(ofSource: record.source, db).last
        let layouts = Dictionary(
            try BatchTable.all(db, source: record.source).map { (Int64($0.id), $0.layout.digest) }
        ) { first, _ in first }
        try BulkQuery(
            db,
            """
            SELECT batch, cells FROM record_version WHERE cells IS NOT NULL
                AND (id = (SELECT max(id) FROM record_version
                        WHERE record = ?1 AND cells IS NOT NULL AND batch <= ?3)
                    OR id IN (SELECT value FROM json_each(?2)))
            """, [record.id, try JSON.text(strays), newest?.id ?? .max]
        ).eachRow { row in
            guard let layout = layouts[row.integer(0)] else { return }
            contents.insert(
                token.content(
                    source: record.source, layout: layout, cells: UnsafeRawBufferPointer(row.bytes(1))))
        }
        return contents.sorted()
    }

    /// - Parameter holders: as they were before.
    private func erase(
        decisions: [Int64], _ names: [RecordKey: String], _ holders: IDHolders, _ event: Int
    ) throws {
        try rewrite("decision", decisions, event) { id in
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM decision WHERE id = ?", arguments: [id]) else {
                return
            }
            let decision = try DecisionTable.decision(row, holders)
            let isInOrder = decision.a.source == row["a_source"] && decision.a.recordID == row["a_record"]
            let (a, b) = isInOrder ? (decision.a, decision.b) : (decision.b, decision.a)
            try db.execute(
                sql: """
                    UPDATE decision SET a_record = ?, b_record = ?, reason = ?, salt = zeroblob(16) WHERE id = ?
                    """,
                arguments: [
                    names[a] ?? a.recordID, names[b] ?? b.recordID, "erased:\(id)", id,
                ])
        }
    }

    /// Changes rows that seals are over: the digest each one had is kept, and that of what is left.
    private func rewrite(_ table: String, _ ids: [Int64], _ event: Int, _ change: (Int64) throws -> Void) throws {
        let isSealed = RowSeals.tables.contains { $0.name == table }
        func digest(_ id: Int64) throws -> [UInt8] {
            isSealed ? try RowSeals.digest(ofRow: id, in: table, db) : [UInt8](repeating: 0, count: 32)
        }
        let erased = try ErasureTables.erasedRows(of: table, db)
        for id in ids {
            let before = try digest(id)
            let sealed = erased[id]?.digest ?? before
            // The guard rail of the table asks for this row, which is of the change to come.
            try ErasureTables.insert(table, id, digest: sealed, remains: before, event: event, db)
            try change(id)
            if isSealed {
                try ErasureTables.insert(table, id, digest: sealed, remains: try digest(id), event: event, db)
            }
        }
    }

    /// Rows of `removed_version`.
    private func removals(of records: [Int64]) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: """
                SELECT removed.id FROM removed_version AS removed JOIN record_version ON record_version.id = version
                WHERE record IN (SELECT value FROM json_each(?)) ORDER BY removed.id
                """, arguments: [try JSON.text(records)])
    }

    /// Takes the cells of versions away and leaves their digests.
    package func remove(versions: [Int64], event: Int) throws {
        let word = try BulkStatement(db, "INSERT INTO removed_version (version, name, salt, event) VALUES (?, ?, ?, ?)")
        let cells = try BulkStatement(
            db, "UPDATE record_version SET cells = NULL, salt = zeroblob(16) WHERE id = ?")
        word.bind(Int64(event), at: 4)
        var salts = Salts()
        var names: [(version: Int64, name: SHA256.Digest, salt: [UInt8])] = []
        try BulkQuery(
            db,
            """
            SELECT version.id, record_id FROM record_version AS version JOIN record ON record.id = version.record
            WHERE version.id IN (SELECT value FROM json_each(?)) ORDER BY version.id
            """, [try JSON.text(versions)]
        ).eachRow { row in
            let salt = Array(salts.next())
            names.append((row.integer(0), ErasureTables.name(row.bytes(1), salt: salt), salt))
        }
        for (version, name, salt) in names {
            try name.withUnsafeBytes { name in
                try salt.withUnsafeBytes { salt in
                    word.bind(version, at: 1)
                    word.bind(blob: name, at: 2)
                    word.bind(blob: salt, at: 3)
                    try word.run()
                }
            }
            cells.bind(version, at: 1)
            try cells.run()
        }
    }

    /// The files of these runs go; `WorkspaceStore.finishErasure` removes them once the commit stands.
    package func empty(_ runs: [Int], event: Int) throws {
        for run in runs {
            try db.execute(sql: "INSERT INTO emptied_run (run, event) VALUES (?, ?)", arguments: [run, event])
        }
    }

    private func forEach(_ ids: [Int64], _ sql: String) throws {
        let statement = try BulkStatement(db, sql)
        for id in ids {
            statement.bind(id, at: 1)
            try statement.run()
        }
    }
}

extension ErasureTables {
    fileprivate static func insert(
        _ table: String, _ key: Int64, digest: [UInt8], remains: [UInt8], event: Int, _ db: Database
    ) throws {
        let statement = try BulkStatement(
            db, "INSERT INTO erased_row (\"table\", key, digest, remains, event) VALUES ('\(table)', ?, ?, ?, ?)")
        try digest.withUnsafeBytes { digest in
            try remains.withUnsafeBytes { remains in
                statement.bind(key, at: 1)
                statement.bind(blob: digest, at: 2)
                statement.bind(blob: remains, at: 3)
                statement.bind(Int64(event), at: 4)
                try statement.run()
            }
        }
    }
}
