import GRDBSQLite

/// An in-memory SQLite connection that compiles expressions over one record and nothing else: no table, no file, no
/// setting, no function that is not pure. Delicate: what the authorizer lets through is what a rule book can do.
///
/// Belongs to one thread.
final class WhereConnection {
    /// VM operations one record may take; a condition of a hundred comparisons takes some hundreds.
    static let operationsPerRecord = 10_000
    /// Bytes of a text inside an expression.
    static let longestText: Int32 = 1_000_000

    struct Problem: Error {
        let message: String
        /// The function or the kind of statement that was refused.
        let refused: String?
    }

    private let handle: OpaquePointer
    private let watch = Watch()

    /// What the callbacks of SQLite write down; alive as long as the connection.
    private final class Watch {
        var selectsLeft = 0
        var columns: Set<String> = []
        var refused: String?
        var ticks = 0
    }

    private static let operationsPerTick = 1000

    init() throws {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY
        guard sqlite3_open_v2(":memory:", &opened, flags, nil) == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw Problem(message: "SQLite could not be opened", refused: nil)
        }
        handle = opened
        // "name" in double quotes is a field, never a text when there is no such field.
        _disableDoubleQuotedStringLiterals(handle)
        WhereFunctions.register(on: handle)
        setLimits()
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Compiles `sql`, which may hold `selects` selections, and returns the statement with the columns of the table
    /// `record` that it reads.
    func prepare(_ sql: String, selects: Int) throws -> (WhereStatement, columns: Set<String>) {
        guard !sql.utf8.contains(0) else { throw Problem(message: "there is a NUL character in it", refused: nil) }
        watch.selectsLeft = selects
        watch.columns = []
        watch.refused = nil
        authorize()
        var statement: OpaquePointer?
        var hasMore = false
        let status = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let status = sqlite3_prepare_v2(handle, text, -1, &statement, &tail)
            hasMore = tail.map { $0.pointee != 0 } ?? false
            return status
        }
        guard status == SQLITE_OK, let statement else {
            sqlite3_finalize(statement)
            throw Problem(message: lastMessage, refused: watch.refused)
        }
        let prepared = WhereStatement(statement, connection: self)
        guard !hasMore, sqlite3_column_count(statement) == 1 else {
            throw Problem(message: "it is more than one expression", refused: nil)
        }
        return (prepared, watch.columns)
    }

    /// Creates the empty table `record`, against which names are looked up.
    func createRecord(columns: [String]) throws {
        let list = columns.map(Self.quoted).joined(separator: ", ")
        sqlite3_set_authorizer(handle, nil, nil)
        guard sqlite3_exec(handle, "CREATE TABLE record (\(list))", nil, nil, nil) == SQLITE_OK else {
            throw Problem(message: lastMessage, refused: nil)
        }
    }

    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    fileprivate var lastMessage: String { String(cString: sqlite3_errmsg(handle)) }

    fileprivate func beginRecord() { watch.ticks = 0 }

    private func authorize() {
        let context = Unmanaged.passUnretained(watch).toOpaque()
        sqlite3_set_authorizer(
            handle,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_DENY }
                let watch = Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue()
                let first = first.map { String(cString: $0) } ?? ""
                let second = second.map { String(cString: $0) } ?? ""
                switch action {
                case SQLITE_SELECT where watch.selectsLeft > 0:
                    watch.selectsLeft -= 1
                    return SQLITE_OK
                // An expression without a field reads the table with no column.
                case SQLITE_READ where first == "record":
                    if !second.isEmpty { watch.columns.insert(second) }
                    return SQLITE_OK
                case SQLITE_FUNCTION where WhereFunctions.allowed.contains(second.lowercased()):
                    return SQLITE_OK
                case SQLITE_FUNCTION: watch.refused = second + "()"
                case SQLITE_SELECT: watch.refused = "SELECT"
                case SQLITE_READ: watch.refused = first
                default: watch.refused = "SQL"
                }
                return SQLITE_DENY
            }, context)
        sqlite3_progress_handler(
            handle, Int32(Self.operationsPerTick),
            { context in
                guard let context else { return 1 }
                let watch = Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue()
                watch.ticks += 1
                return watch.ticks * WhereConnection.operationsPerTick > WhereConnection.operationsPerRecord ? 1 : 0
            }, context)
    }

    private func setLimits() {
        let limits = [
            (SQLITE_LIMIT_LENGTH, Self.longestText), (SQLITE_LIMIT_SQL_LENGTH, 200_000), (SQLITE_LIMIT_EXPR_DEPTH, 200),
            (SQLITE_LIMIT_COMPOUND_SELECT, 1), (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200),
            (SQLITE_LIMIT_TRIGGER_DEPTH, 0), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in limits { sqlite3_limit(handle, limit, value) }
    }
}

/// A compiled expression with its parameters. Keeps its connection alive; belongs to one thread.
final class WhereStatement {
    /// SQLite copies the bytes before the call returns (`SQLITE_TRANSIENT`, a macro Swift does not see).
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private let statement: OpaquePointer
    private let connection: WhereConnection

    fileprivate init(_ statement: OpaquePointer, connection: WhereConnection) {
        self.statement = statement
        self.connection = connection
    }

    deinit {
        sqlite3_finalize(statement)
    }

    var parameterCount: Int { Int(sqlite3_bind_parameter_count(statement)) }

    /// Parameters count from 1 and keep their value from record to record.
    func bindNull(_ parameter: Int) { sqlite3_bind_null(statement, Int32(parameter)) }

    func bind(_ number: Double, to parameter: Int) { sqlite3_bind_double(statement, Int32(parameter), number) }

    func bind(_ text: UnsafeBufferPointer<UInt8>, to parameter: Int) {
        text.withMemoryRebound(to: CChar.self) { bytes in
            _ = sqlite3_bind_text(statement, Int32(parameter), bytes.baseAddress, Int32(bytes.count), Self.copied)
        }
    }

    /// Is the expression true of the bound record? NULL is not.
    func isTrue() throws -> Bool {
        connection.beginRecord()
        defer { sqlite3_reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return sqlite3_column_int(statement, 0) != 0
        case SQLITE_INTERRUPT:
            throw WhereConnection.Problem(
                message: "it takes more than \(WhereConnection.operationsPerRecord) steps for one record", refused: nil)
        default: throw WhereConnection.Problem(message: connection.lastMessage, refused: nil)
        }
    }
}
