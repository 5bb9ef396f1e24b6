import GRDB
import GRDBSQLite

/// Rows from memory as a table that SQLite reads: `INSERT … SELECT … FROM fed_row` takes in a million of them as one
/// statement, without the cost of binding, starting and ending one for each.
///
/// Delicate: texts and blobs are handed over without a copy, so the buffers of a row must stay as they are until `next` is
/// called again. The virtual table is known to its connection during `insert` only, but SQLite may take leave of it later,
/// when the next statement is made: what it calls then has to be there for good.
final class RowFeed {
    /// Where the value of one cell goes.
    struct Cell {
        fileprivate let context: OpaquePointer?

        func take(_ value: Int64) { sqlite3_result_int64(context, value) }

        func takeNull() { sqlite3_result_null(context) }

        func take(text: UnsafeBufferPointer<UInt8>) {
            guard let base = text.baseAddress, let count = Int32(exactly: text.count) else {
                return sqlite3_result_text(context, "", 0, nil)
            }
            base.withMemoryRebound(to: CChar.self, capacity: text.count) {
                sqlite3_result_text(context, $0, count, nil)
            }
        }

        /// Copies the text.
        func take(_ text: String) {
            var text = text
            text.withUTF8 { bytes in
                guard let base = bytes.baseAddress, let count = Int32(exactly: bytes.count) else {
                    return sqlite3_result_text(context, "", 0, nil)
                }
                base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_result_text(context, $0, count, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                }
            }
        }

        func take(blob: UnsafeRawBufferPointer) {
            guard let base = blob.baseAddress, let count = Int32(exactly: blob.count) else {
                return sqlite3_result_blob(context, "", 0, nil)
            }
            sqlite3_result_blob(context, base, count, nil)
        }
    }

    private let next: () -> Bool
    private let value: (Int32, Cell) -> Void
    fileprivate private(set) var isAtEnd = false

    private init(next: @escaping () -> Bool, value: @escaping (Int32, Cell) -> Void) {
        self.next = next
        self.value = value
    }

    /// Inserts rows as long as `next` finds one; `value` then gives its columns, counted from 0.
    ///
    /// - Parameter target: table and columns, `record (id, source)`.
    static func insert(
        into target: String, columns: Int, _ db: Database, next: () -> Bool, value: (Int32, Cell) -> Void
    ) throws {
        try withoutActuallyEscaping(next) { next in
            try withoutActuallyEscaping(value) { value in
                let feed = RowFeed(next: next, value: value)
                let connection = db.sqliteConnection
                let result = sqlite3_create_module_v2(
                    connection, "fed_row", module, Unmanaged.passUnretained(feed).toOpaque(), nil)
                guard result == SQLITE_OK else { throw error(connection) }
                defer { sqlite3_create_module_v2(connection, "fed_row", nil, nil, nil) }
                try withExtendedLifetime(feed) {
                    let names = (0..<columns).map { "c\($0)" }.joined(separator: ", ")
                    let statement = try db.makeStatement(sql: "INSERT INTO \(target) SELECT \(names) FROM fed_row")
                    let step = sqlite3_step(statement.sqliteStatement)
                    let reset = sqlite3_reset(statement.sqliteStatement)
                    guard step == SQLITE_DONE, reset == SQLITE_OK else { throw error(connection) }
                }
            }
        }
    }

    private static func error(_ connection: OpaquePointer?) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
    }

    fileprivate func advance() { isAtEnd = !next() }

    fileprivate func give(_ column: Int32, to context: OpaquePointer?) { value(column, Cell(context: context)) }

    /// What SQLite keeps for the table and for a walk along it.
    private struct Table {
        var base = sqlite3_vtab()
        let feed: Unmanaged<RowFeed>

        /// The feed is there as long as `insert` runs: nobody counts who holds it, millions of times.
        static func with<Result>(
            _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ body: (RowFeed) -> Result
        ) -> Result? {
            guard let table = cursor?.pointee.pVtab else { return nil }
            return UnsafeRawPointer(table).assumingMemoryBound(to: Table.self).pointee.feed
                ._withUnsafeGuaranteedRef(body)
        }
    }

    /// The functions of the table, for SQLite; never freed, and nothing is written to it. A table without `xCreate` is there
    /// by its name alone.
    nonisolated(unsafe) private static let module: UnsafeMutablePointer<sqlite3_module> = {
        var module = sqlite3_module()
        module.xConnect = { connection, context, _, _, table, _ in
            guard let context else { return SQLITE_MISUSE }
            let names = (0..<16).map { "c\($0)" }.joined(separator: ", ")
            let result = sqlite3_declare_vtab(connection, "CREATE TABLE fed_row (\(names))")
            guard result == SQLITE_OK else { return result }
            let made = UnsafeMutablePointer<Table>.allocate(capacity: 1)
            made.initialize(to: Table(feed: Unmanaged.fromOpaque(context)))
            table?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
            return SQLITE_OK
        }
        module.xDisconnect = { table in
            if let table { UnsafeMutableRawPointer(table).assumingMemoryBound(to: Table.self).deallocate() }
            return SQLITE_OK
        }
        module.xBestIndex = { _, _ in SQLITE_OK }
        module.xOpen = { _, cursor in
            let made = UnsafeMutablePointer<sqlite3_vtab_cursor>.allocate(capacity: 1)
            made.initialize(to: sqlite3_vtab_cursor())
            cursor?.pointee = made
            return SQLITE_OK
        }
        module.xClose = { cursor in
            cursor?.deallocate()
            return SQLITE_OK
        }
        module.xFilter = { cursor, _, _, _, _ in
            Table.with(cursor) { $0.advance() }
            return SQLITE_OK
        }
        module.xNext = { cursor in
            Table.with(cursor) { $0.advance() }
            return SQLITE_OK
        }
        module.xEof = { cursor in Table.with(cursor) { $0.isAtEnd } == false ? 0 : 1 }
        module.xColumn = { cursor, context, column in
            Table.with(cursor) { $0.give(column, to: context) }
            return SQLITE_OK
        }
        module.xRowid = { _, row in
            row?.pointee = 0
            return SQLITE_OK
        }
        let pointer = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        pointer.initialize(to: module)
        return pointer
    }()
}
