import GRDBSQLite
import Records

extension ExportFormat {
    /// A table for each file, `STRICT`, all columns `TEXT`; an empty cell is NULL, as SQL asks for what is not known. The
    /// table `export` says what this is.
    static let sqlite = ExportFormat(
        name: "sqlite",
        summary: Text(en: "SQLite database: one strict table a file, all text", zh: "SQLite 数据库：每个文件一张严格表，全部为文本"),
        ending: "sqlite", holdsSeveral: true
    ) { tables, path, note, _ in
        let database = try NewDatabase(path: path)
        try database.run("PRAGMA journal_mode = OFF")
        try database.run("PRAGMA synchronous = OFF")
        try database.run("BEGIN")
        try database.run("CREATE TABLE export (title TEXT, purpose TEXT, recipient TEXT) STRICT")
        try database.fill("export", width: 3) { emit in
            try emit(TableRow([note.title, note.purpose, note.recipient]))
        }
        for table in tables {
            let columns = NewDatabase.columnNames(table.columns.map(\.name)).map { "\($0) TEXT" }
            // A file of that name would hide the note; no run writes one.
            let name = table.name == "export" ? "export_table" : table.name
            try database.run("CREATE TABLE \(NewDatabase.quoted(name)) (\(columns.joined(separator: ", "))) STRICT")
            try database.fill(name, width: table.columns.count, table.eachRow)
        }
        try database.run("COMMIT")
        try database.close()
        try synchronizeFile(path)
    }
}

/// A database being written by this process alone, to a file nobody else knows yet: a crash leaves a file that is thrown away.
private final class NewDatabase {
    private var handle: OpaquePointer?
    private let path: String

    init(path: String) throws {
        self.path = path
        try makePrivateFile(path)
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else { throw failure }
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    func fill(_ table: String, width: Int, _ rows: ((TableRow) throws -> Void) throws -> Void) throws {
        var statement: OpaquePointer?
        let places = repeatElement("?", count: width).joined(separator: ", ")
        guard
            sqlite3_prepare_v2(handle, "INSERT INTO \(Self.quoted(table)) VALUES (\(places))", -1, &statement, nil)
                == SQLITE_OK
        else { throw failure }
        defer { sqlite3_finalize(statement) }
        try rows { row in
            // Bound without copying: the bytes stay where they are until the step is done.
            try row.bytes.withUnsafeBufferPointer { bytes in
                for cell in 0..<row.count {
                    let text = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[row.range(cell)])
                    let isBound =
                        text.isEmpty
                        ? sqlite3_bind_null(statement, Int32(cell + 1))
                        : sqlite3_bind_text(
                            statement, Int32(cell + 1), text.baseAddress?.assumingMemoryBound(to: CChar.self),
                            Int32(clamping: text.count), nil)
                    guard isBound == SQLITE_OK else { throw failure }
                }
                guard sqlite3_step(statement) == SQLITE_DONE, sqlite3_reset(statement) == SQLITE_OK else {
                    throw failure
                }
            }
        }
    }

    func close() throws {
        guard sqlite3_close(handle) == SQLITE_OK else { throw failure }
        handle = nil
    }

    static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"").replacing("\0", with: "") + "\""
    }

    /// Quoted; SQL takes names that differ only in capitals for the same, so a later one gets a number.
    static func columnNames(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.map { name in
            var unique = name.isEmpty ? "column" : name
            var number = 2
            while !seen.insert(unique.lowercased()).inserted {
                unique = "\(name)_\(number)"
                number += 1
            }
            return quoted(unique)
        }
    }

    private var failure: Failure {
        let code = sqlite3_errcode(handle)
        let reason = String(cString: sqlite3_errmsg(handle))
        return Failure(
            .storage, code: code == SQLITE_FULL ? "E-OUT-001" : "E-OUT-002",
            Text(en: "the database cannot be written (\(reason))", zh: "无法写入数据库（\(reason)）"), at: Place(file: path),
            advice: Text(en: "Make room, or choose another --out.", zh: "请腾出空间，或用 --out 另选位置。"))
    }
}
