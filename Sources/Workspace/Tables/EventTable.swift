import Foundation
import GRDB
import Records

/// The audit trail. Payloads stand apart from their events so that they can be erased.
enum EventTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE event (
                    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
                    type TEXT NOT NULL CHECK (type <> ''),
                    time TEXT NOT NULL CHECK (time LIKE '____-__-__T__:__:__Z'),
                    actor TEXT NOT NULL,
                    role TEXT NOT NULL CHECK (role <> ''),
                    tool TEXT NOT NULL,
                    rules TEXT NOT NULL,
                    subjects TEXT NOT NULL,
                    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
                    previous_hash TEXT NOT NULL UNIQUE CHECK (length(previous_hash) = 64),
                    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
                ) STRICT;
                CREATE TABLE event_payload (
                    event INTEGER PRIMARY KEY REFERENCES event (sequence),
                    salt BLOB NOT NULL CHECK (length(salt) = 32),
                    body BLOB NOT NULL
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("event", db)
        // A payload may be erased, which `erasure.executed` says; it never becomes another one.
        try db.execute(
            sql: """
                CREATE TRIGGER event_payload_never_changed BEFORE UPDATE ON event_payload
                BEGIN SELECT RAISE(ABORT, 'event_payload: rows are never changed'); END
                """)
    }

    static func insert(_ recorded: RecordedEvent, _ db: Database) throws {
        let event = recorded.event
        try db.cachedStatement(
            sql: """
                INSERT INTO event (sequence, type, time, actor, role, tool, rules, subjects, commitment, previous_hash,
                    hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            event.sequence, event.type, event.time, event.actor, event.role, event.tool, event.rules,
            try JSON.text(event.subjects),
            event.commitment, event.previousHash, event.hash,
        ])
        guard let payload = recorded.payload else { return }
        try db.cachedStatement(sql: "INSERT INTO event_payload (event, salt, body) VALUES (?, ?, ?)")
            .execute(arguments: [event.sequence, Data(payload.salt), Data(payload.body)])
    }

    static func last(_ db: Database) throws -> AuditEvent? {
        try db.row(sql: "SELECT * FROM event ORDER BY sequence DESC LIMIT 1").map(event)
    }

    /// In order, one at a time.
    ///
    /// - Parameter condition: SQL over the columns of `event`, with its arguments.
    static func forEach(
        _ db: Database, where condition: String = "1", _ arguments: StatementArguments = [],
        _ visit: (RecordedEvent) throws -> Void
    ) throws {
        // One event after the other often has the same actor, tool and rules.
        var same = RepeatedTexts()
        try BulkQuery(
            db,
            """
            SELECT sequence, type, time, actor, role, tool, rules, subjects, commitment, previous_hash, hash, salt, body
            FROM event LEFT JOIN event_payload ON event_payload.event = sequence
            WHERE \(condition) ORDER BY sequence
            """, arguments
        ).eachRow { row in
            try visit(
                RecordedEvent(
                    event: AuditEvent(
                        sequence: Int(row.integer(0)), type: same.text(0, row.bytes(1)),
                        time: same.text(1, row.bytes(2)),
                        actor: same.text(2, row.bytes(3)), role: same.text(3, row.bytes(4)),
                        tool: same.text(4, row.bytes(5)), rules: same.text(5, row.bytes(6)),
                        subjects: subjects(row.bytes(7)),
                        commitment: row.text(8), previousHash: row.text(9), hash: row.text(10)),
                    payload: row.isNull(11) ? nil : EventPayload(salt: Array(row.bytes(11)), body: Array(row.bytes(12)))
                ))
        }
    }

    /// The hashes of the events after `sequence`, in order.
    static func hashes(after sequence: Int, _ db: Database) throws -> [String] {
        try db.values(
            String.self, sql: "SELECT hash FROM event WHERE sequence > ? ORDER BY sequence", arguments: [sequence])
    }

    /// Stands for what is not as this program writes subjects. No event has such a subject, so its hash does not fit.
    private static let unreadable = ["\0"]

    /// What is no list of texts, or one in another notation, is none that was ever hashed.
    private static func written(_ json: UnsafeBufferPointer<UInt8>) -> [String] {
        let texts = JSON.value([String].self, String(decoding: json, as: UTF8.self))
        guard let texts, let text = try? JSON.text(texts), text.utf8.elementsEqual(json) else { return unreadable }
        return texts
    }

    /// An array of texts without escapes, which nearly all are, is cut at its quotes.
    static func subjects(_ json: UnsafeBufferPointer<UInt8>) -> [String] {
        let quote = UInt8(ascii: "\"")
        if json.elementsEqual("[]".utf8) { return [] }
        let isPlainText = !json.contains { $0 == UInt8(ascii: "\\") || $0 < 0x20 }
        guard json.count > 2, isPlainText, json.first == UInt8(ascii: "["), json.last == UInt8(ascii: "]") else {
            return written(json)
        }
        let parts = json[1..<json.count - 1].split(separator: quote, omittingEmptySubsequences: false)
        let isPlain = parts.indices.allSatisfy { place in
            if place % 2 == 1 { return true }
            let isEnd = place == 0 || place == parts.count - 1
            return isEnd ? parts[place].isEmpty : parts[place].elementsEqual([UInt8(ascii: ",")])
        }
        guard isPlain, parts.count % 2 == 1 else { return written(json) }
        return stride(from: 1, to: parts.count, by: 2).map { String(decoding: parts[$0], as: UTF8.self) }
    }

    private static func event(_ row: Row) -> AuditEvent {
        AuditEvent(
            sequence: row["sequence"], type: row["type"], time: row["time"], actor: row["actor"], role: row["role"],
            tool: row["tool"], rules: row["rules"], subjects: JSON.texts(row["subjects"]),
            commitment: row["commitment"],
            previousHash: row["previous_hash"], hash: row["hash"])
    }
}

/// The last text of each column: the same bytes again give the same text without a new one.
private struct RepeatedTexts {
    private var last = [String](repeating: "", count: 6)

    mutating func text(_ column: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if last[column].utf8.elementsEqual(bytes) { return last[column] }
        last[column] = String(decoding: bytes, as: UTF8.self)
        return last[column]
    }
}
