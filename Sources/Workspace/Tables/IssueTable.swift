import Foundation
import GRDB
import Records

/// What was wrong with the way an export is written, as it was found when it was read.
enum IssueTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE batch_issue (
                    id INTEGER PRIMARY KEY,
                    batch INTEGER NOT NULL REFERENCES batch (id),
                    number INTEGER NOT NULL,
                    issue TEXT NOT NULL,
                    -- As in `decision`.
                    salt BLOB NOT NULL DEFAULT (randomblob(16)) CHECK (length(salt) = 16),
                    UNIQUE (batch, number)
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("batch_issue", unless: ErasureTables.rowChange("batch_issue"), db)
    }

    static func insert(_ issues: [ImportIssue], of batch: Int64, _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT INTO batch_issue (batch, number, issue) VALUES (?, ?, ?)")
        for (number, issue) in issues.enumerated() {
            try insert.execute(arguments: [batch, number, try JSON.text(StoredIssue(issue))])
        }
    }

    /// In the order in which they were found, without those that were erased.
    static func issues(of batch: Int, _ db: Database) throws -> [ImportIssue] {
        try String.fetchAll(
            db, sql: "SELECT issue FROM batch_issue WHERE batch = ? ORDER BY number", arguments: [batch]
        ).compactMap { JSON.value(StoredIssue.self, $0)?.issue }
    }
}

/// An `ImportIssue` as it is stored.
private struct StoredIssue: Codable {
    let check: String
    let severity: String
    let source: String
    let file: String
    let line: Int?
    let column: Int?
    let record: String
    let field: String?
    let raw: String
    let en: String
    let zh: String

    init(_ issue: ImportIssue) {
        check = issue.check
        severity = issue.severity.rawValue
        source = issue.source
        file = issue.place.file
        line = issue.place.line
        column = issue.place.column
        record = issue.recordID
        field = issue.field
        raw = issue.raw
        en = issue.message.en
        zh = issue.message.zh
    }

    var issue: ImportIssue? {
        guard let severity = Severity(rawValue: severity) else { return nil }
        return ImportIssue(
            check: check, severity: severity, source: source, place: Place(file: file, line: line, column: column),
            recordID: record, field: field, raw: raw, message: Text(en: en, zh: zh))
    }
}
