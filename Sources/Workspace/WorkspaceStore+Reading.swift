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
        _ findings: [Finding], records: RecordTable, keys: StoredKeys, scope: LedgerScope
    ) throws -> LedgerUpdate {
        try read { db in try LedgerUpdate(findings, records: records, keys: keys, scope: scope, db) }
    }

    /// Waivers that nobody took back and no change ended, on that day; by finding.
    package func waivers(on day: String) throws -> [Waiver] {
        try read { db in try WaiverTable.live(db).filter { $0.holds(on: day) } }
    }

    /// Retired person → the person that has its records now.
    package func aliases() throws -> [UInt32: UInt32] {
        try read(PersonTables.aliases)
    }

    /// The latest on each pair.
    package func liveDecisions() throws -> [Decision] {
        try read { try DecisionTable.all($0, liveOnly: true) }
    }

    /// Superseded ones too, in the order of their recording.
    package func allDecisions() throws -> [Decision] {
        try read { try DecisionTable.all($0, liveOnly: false) }
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

    package func lastEvent() throws -> AuditEvent? {
        try read(EventTable.last)
    }

    /// In order, one at a time: a trail of any length takes no memory.
    package func forEachEvent(_ body: (RecordedEvent) throws -> Void) throws {
        try read { try EventTable.forEach($0) { try body($0) } }
    }

    /// The newest export of a source as it was read, made again from the store; `nil` when there is none.
    ///
    /// - Parameter profile: what the rule book says of the source now.
    package func sourceTable(_ profile: SourceProfile, schema: Schema) throws -> SourceTable? {
        try read { db in
            guard let batch = try BatchTable.latest(ofSource: profile.name, db) else { return nil }
            return try StoredSource(batch, db).table(profile, schema)
        }
    }

    /// The newest export of a source that is not the file with this hash: the one before it, whether it is stored yet or not.
    package func sourceTable(
        _ profile: SourceProfile, schema: Schema, before sha256: String
    ) throws -> SourceTable? {
        try read { db in
            let batches = try BatchTable.all(db, source: profile.name)
            guard let batch = batches.last(where: { $0.file.sha256 != sha256 }) else { return nil }
            return try StoredSource(batch, db).table(profile, schema)
        }
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
