import GRDB
package import Records

extension WorkspaceStore {
    /// In the order of their import; of all sources, or one.
    package func batches(ofSource source: String? = nil) throws -> [Batch] {
        try read { try BatchTable.all($0, source: source) }
    }

    /// The stored records of a run's rows, before the run stores its own.
    package func keys(of records: RecordTable) throws -> StoredKeys {
        try read { db in try StoredKeys(records, db) }
    }

    /// Which person each record stood for when last seen, or before a run. Records that are not stored yet are nobody.
    package func membership(of keys: StoredKeys, before run: Int? = nil) throws -> Membership {
        try read { db in try PersonTables.membership(keys.rows, before: run, db) }
    }

    /// What the findings of a run change; see `LedgerUpdate.init`.
    package func ledger(
        _ findings: [Finding], records: RecordTable, keys: StoredKeys, scope: LedgerScope, threads: Int = 1
    ) throws -> LedgerUpdate {
        try read { db in
            try LedgerUpdate(findings, records: records, keys: keys, scope: scope, threads: threads, db)
        }
    }

    /// Waivers that nobody took back and no change ended, on that day; by finding.
    package func waivers(on day: String, at moment: Moment = .now) throws -> [Waiver] {
        try read { db in try WaiverTable.live(at: moment, db).filter { $0.holds(on: day) } }
    }

    /// Retired person → the person that has its records now.
    package func aliases() throws -> [UInt32: UInt32] {
        try read(PersonTables.aliases)
    }

    /// The latest on each pair that nobody took back.
    package func liveDecisions(at moment: Moment = .now) throws -> [Decision] {
        try read { try DecisionTable.live(at: moment, $0) }
    }

    /// What was said of pairs since a run, and counts still.
    ///
    /// - Parameter run: `nil`: ever.
    package func decisions(since run: StoredRun?) throws -> [Decision] {
        try read { try DecisionTable.live(after: run?.basis ?? 0, at: .now, $0) }
    }

    /// Everything that was ever said of pairs, whatever became of it, in the order of its recording.
    package func allDecisions() throws -> [Decision] { try read(DecisionTable.all) }

    /// What people wrote into cells and did not take back, by event.
    package func liveOverrides(at moment: Moment = .now) throws -> [StoredOverride] {
        try read { try OverrideTable.live(at: moment, $0) }
    }

    /// The events that count as if they had never been.
    package func withdrawnEvents(at moment: Moment = .now) throws -> Set<Int> {
        try read { try WithdrawalTable.withdrawn(at: moment, $0) }
    }

    /// Every withdrawal that was ever made, with its event, in order.
    package func withdrawals() throws -> [(event: Int, withdrawal: Withdrawal)] {
        try read(WithdrawalTable.all)
    }

    /// Words that needed a second person and what was said of them, with their events, in order.
    package func approvals() throws -> [(event: Int, approval: Approval)] {
        try read(ApprovalTable.all)
    }

    /// - Parameter kind: `nil`: of any kind.
    package func lastRun(_ kind: StoredRun.Kind? = .clean) throws -> StoredRun? {
        try read { try RunTable.last($0, kind: kind) }
    }

    /// In order.
    ///
    /// - Parameter kind: `nil`: of any kind.
    package func runs(_ kind: StoredRun.Kind? = .clean) throws -> [StoredRun] {
        try read { try RunTable.all($0, kind: kind) }
    }

    /// The rule book of the last run.
    ///
    /// - Parameter kind: `nil`: of any kind.
    package func ruleBook(_ kind: StoredRun.Kind? = .clean) throws -> StoredRuleBook? {
        try read { try RunTable.ruleBook($0, kind: kind) }
    }

    /// Of the newest event; 0 when there is none.
    package func lastSequence() throws -> Int {
        try read { try $0.value(Int.self, sql: "SELECT max(sequence) FROM event") ?? 0 }
    }

    package func lastEvent() throws -> AuditEvent? {
        try read(EventTable.last)
    }

    /// In order, one at a time: a trail of any length takes no memory.
    package func forEachEvent(_ body: (RecordedEvent) throws -> Void) throws {
        try read { try EventTable.forEach($0) { try body($0) } }
    }

    /// Exports that nobody took back, in the order of their import; of all sources, or one.
    package func liveBatches(ofSource source: String? = nil, at moment: Moment = .now) throws -> [Batch] {
        try read { try BatchTable.live(ofSource: source, at: moment, $0) }
    }

    /// An export as it was read, made again from the store.
    ///
    /// - Parameters:
    ///   - profile: what the rule book says of its source.
    ///   - isWhole: records whose cells retention has removed may not lack; else they are left out.
    /// - Throws: `E-WS-009` when they do.
    package func sourceTable(
        _ batch: Batch, profile: SourceProfile, schema: Schema, isWhole: Bool = true
    ) throws -> SourceTable {
        try read { db in
            let source = try StoredSource(batch, db)
            if isWhole, source.removed > 0 { throw Self.incomplete(batch, removed: source.removed) }
            return try source.table(profile, schema)
        }
    }

    /// How many records of an export cannot be used any more, since retention has removed their cells.
    package func removedRecords(of batch: Batch) throws -> Int {
        try read { try StoredSource.removed(from: batch, $0) }
    }

    private static func incomplete(_ batch: Batch, removed: Int) -> Failure {
        Failure(
            .notDone, code: "E-WS-009",
            Text(
                en:
                    "batch \(batch.id) (\(batch.source)) is not whole any more: retention has removed the cells of \(counted(removed, "record"))",
                zh: "第\(batch.id)批（\(batch.source)）已不完整：按期清理已移除 \(removed) 条记录的内容"),
            advice: Text(
                en: "A run on it would lose these persons. Import the file again: \(batch.file.path)",
                zh: "用它运行会丢失这些人员。请重新导入该文件：\(batch.file.path)"))
    }

    /// What was wrong with the way an export is written.
    package func issues(of batch: Batch) throws -> [ImportIssue] {
        try read { try IssueTable.issues(of: batch.id, $0) }
    }

    /// A rule book that a run used.
    package func ruleBook(sha256: String) throws -> StoredRuleBook? {
        try read { try RunTable.ruleBook($0, sha256: sha256) }
    }

    /// The file that a run's pinned model was read from.
    package func model(sha256: String) throws -> String? {
        try read { try RunTable.model(sha256, $0) }
    }
}

extension RecordTables {
    /// The stored record of each row, 0 for one that is not stored.
    static func keys(of records: RecordTable, _ db: Database) throws -> [Int64] {
        try records.sources.flatMap { try keys(of: $0, db) }
    }

    static func keys(of source: SourceTable, _ db: Database) throws -> [Int64] {
        var register = try register(ofSource: source.source, db)
        return register.keys(of: source)
    }
}
