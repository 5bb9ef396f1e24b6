import GRDB
package import Records

/// What one event recorded of what people said, beside the event itself, so that one can be held against the other.
package struct SpokenEvent: Sendable {
    /// A row of one of the tables of words.
    package enum Word: Sendable {
        case decision(id: Int, Decision)
        case override(id: Int, field: String, text: String, by: String, reason: String, at: String)
        case withdrawal(Withdrawal)
        case waiver(WaiverWord, Waiver)
        case restriction(record: Int64, isLifted: Bool, by: String, reason: String, at: String)
        case approval(Approval)
        case calibration(StoredCalibration)
    }

    /// Which table the words are of.
    package enum Kind: CaseIterable, Sendable {
        case decision, override, withdrawal, waiver, restriction, approval, calibration
    }

    package let sequence: Int
    /// Empty when there is no such event.
    package let type: String
    package let time: String
    /// SHA-256 of the rule book in force, hex.
    package let rules: String
    package let subjects: [String]
    /// Canonical JSON; `nil` once it was erased.
    package let payload: [UInt8]?
    package fileprivate(set) var words: [Word]
    /// Some of the words were erased: what they say now is not what was said.
    package fileprivate(set) var isErased: Bool
}

extension SpokenEvent.Kind {
    var table: String {
        switch self {
        case .decision: "decision"
        case .override: "cell_override"
        case .withdrawal: "withdrawal"
        case .waiver: "waiver"
        case .restriction: "restriction"
        case .approval: "approval"
        case .calibration: "calibration"
        }
    }

    fileprivate var columns: String {
        switch self {
        case .decision: #"word.id, a_source, a_record, b_source, b_record, verdict, "by", reason, at"#
        case .override: #"word.id, field, text, "by", reason, at"#
        case .withdrawal: #"target, "by", reason, at"#
        case .waiver: #"finding, word, "by", reason, at, until"#
        case .restriction: #"record, word, "by", reason, at"#
        case .approval: #"target, verdict, "by", reason, at"#
        case .calibration: #"word.rules, shift, slope, decisions, "by", at, word.event"#
        }
    }

    /// - Parameter first: the column that `columns` begin at.
    fileprivate func word(_ row: BulkRow, first: Int32) -> SpokenEvent.Word {
        func integer(_ column: Int32) -> Int { Int(row.integer(first + column)) }
        func text(_ column: Int32) -> String { row.text(first + column) }
        switch self {
        case .decision:
            return .decision(
                id: integer(0),
                Decision(
                    RecordKey(source: text(1), recordID: text(2)), RecordKey(source: text(3), recordID: text(4)),
                    Decision.Verdict(rawValue: text(5)) ?? .unsure, by: text(6), reason: text(7), at: text(8)))
        case .override:
            return .override(
                id: integer(0), field: text(1), text: text(2), by: text(3), reason: text(4), at: text(5))
        case .withdrawal:
            return .withdrawal(Withdrawal(of: integer(0), by: text(1), reason: text(2), at: text(3)))
        case .waiver:
            return .waiver(
                WaiverWord(rawValue: text(1)) ?? .expire,
                Waiver(
                    finding: UInt64(bitPattern: row.integer(first)), by: text(2), reason: text(3), at: text(4),
                    until: row.isNull(first + 5) ? nil : text(5), value: 0))
        case .restriction:
            return .restriction(
                record: row.integer(first), isLifted: text(1) == "lift", by: text(2), reason: text(3), at: text(4))
        case .approval:
            return .approval(
                Approval(
                    of: integer(0), Approval.Verdict(rawValue: text(1)) ?? .refused, by: text(2), reason: text(3),
                    at: text(4)))
        case .calibration:
            return .calibration(
                StoredCalibration(
                    Calibration(
                        shiftMillionths: integer(1), slopeMillionths: integer(2), decisions: integer(3),
                        event: integer(6)),
                    rules: text(0), by: text(4), at: text(5)))
        }
    }
}

extension WorkspaceStore {
    /// In the order of the rows, which grow with the events, one at a time: sorting them would hold them all in memory. Rows that
    /// somebody moved to another event come as one event more.
    package func forEachSpoken(_ kind: SpokenEvent.Kind, _ body: (SpokenEvent) throws -> Void) throws {
        try read { db in
            var current: SpokenEvent?
            try BulkQuery(
                db,
                """
                SELECT word.event, type, time, subjects, body, event.rules,
                    EXISTS (SELECT 1 FROM erased_row WHERE "table" = '\(kind.table)' AND key = word.id), \(kind.columns)
                FROM \(kind.table) AS word LEFT JOIN event ON event.sequence = word.event
                LEFT JOIN event_payload AS payload ON payload.event = word.event ORDER BY word.id
                """
            ).eachRow { row in
                let sequence = Int(row.integer(0))
                if current?.sequence != sequence {
                    if let current { try body(current) }
                    current = SpokenEvent(
                        sequence: sequence, type: row.text(1), time: row.text(2), rules: row.text(5),
                        subjects: EventTable.subjects(row.bytes(3)),
                        payload: row.isNull(4) ? nil : Array(row.bytes(4)), words: [], isErased: false)
                }
                current?.words.append(kind.word(row, first: 7))
                if row.integer(6) != 0 { current?.isErased = true }
            }
            if let current { try body(current) }
        }
    }

    /// The events of a type, ascending.
    package func sequences(ofType type: String) throws -> [Int] {
        try read { db in
            try Int.fetchAll(db, sql: "SELECT sequence FROM event WHERE type = ? ORDER BY sequence", arguments: [type])
        }
    }

    /// How many events of each type there are.
    package func eventCounts(_ types: [String]) throws -> [String: Int] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT type, count(*) FROM event WHERE type IN (SELECT value FROM json_each(?)) GROUP BY type
                    """, arguments: [try JSON.text(types)])
            return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
        }
    }

    /// Person ids that were given out twice: a number that came before the one below it, or that a replaced database had given
    /// out, a record that stood for a person before there was one, or for one that was retired then.
    package func reusedPersons() throws -> [UInt32] {
        try read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT number FROM (SELECT number, run, lag(run) OVER (ORDER BY number) AS before FROM person)
                        WHERE run < before
                    UNION SELECT person.number FROM person_floor AS floor JOIN run ON run.event > floor.event
                        JOIN person ON person.run = run.id WHERE person.number <= floor.number
                    UNION SELECT membership.person FROM membership JOIN person ON number = membership.person
                        WHERE membership.run < person.run
                    UNION SELECT membership.person FROM membership JOIN person_alias AS alias
                        ON alias.person = membership.person AND alias.run = (SELECT max(run) FROM person_alias
                            WHERE person = membership.person AND run <= membership.run)
                        WHERE into_person IS NOT NULL
                    ORDER BY 1 LIMIT 20
                    """
            ).map { UInt32(truncatingIfNeeded: $0) }
        }
    }
}
