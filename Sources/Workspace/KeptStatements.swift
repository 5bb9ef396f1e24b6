import GRDB

/// Queries whose statements are kept for the next time: making one of its text takes as long as the few rows that it finds.
///
/// For texts that are the same each time. One with numbers written into it would be kept for each of them.
extension Database {
    func rows(sql: String, arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first; `nil` where there is none.
    func row(sql: String, arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// Of the first column.
    func values<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ type: Value.Type, sql: String, arguments: StatementArguments = []
    ) throws -> [Value] {
        try type.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// Of the first column of the first row; `nil` where there is none.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ type: Value.Type, sql: String, arguments: StatementArguments = []
    ) throws -> Value? {
        try type.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}
