import Foundation
import GRDB
import Reconciliation
import Records

@testable import Pipeline
@testable import Workspace

/// What somebody who can edit the database may do to it.
enum Mutation: String, CaseIterable {
    case editEvent, changeActorOrTime, deleteEvent, insertEvent, reorder, swapPayloads, deletePayload, editPayload
    case editRow, deleteRow, insertRow
    case dropTrigger, changeTrigger, addTrigger
    case rehash, signAgain, signAgainWithNewKey, cutTail, restoreBackup
    case appendEvent, appendCommit, appendInside, appendRow
    case rewordFinding, blankFinding
    case renameRemoved
    case garbleSubjects, strayPayload, changeSchema

    /// Tables that are vouched for, row by row.
    static let tables = [
        "source", "layout", "batch", "batch_content", "batch_issue", "record", "record_version", "decision",
        "cell_override", "cell_override_record", "withdrawal", "waiver", "approval", "model", "rule_book", "run",
        "run_batch", "run_output", "person", "person_alias", "membership", "checkpoint", "signing_key", "restriction",
        "erasure", "erased_row", "removed_version", "emptied_run", "finding", "finding_change", "account",
        "person_floor",
    ]

    /// Those with further columns that no two rows may have alike.
    private static let unique = [
        "signing_key", "source", "layout", "withdrawal", "approval", "erasure", "removed_version",
        "account",
    ]

    /// Done to the copy of a workspace; false when there is nothing of the kind in it.
    func apply(to directory: String, backup: String, _ random: inout Random) throws -> Bool {
        var isDone = true
        if self == .restoreBackup {
            let path = "/registry.sqlite"
            try Self.removeDatabase(directory)
            try FileManager.default.copyItem(atPath: backup + path, toPath: directory + path)
            return true
        }
        if [.dropTrigger, .changeTrigger, .addTrigger].contains(self) {
            let database = try DatabaseQueue(path: directory + "/registry.sqlite")
            try database.write { try mutateTriggers($0, &random) }
            return true
        }
        try tamper(directory) { db in isDone = try mutate(db, directory, &random) }
        return isDone
    }

    /// One row of a table is edited, deleted or put in; false when that cannot be.
    func apply(to directory: String, table: String, _ random: inout Random) throws -> Bool {
        var isDone = false
        try tamper(directory) { db in isDone = try mutateRow(table, db, &random) }
        return isDone
    }

    private static func removeDatabase(_ directory: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: directory + "/registry.sqlite" + suffix)
        }
    }

    private func mutateTriggers(_ db: Database, _ random: inout Random) throws {
        let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
        guard let name = names.randomElement(using: &random) else { return }
        switch self {
        case .addTrigger:
            try db.execute(
                sql: "CREATE TRIGGER zz AFTER INSERT ON event BEGIN DELETE FROM finding WHERE id = new.sequence; END")
        case .changeTrigger:
            let table = try String.fetchOne(
                db, sql: "SELECT tbl_name FROM sqlite_schema WHERE name = ?", arguments: [name])
            try db.execute(sql: "DROP TRIGGER \(name)")
            try db.execute(
                sql: "CREATE TRIGGER \(name) BEFORE UPDATE ON \(table ?? "") BEGIN SELECT 1; END")
        default: try db.execute(sql: "DROP TRIGGER \(name)")
        }
    }

    private func mutate(_ db: Database, _ directory: String, _ random: inout Random) throws -> Bool {
        let count = try Int.fetchOne(db, sql: "SELECT max(sequence) FROM event") ?? 0
        let place = Int.random(in: 1...count, using: &random)
        switch self {
        case .editEvent:
            let column =
                ["type", "tool", "rules", "role", "commitment", "previous_hash", "hash"]
                .randomElement(using: &random) ?? "type"
            try db.execute(
                sql: "UPDATE event SET \(column) = substr(\(column), 2) || 'x' WHERE sequence = ?", arguments: [place])
        case .changeActorOrTime:
            let change = Bool.random(using: &random) ? "actor = actor || '2'" : "time = '2026-11-20T08:00:00Z'"
            try db.execute(sql: "UPDATE event SET \(change) WHERE sequence = ?", arguments: [place])
        case .deleteEvent:
            // The last event of all is a cut tail.
            guard place < count else { return false }
            try db.execute(sql: "DELETE FROM event WHERE sequence = ?", arguments: [place])
            try db.execute(sql: "DELETE FROM event_payload WHERE event = ?", arguments: [place])
        case .insertEvent:
            try shift(db, from: place, by: 1)
            try db.execute(
                sql: """
                    INSERT INTO event SELECT \(place), type, time, 'mallory', role, tool, rules, subjects, commitment,
                        substr(previous_hash, 2) || 'x', substr(hash, 2) || 'x' FROM event WHERE sequence = \(place + 1)
                    """)
        case .reorder:
            guard count > 1 else { return false }
            let other = place == count ? place - 1 : place + 1
            try db.execute(sql: "UPDATE event SET sequence = -1 WHERE sequence = \(place)")
            try db.execute(sql: "UPDATE event SET sequence = \(place) WHERE sequence = \(other)")
            try db.execute(sql: "UPDATE event SET sequence = \(other) WHERE sequence = -1")
        case .swapPayloads:
            let some = try Int.fetchAll(db, sql: "SELECT event FROM event_payload").shuffled(using: &random)
            guard some.count > 1 else { return false }
            try db.execute(sql: "UPDATE event_payload SET event = -1 WHERE event = \(some[0])")
            try db.execute(sql: "UPDATE event_payload SET event = \(some[0]) WHERE event = \(some[1])")
            try db.execute(sql: "UPDATE event_payload SET event = \(some[1]) WHERE event = -1")
        case .deletePayload, .editPayload:
            let events = try Int.fetchAll(db, sql: "SELECT event FROM event_payload")
            guard let event = events.randomElement(using: &random) else { return false }
            let edit = Bool.random(using: &random) ? "body = CAST(body || x'20' AS BLOB)" : "salt = zeroblob(32)"
            try db.execute(
                sql: self == .deletePayload
                    ? "DELETE FROM event_payload WHERE event = \(event)"
                    : "UPDATE event_payload SET \(edit) WHERE event = \(event)")
        case .editRow, .deleteRow, .insertRow:
            return try mutateRow(Self.tables.randomElement(using: &random) ?? "event", db, &random)
        case .rehash:
            // What stands after the last checkpoint is not signed yet.
            let signed = try Int.fetchOne(db, sql: "SELECT max(size) FROM checkpoint") ?? 0
            try db.execute(
                sql: "UPDATE event SET actor = 'mallory' WHERE sequence = \(Int.random(in: 1...signed, using: &random))"
            )
            try rehash(db)
        case .signAgain, .signAgainWithNewKey:
            try db.execute(sql: "UPDATE event SET actor = 'mallory' WHERE sequence = \(place)")
            try signAgain(db)
        case .cutTail:
            let last = Int.random(in: 0..<count, using: &random)
            try db.execute(
                sql: """
                    DELETE FROM event WHERE sequence > \(last); DELETE FROM event_payload WHERE event > \(last);
                    DELETE FROM checkpoint WHERE size > \(last); DELETE FROM signing_key WHERE event > \(last);
                    DELETE FROM run WHERE event > \(last)
                    """)
        case .appendEvent:
            let events = try Int.fetchAll(
                db, sql: "SELECT event FROM event_payload JOIN event ON sequence = event WHERE type <> 'rows.sealed'")
            guard let event = events.randomElement(using: &random) else { return false }
            try db.execute(sql: "DELETE FROM event_payload WHERE event = \(event)")
            try append(.erased(records: [], persons: [], events: [event], runs: [], counts: [:], reason: "asked"), db)
        case .appendCommit:
            try append(Self.unsignedRestore, db)
            try appendDecision(db, withEvent: true)
            try appendSeal(db)
        case .appendInside:
            // The rows alone, vouched for by a seal that is let through.
            try append(Self.unsignedRestore, db)
            try appendDecision(db, withEvent: false)
            try appendSeal(db)
        case .appendRow:
            try appendDecision(db, withEvent: false)
        case .renameRemoved:
            // A record of which nothing is left but its id.
            try db.execute(
                sql: """
                    UPDATE record SET record_id = record_id || '7' WHERE id IN (
                        SELECT record FROM record_version GROUP BY record
                        HAVING max(cells IS NOT NULL) = 0 AND record NOT IN (SELECT record FROM erasure))
                    """)
            return db.changesCount > 0
        case .rewordFinding, .blankFinding:
            let findings = try Int64.fetchAll(db, sql: "SELECT id FROM finding WHERE content <> 0 ORDER BY id")
            guard let id = findings.randomElement(using: &random) else { return false }
            let finding = Finding(kind: .error, check: "name-form", severity: .info, row: 0, detail: "quite well")
            let words: StatementArguments =
                self == .blankFinding
                ? ["info", "", "", 0, id]
                : ["info", finding.suggestion, finding.detail, FindingTable.content(finding), id]
            try db.execute(
                sql: "UPDATE finding SET severity = ?, suggestion = ?, detail = ?, content = ? WHERE id = ?",
                arguments: words)
        case .garbleSubjects:
            let garbage = [
                "'garbage'", "'[1]'", "'{}'", "'null'", "'[\"a\", \"b\"]'", "subjects || ' '", "'[' || subjects || ']'",
            ]
            let other = garbage.randomElement(using: &random) ?? "''"
            try db.execute(sql: "UPDATE event SET subjects = \(other) WHERE sequence = \(place)")
        case .strayPayload:
            try db.execute(
                sql: "INSERT INTO event_payload (event, salt, body) VALUES (\(count + 9), zeroblob(32), x'7b7d')")
        case .changeSchema:
            let changes = [
                "CREATE TABLE zz (a)", "CREATE VIEW zz AS SELECT 1", "CREATE INDEX zz ON event (type)",
                "DROP INDEX waiver_finding",
            ]
            try db.execute(sql: changes.randomElement(using: &random) ?? "")
        case .dropTrigger, .changeTrigger, .addTrigger, .restoreBackup: return false
        }
        return true
    }

    private static let unsignedRestore = AuditEntry.backupRestored(
        file: "b.sqlite", sha256: "", events: 1, known: 1, lost: [:], persons: 0, isUnread: false, aside: "",
        isSigned: false)

    /// As whoever knows how the trail is made can write it: hashed well, and not signed.
    private func append(_ entry: AuditEntry, _ db: Database) throws {
        let last = try EventTable.last(db)
        var chain = EventChain(after: last, actor: "王", tool: last?.tool ?? "", rules: last?.rules ?? "")
        let time = last?.time ?? "2026-11-21T08:00:00Z"
        try EventTable.insert(chain.append(entry, time: time, salt: EventChain.randomSalt()), db)
    }

    private func appendSeal(_ db: Database) throws {
        let seal = try RowSeals.next(RunningSeals(), db)
        try append(.rowsSealed(seal.parts.map { ($0.table, $0.to, $0.rows, $0.digest) }, bounds: seal.bounds), db)
    }

    private func appendDecision(_ db: Database, withEvent: Bool) throws {
        let decision = Decision(
            RecordKey(source: "north", recordID: "north1"), RecordKey(source: "南", recordID: "南1"), .same, by: "王",
            reason: "seen", at: "2026-11-21T08:00:00Z")
        let next = (try EventTable.last(db)?.sequence ?? 0) + 1
        let id = try DecisionTable.insert(decision, event: withEvent ? next : next - 1, db)
        if withEvent { try append(.decisionsMade([(id, decision)]), db) }
    }

    private func shift(_ db: Database, from place: Int, by step: Int) throws {
        for (table, column) in [("event", "sequence"), ("event_payload", "event")] {
            try db.execute(sql: "UPDATE \(table) SET \(column) = -\(column) WHERE \(column) >= \(place)")
            try db.execute(sql: "UPDATE \(table) SET \(column) = -\(column) + \(step) WHERE \(column) < 0")
        }
    }

    private func mutateRow(_ table: String, _ db: Database, _ random: inout Random) throws -> Bool {
        let columns = try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))")
        let names = columns.map { "\"\($0["name"] as String)\"" }
        guard let row = try Row.fetchAll(db, sql: "SELECT * FROM \(table)").randomElement(using: &random) else {
            return false
        }
        let key = columns.filter { ($0["pk"] as Int) > 0 }.map { $0["name"] as String }
        let isThis = key.map { "\"\($0)\" = ?" }.joined(separator: " AND ")
        let values = key.map { row[$0] as DatabaseValue }
        do {
            switch self {
            case .deleteRow:
                try db.execute(sql: "DELETE FROM \(table) WHERE \(isThis)", arguments: StatementArguments(values))
            case .insertRow:
                let copied = columns.map { column -> String in
                    let name = "\"\(column["name"] as String)\""
                    guard (column["pk"] as Int) > 0 || Self.unique.contains(table) else { return name }
                    return column["type"] as String == "INTEGER" ? "\(name) + 1000" : Self.other(column)
                }
                try db.execute(
                    sql: """
                        INSERT INTO \(table) SELECT \(copied.joined(separator: ", ")) FROM \(table) WHERE \(isThis)
                        """, arguments: StatementArguments(values))
            default:
                guard let place = names.indices.randomElement(using: &random) else { return false }
                if row[place] as DatabaseValue == .null { return false }
                try db.execute(
                    sql: "UPDATE \(table) SET \(names[place]) = \(Self.other(columns[place])) WHERE \(isThis)",
                    arguments: StatementArguments(values))
            }
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return false
        }
    }

    private static func other(_ column: Row) -> String {
        let name = "\"\(column["name"] as String)\""
        switch column["type"] as String {
        case "INTEGER": return "\(name) + 1"
        case "BLOB": return "CAST(\(name) || x'00' AS BLOB)"
        default: return "\(name) || 'x'"
        }
    }

    /// The chain made right again after a change, as anybody can who knows how it is made.
    private func rehash(_ db: Database) throws {
        var previous = EventChain.seed
        for row in try Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY sequence") {
            let sequence: Int = row["sequence"]
            let event = AuditEvent(
                sequence: sequence, type: row["type"], time: row["time"], actor: row["actor"], role: row["role"],
                tool: row["tool"], rules: row["rules"],
                subjects: try JSONDecoder().decode([String].self, from: Data((row["subjects"] as String).utf8)),
                commitment: row["commitment"], previousHash: previous, hash: "")
            previous = EventChain.hash(event)
            try db.execute(
                sql: "UPDATE event SET previous_hash = ?, hash = ? WHERE sequence = ?",
                arguments: [event.previousHash, previous, sequence])
        }
    }

    /// All checkpoints signed by a key of the editor's own, which the trail may be made to name.
    private func signAgain(_ db: Database) throws {
        let first = try String.fetchOne(db, sql: "SELECT verifier FROM signing_key ORDER BY event LIMIT 1") ?? ""
        let key = SigningKey(name: VerifierKey(first)?.name ?? "qingku")
        if self == .signAgainWithNewKey {
            for row in try Row.fetchAll(db, sql: "SELECT event, verifier FROM signing_key") {
                let old = (row["verifier"] as String).replacingOccurrences(of: "/", with: "\\/")
                for text in [row["verifier"] as String, old] {
                    try db.execute(
                        sql: "UPDATE event SET subjects = replace(subjects, ?, ?)",
                        arguments: [text, key.verifier.description])
                }
                let isFirst = row["verifier"] as String == first
                try db.execute(
                    sql: "UPDATE signing_key SET verifier = ? WHERE event = ?",
                    arguments: [
                        isFirst ? key.verifier.description : SigningKey(name: key.verifier.name).verifier.description,
                        row["event"] as Int,
                    ])
            }
        }
        try rehash(db)
        var tree = MerkleTree()
        let sizes = try Int.fetchAll(db, sql: "SELECT size FROM checkpoint")
        for hash in try String.fetchAll(db, sql: "SELECT hash FROM event ORDER BY sequence") {
            if let hash = TreeHash(hex: hash) { tree.append(hash) }
            guard sizes.contains(tree.size) else { continue }
            try db.execute(
                sql: "UPDATE checkpoint SET note = ?, edge = ? WHERE size = ?",
                arguments: [
                    try Checkpoint(tree, signedBy: [key]).note.text, Data(tree.edge.flatMap(\.bytes)), tree.size,
                ])
        }
    }
}
