import Foundation
import GRDBSQLite
import Records
import Testing

@testable import Reports

struct DatabaseExportTests {
    private func rows(_ path: String, _ sql: String) -> [[String?]] {
        var database: OpaquePointer?
        guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { return [] }
        defer { sqlite3_close(database) }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else { return [] }
        defer { sqlite3_finalize(statement) }
        var rows: [[String?]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    sqlite3_column_text(statement, column).map { text in
                        String(
                            decoding: UnsafeBufferPointer(
                                start: text, count: Int(sqlite3_column_bytes(statement, column))),
                            as: UTF8.self)
                    }
                })
        }
        return rows
    }

    @Test func `a database has one strict table a file, all text, and says what it is`() throws {
        let cells = hardCells + ["nul\0inside"]
        let (bytes, _, _) = try ExportFormatTests.export(
            .sqlite, header: ["name", "Name", "quo\"te"], rows: cells.map { [$0, "0012", "x"] })
        try withTemporaryFolder { folder in
            let path = folder + "/x.sqlite"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            #expect(rows(path, "SELECT name FROM master ORDER BY rowid") == cells.map { [$0.isEmpty ? nil : $0] })
            #expect(rows(path, "SELECT DISTINCT typeof(\"Name_2\"), \"quo\"\"te\" FROM master") == [["text", "x"]])
            #expect(rows(path, "SELECT title, purpose, recipient FROM export") == [["T", "P & Q", "R"]])
            #expect(
                rows(path, "SELECT name FROM pragma_table_list WHERE strict ORDER BY name") == [["export"], ["master"]])
            #expect(rows(path, "PRAGMA integrity_check") == [["ok"]])
        }
    }
}
