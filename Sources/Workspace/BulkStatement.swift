import GRDB
import GRDBSQLite

/// A prepared statement for many rows: values are bound from where they lie and no argument is boxed.
///
/// Delicate: texts and blobs are bound without a copy (destructor `nil`), so `run` must be called while the buffers of
/// the last binds are valid, and binds nothing for the next row.
struct BulkStatement {
    private let statement: Statement
    private let handle: OpaquePointer

    init(_ db: Database, _ sql: String) throws {
        statement = try db.makeStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    /// Places count from 1.
    func bind(_ value: Int64, at place: Int32) {
        sqlite3_bind_int64(handle, place, value)
    }

    func bind(_ value: Double, at place: Int32) {
        sqlite3_bind_double(handle, place, value)
    }

    func bindNull(at place: Int32) {
        sqlite3_bind_null(handle, place)
    }

    /// At most 2³¹ - 1 bytes, which SQLite's own limit is below.
    func bind(text: UnsafeBufferPointer<UInt8>, at place: Int32) {
        guard let base = text.baseAddress, let count = Int32(exactly: text.count), count > 0 else {
            // A null pointer would bind NULL.
            sqlite3_bind_text(handle, place, "", 0, nil)
            return
        }
        base.withMemoryRebound(to: CChar.self, capacity: text.count) {
            _ = sqlite3_bind_text(handle, place, $0, count, nil)
        }
    }

    func bind(blob: UnsafeRawBufferPointer, at place: Int32) {
        guard let base = blob.baseAddress, let count = Int32(exactly: blob.count), count > 0 else {
            sqlite3_bind_zeroblob(handle, place, 0)
            return
        }
        sqlite3_bind_blob(handle, place, base, count, nil)
    }

    /// Inserts the row and makes ready for the next one; bound values stay.
    func run() throws {
        let result = sqlite3_step(handle)
        let reset = sqlite3_reset(handle)
        guard result == SQLITE_DONE, reset == SQLITE_OK else {
            let connection = sqlite3_db_handle(handle)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    /// The UTF-8 of several texts at once, valid within `body`.
    static func withUTF8(_ texts: [String], _ body: ([UnsafeBufferPointer<UInt8>]) throws -> Void) rethrows {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            ends.append(bytes.count)
        }
        try bytes.withUnsafeBufferPointer { all in
            try body(ends.indices.map { UnsafeBufferPointer(rebasing: all[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]]) })
        }
    }
}

/// A query whose rows are read where they lie.
struct BulkQuery {
    private let statement: Statement
    private let handle: OpaquePointer

    init(_ db: Database, _ sql: String, _ arguments: StatementArguments = []) throws {
        statement = try db.makeStatement(sql: sql)
        try statement.setArguments(arguments)
        handle = statement.sqliteStatement
    }

    /// Calls `body` once per row; what `BulkRow` hands out is valid within that call only.
    func eachRow(_ body: (BulkRow) throws -> Void) throws {
        defer { sqlite3_reset(handle) }
        while true {
            let result = sqlite3_step(handle)
            if result == SQLITE_DONE { return }
            guard result == SQLITE_ROW else {
                let connection = sqlite3_db_handle(handle)
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                    message: String(cString: sqlite3_errmsg(connection)))
            }
            try body(BulkRow(handle: handle))
        }
    }
}

struct BulkRow {
    fileprivate let handle: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

    /// Text or blob; empty for NULL.
    func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let base = sqlite3_column_blob(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return UnsafeBufferPointer(start: base?.assumingMemoryBound(to: UInt8.self), count: base == nil ? 0 : count)
    }

    var columns: Int32 { sqlite3_column_count(handle) }

    /// Appends the value as `[UInt8].appendSealed` does.
    func appendSealed(_ column: Int32, to seal: inout [UInt8]) {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: seal.appendSealed(integer(column))
        case SQLITE_NULL: seal.appendSealedNull()
        case SQLITE_BLOB: seal.appendSealed(blob: UnsafeRawBufferPointer(bytes(column)))
        default: seal.appendSealed(text: UnsafeRawBufferPointer(bytes(column)))
        }
    }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
