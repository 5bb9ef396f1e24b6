import GRDB

/// How the database came to its present shape. What was shipped stays as it is; a change is a further migration.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 records, persons, runs, events, words and their proof") { db in
            try EventTable.create(db)
            try CheckpointTable.create(db)
            try BatchTable.create(db)
            try IssueTable.create(db)
            try RecordTables.create(db)
            try RunTable.create(db)
            try PersonTables.create(db)
            try FindingTable.create(db)
            try WaiverTable.create(db)
            try DecisionTable.create(db)
            try OverrideTable.create(db)
            try WithdrawalTable.create(db)
            try ApprovalTable.create(db)
            try ErasureTables.create(db)
            try RestrictionTable.create(db)
        }
        migrator.registerMigration("2 accounts") { db in
            try AccountTable.create(db)
        }
        migrator.registerMigration("3 calibrations") { db in
            try CalibrationTable.create(db)
        }
        return migrator
    }

    /// A guard rail against accidents; what somebody does on purpose is found by `verify`.
    ///
    /// - Parameter change: SQL over `OLD` and `NEW`: the one change that is let through, an erasure's.
    static func makeAppendOnly(_ table: String, unless change: String? = nil, _ db: Database) throws {
        for (verb, word) in [("UPDATE", "changed"), ("DELETE", "deleted")] {
            let exception = verb == "UPDATE" ? change.map { "WHEN NOT (\($0)) " } ?? "" : ""
            try db.execute(
                sql: """
                    CREATE TRIGGER \(table)_never_\(word) BEFORE \(verb) ON \(table)
                    \(exception)BEGIN SELECT RAISE(ABORT, '\(table): rows are never \(word)'); END
                    """)
        }
    }
}
