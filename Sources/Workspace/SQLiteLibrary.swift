import GRDBSQLite

/// The SQLite that this process runs with.
package enum SQLiteLibrary {
    package static var version: String { String(cString: sqlite3_libversion()) }

    package static var isThreadSafe: Bool { sqlite3_threadsafe() != 0 }

    /// As it was compiled, in its own order: `THREADSAFE=1`.
    package static var options: [String] {
        (0..<1_000).lazy.map { sqlite3_compileoption_get(Int32($0)) }.prefix { $0 != nil }.compactMap { name in
            name.map { String(cString: $0) }
        }
    }

    /// 3.7.0 to 3.51.2 can damage a database that two connections write at the same instant; qingku never has two.
    package static var hasResetFault: Bool { sqlite3_libversion_number() < 3_051_003 }
}
