import GRDB
import Testing

@testable import Workspace

struct RowFeedTests {
    @Test func `rows from memory come into a table as they are`() throws {
        let database = try DatabaseQueue()
        let texts = ["", "李强", "a b", String(repeating: "x", count: 10_000)]
        let blobs: [[UInt8]] = [[], [0], [1, 2, 3], [UInt8](repeating: 7, count: 5_000)]
        try database.write { db in
            try db.execute(sql: "CREATE TABLE t (a INTEGER, b TEXT, c BLOB, d TEXT)")
            for _ in 0..<2 {
                var next = -1
                try RowFeed.insert(into: "t (a, b, c, d)", columns: 4, db) {
                    next += 1
                    return next < 4
                } value: { column, cell in
                    switch column {
                    case 0: cell.take(Int64(next) - 1)
                    case 1: cell.take(texts[next])
                    case 2: blobs[next].withUnsafeBytes { cell.take(blob: $0) }
                    default: cell.takeNull()
                    }
                }
            }
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM t ORDER BY rowid")
            #expect(rows.map { $0["a"] as Int } == [-1, 0, 1, 2, -1, 0, 1, 2])
            #expect(rows.map { $0["b"] as String } == texts + texts)
            #expect(rows.allSatisfy { $0["d"] as String? == nil })
            let kinds = try String.fetchAll(db, sql: "SELECT DISTINCT typeof(b) || typeof(c) FROM t")
            #expect(kinds == ["textblob"])
            #expect(try Int.fetchAll(db, sql: "SELECT length(c) FROM t LIMIT 4") == [0, 1, 3, 5_000])
        }
    }

    @Test func `a row that a rule of the table refuses ends the statement`() throws {
        let database = try DatabaseQueue()
        try database.write { db in
            try db.execute(sql: "CREATE TABLE t (a INTEGER CHECK (a < 3))")
            var next: Int64 = -1
            #expect(throws: DatabaseError.self) {
                try RowFeed.insert(into: "t (a)", columns: 1, db) {
                    next += 1
                    return next < 5
                } value: { _, cell in
                    cell.take(next)
                }
            }
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM t") == 0)
        }
    }
}
