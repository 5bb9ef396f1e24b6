import GRDB
package import Records

/// What can be written within one commit. Valid inside `WorkspaceStore.commit` only.
package struct WorkspaceWriter {
    let db: Database
    let made = Made()

    init(_ db: Database) {
        self.db = db
    }

    /// What this commit made and need not look up again.
    final class Made {
        /// By source: the stored records of its export.
        var keys: [String: [Int64]] = [:]
        var seals = RunningSeals()
        /// Events that it takes back.
        var withdrawn: Set<Int> = []
    }

    package enum ImportResult: Sendable, Hashable {
        case imported(Batch)
        /// The newest batch of the source that nobody took back is this very file, read in the same way: nothing was written.
        case already(Batch)

        package var batch: Batch {
            switch self {
            case .imported(let batch), .already(let batch): batch
            }
        }
    }

    /// - Parameters:
    ///   - issues: what was wrong with the way the export is written.
    ///   - leftOut: records of the export that are not among these, since they were erased before.
    ///   - time: UTC, ISO 8601, to the second.
    ///   - event: sequence of the event that will record it.
    package func importBatch(
        _ source: SourceTable, issues: [ImportIssue] = [], leftOut: Int = 0, schema: Schema, time: String, event: Int
    ) throws -> ImportResult {
        let (batch, keys) = try BatchImport.run(
            source, issues: issues, leftOut: leftOut, schema: schema, importedAt: time, event: event,
            seals: &made.seals, db)
        made.keys[source.source] = keys
        if let batch { return .imported(batch) }
        guard let last = try BatchTable.live(ofSource: source.source, db).last else {
            preconditionFailure("only a batch that is there already is left out")
        }
        return .already(last)
    }

    /// SHA-256 of the newest run's rule book, hex; `nil` before the first run.
    package func rulesInForce() throws -> String? {
        try db.value(String.self, sql: "SELECT rules FROM run ORDER BY id DESC LIMIT 1")
    }

    package func remember(_ ruleBook: StoredRuleBook) throws {
        try RunTable.remember(ruleBook, db)
    }

    /// The file that a pinned model was read from.
    package func remember(model text: String, sha256: String) throws {
        try RunTable.remember(model: text, sha256: sha256, db)
    }

    /// The id of the decision.
    ///
    /// - Parameter event: sequence of the event that records it, as in all words of people.
    /// - Throws: `E-WS-008` for a decision on a record and itself.
    package func record(_ decision: Decision, event: Int) throws -> Int {
        guard decision.a != decision.b else {
            let name = "\(decision.a.source) \(decision.a.recordID)"
            throw Failure(
                .badInput, code: "E-WS-008",
                Text(en: "a decision names the same record twice: \(name)", zh: "一条判定中同一记录出现两次：\(name)"))
        }
        return try DecisionTable.insert(decision, event: event, db)
    }

    /// The id of the override.
    package func record(_ override: StoredOverride) throws -> Int {
        try OverrideTable.insert(override, db)
    }

    /// - Throws: `E-WS-012` for what the same commit takes back already: it would be taken back when it counts no more.
    package func record(_ withdrawal: Withdrawal, event: Int) throws {
        guard made.withdrawn.insert(withdrawal.target).inserted else {
            let target = withdrawal.target
            throw Failure(
                .badInput, code: "E-WS-012",
                Text(en: "event \(target) is taken back twice at once", zh: "同一次操作中两次撤销第 \(target) 号事件"))
        }
        try WithdrawalTable.insert(withdrawal, event: event, db)
    }

    package func record(_ approval: Approval, event: Int) throws {
        try ApprovalTable.insert(approval, event: event, db)
    }

    /// In order, from the one after `WorkspaceStore.lastEvent()`.
    package func append(_ event: RecordedEvent) throws {
        try EventTable.insert(event, db)
    }

    /// The newest event, those of this commit included.
    package func lastEvent() throws -> AuditEvent? {
        try EventTable.last(db)
    }

    /// The id for the run that this commit is of.
    package func nextRun() throws -> Int {
        try RunTable.nextID(db)
    }

    /// The persons of a run. Every record has to be imported before.
    package func save(_ assignment: PersonAssignment, records: RecordTable, run: Int) throws {
        try PersonTables.save(assignment, keys: try keys(of: records), run: run, seals: &made.seals, db)
    }

    /// No run gives out a number up to this one.
    ///
    /// - Parameter event: sequence of the event that says so.
    package func keep(personsUpTo number: UInt32, event: Int) throws {
        try db.execute(
            sql: "INSERT INTO person_floor (number, event) VALUES (?, ?)", arguments: [Int64(number), event])
    }

    /// What the findings of a run change; before anything of the run is written.
    package func ledger(
        _ findings: [Finding], records: RecordTable, scope: LedgerScope
    ) throws -> LedgerUpdate {
        try LedgerUpdate(findings, records: records, keys: StoredKeys(records, db), scope: scope, db)
    }

    /// The findings of a run. Every record has to be imported before.
    package func save(_ update: LedgerUpdate, findings: [Finding], records: RecordTable) throws {
        try FindingTable.save(
            update, findings: findings, records: records, keys: try keys(of: records), seals: &made.seals, db)
    }

    /// What somebody says of findings: that they are accepted, or not any more.
    ///
    /// - Parameter event: sequence of the event that records it.
    package func record(_ word: WaiverWord, on waivers: [Waiver], event: Int) throws {
        for waiver in waivers { try WaiverTable.insert(waiver, word, event: event, db) }
    }

    private func keys(of records: RecordTable) throws -> [Int64] {
        try records.sources.flatMap { source in
            // The export may have restricted records besides, which the run does not use.
            let keys = made.keys[source.source].flatMap { $0.count == source.count ? $0 : nil }
            return try keys ?? RecordTables.keys(of: source, db)
        }
    }

    /// Closes a run: goes last, after its batches, persons, findings and `run.completed`.
    package func save(_ run: StoredRun) throws {
        try RunTable.insert(run, db)
    }
}
