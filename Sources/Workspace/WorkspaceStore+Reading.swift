import GRDB
package import Records

extension WorkspaceStore {
    /// In the order of their import; of all sources, or one.
    package func batches(ofSource source: String? = nil) throws -> [Batch] {
        try read { try BatchTable.all($0, source: source) }
    }

    /// Which person each record of the table stood for when last seen, or before a run. Records that are not stored yet
    /// are nobody.
    package func membership(of records: RecordTable, before run: Int? = nil) throws -> Membership {
        try read { db in try PersonTables.membership(RecordTables.keys(of: records, db), before: run, db) }
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

    package func lastRun() throws -> StoredRun? {
        try read(RunTable.last)
    }

    package func runs() throws -> [StoredRun] {
        try read(RunTable.all)
    }

    /// The rule book of the last run.
    package func ruleBook() throws -> StoredRuleBook? {
        try read(RunTable.ruleBook)
    }

    package func openFindings() throws -> [FindingCount] {
        try read(FindingTable.counts)
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
