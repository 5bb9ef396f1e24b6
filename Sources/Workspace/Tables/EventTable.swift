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
    }

    static func insert(_ recorded: RecordedEvent, _ db: Database) throws {
        let event = recorded.event
        try db.cachedStatement(
            sql: """
                INSERT INTO event (sequence, type, time, actor, tool, rules, subjects, commitment, previous_hash, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            event.sequence, event.type, event.time, event.actor, event.tool, event.rules, try JSON.text(event.subjects),
            event.commitment, event.previousHash, event.hash,
        ])
        guard let payload = recorded.payload else { return }
        try db.cachedStatement(sql: "INSERT INTO event_payload (event, salt, body) VALUES (?, ?, ?)")
            .execute(arguments: [event.sequence, Data(payload.salt), Data(payload.body)])
    }

    static func last(_ db: Database) throws -> AuditEvent? {
        try Row.fetchOne(db, sql: "SELECT * FROM event ORDER BY sequence DESC LIMIT 1").map(event)
    }

    /// In order, one at a time.
    static func forEach(_ db: Database, _ visit: (RecordedEvent) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT event.*, salt, body FROM event LEFT JOIN event_payload ON event_payload.event = sequence
                ORDER BY sequence
                """)
        while let row = try rows.next() {
            let salt: Data? = row["salt"]
            let body: Data? = row["body"]
            let payload = salt.flatMap { salt in body.map { EventPayload(salt: Array(salt), body: Array($0)) } }
            try visit(RecordedEvent(event: event(row), payload: payload))
        }
    }

    private static func event(_ row: Row) -> AuditEvent {
        AuditEvent(
            sequence: row["sequence"], type: row["type"], time: row["time"], actor: row["actor"], tool: row["tool"],
            rules: row["rules"], subjects: JSON.texts(row["subjects"]), commitment: row["commitment"],
            previousHash: row["previous_hash"], hash: row["hash"])
    }
}
