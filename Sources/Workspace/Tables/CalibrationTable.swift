import GRDB
package import Records

/// A calibration that somebody applied to the scores, under the rule book it was fitted for.
package struct StoredCalibration: Sendable, Hashable {
    package let calibration: Calibration
    /// SHA-256 of the rule book, hex.
    package let rules: String
    package let by: String
    /// UTC, ISO 8601, to the second.
    package let at: String

    package init(_ calibration: Calibration, rules: String, by: String, at: String) {
        self.calibration = calibration
        self.rules = rules
        self.by = by
        self.at = at
    }
}

/// How scores are read since people decided. Of the rows for a rule book the newest that nobody took back counts.
enum CalibrationTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE calibration (
                    id INTEGER PRIMARY KEY,
                    -- The event that records it.
                    event INTEGER NOT NULL UNIQUE REFERENCES event (sequence),
                    rules TEXT NOT NULL CHECK (length(rules) = 64),
                    -- Millionths: whole numbers are the same everywhere.
                    shift INTEGER NOT NULL,
                    slope INTEGER NOT NULL CHECK (slope > 0),
                    decisions INTEGER NOT NULL CHECK (decisions > 0),
                    "by" TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__Z')
                ) STRICT;
                """)
        try Migrations.makeAppendOnly("calibration", db)
    }

    /// - Parameter stored: its event is the one that will record it.
    static func insert(_ stored: StoredCalibration, _ db: Database) throws {
        let own = stored.calibration
        try db.cachedStatement(
            sql: """
                INSERT INTO calibration (event, rules, shift, slope, decisions, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            own.event, stored.rules, own.shiftMillionths, own.slopeMillionths, own.decisions, stored.by, stored.at,
        ])
    }

    static func live(rules: String, at moment: Moment = .now, _ db: Database) throws -> StoredCalibration? {
        let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
        return try db.rows(
            sql: "SELECT * FROM calibration WHERE rules = ? AND event <= ? ORDER BY event DESC",
            arguments: [rules, moment.last]
        ).first { !withdrawn.contains($0["event"]) }.map { row in
            StoredCalibration(
                Calibration(
                    shiftMillionths: row["shift"], slopeMillionths: row["slope"], decisions: row["decisions"],
                    event: row["event"]),
                rules: row["rules"], by: row["by"], at: row["at"])
        }
    }
}

extension Calibration {
    /// As it is stored and sealed.
    package var shiftMillionths: Int { Int((shift * 1_000_000).rounded()) }
    package var slopeMillionths: Int { Int((slope * 1_000_000).rounded()) }

    package init(shiftMillionths: Int, slopeMillionths: Int, decisions: Int, event: Int) {
        self.init(
            shift: Double(shiftMillionths) / 1_000_000, slope: Double(slopeMillionths) / 1_000_000,
            decisions: decisions, event: event)
    }
}

extension WorkspaceStore {
    /// That of a rule book which counts; `nil`: scores are read as the model says them.
    package func calibration(rules: String, at moment: Moment = .now) throws -> StoredCalibration? {
        try read { try CalibrationTable.live(rules: rules, at: moment, $0) }
    }
}

extension WorkspaceWriter {
    /// - Parameter calibration: its event is the one that will record it.
    package func record(_ calibration: StoredCalibration) throws {
        try CalibrationTable.insert(calibration, db)
    }
}
