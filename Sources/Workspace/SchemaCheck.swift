import GRDB
import Records

/// Whether tables, views, indexes and triggers are those that the migrations make: a guard rail that was taken away, or a
/// trigger that was put in, is found.
enum SchemaCheck {
    static func differences(_ db: Database) throws -> [Text] {
        let wanted = try own().read(objects)
        let found = try objects(db)
        let missing = wanted.keys.filter { found[$0] == nil }.sorted()
        let changed = wanted.keys.filter { found[$0] != nil && found[$0] != wanted[$0] }.sorted()
        let foreign = found.keys.filter { wanted[$0] == nil }.sorted()
        return missing.map { Text(en: "the \($0) is missing", zh: "缺少 \($0)") }
            + changed.map { Text(en: "the \($0) was changed", zh: "\($0) 被改动") }
            + foreign.map { Text(en: "the \($0) is none of qingku's", zh: "\($0) 不属于 qingku") }
    }

    private static func own() throws -> DatabaseQueue {
        let database = try DatabaseQueue()
        try Migrations.migrator.migrate(database)
        return database
    }

    /// Columns that the statements of this version name, by table; worked out once.
    private static let wantedColumns = Result { try own().read(columns) }

    /// Whether tables lack columns that this version reads and writes: a build from before they were there made them.
    ///
    /// - Parameter isComplete: all tables have to be there; else some are still to be made.
    static func isOfAnotherVersion(_ db: Database, isComplete: Bool) throws -> Bool {
        let found = try columns(db)
        return try wantedColumns.get().contains { table, columns in
            found[table].map { !columns.isSubset(of: $0) } ?? isComplete
        }
    }

    private static func columns(_ db: Database) throws -> [String: Set<String>] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT found.name, info.name FROM sqlite_schema AS found JOIN pragma_table_info(found.name) AS info
                WHERE found.type = 'table'
                """)
        return Dictionary(grouping: rows) { row -> String in row[0] }.mapValues { Set($0.map { row in row[1] }) }
    }

    /// `trigger event_never_changed` → its SQL. What SQLite keeps for itself (statistics, automatic indexes) is left out.
    private static func objects(_ db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
        return Dictionary(
            rows.map { row in
                let sql: String? = row[1]
                return (row[0], sql ?? "")
            }
        ) { first, _ in first }
    }
}
