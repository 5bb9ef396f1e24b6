import GRDB
package import Records

/// Which findings to look at; an empty list lets everything through.
package struct FindingFilter: Sendable {
    package var checks: [String]
    package var kinds: [Finding.Kind]
    package var sources: [String]
    package var severities: [Severity]
    /// States as `Ledger.State` has them.
    package var states: [Ledger.State]
    package var fields: [String]
    /// Made first by this run.
    package var firstRun: Int?

    package init(
        checks: [String] = [], kinds: [Finding.Kind] = [], sources: [String] = [], severities: [Severity] = [],
        states: [Ledger.State] = [], fields: [String] = [], firstRun: Int? = nil
    ) {
        self.checks = checks
        self.kinds = kinds
        self.sources = sources
        self.severities = severities
        self.states = states
        self.fields = fields
        self.firstRun = firstRun
    }
}

/// A finding as the workspace holds it.
package struct StoredFinding: Sendable {
    package let id: UInt64
    package let kind: Finding.Kind
    package let check: String
    package let severity: Severity
    /// Of the stored record and the other one it points to.
    package let record: Int64
    package let other: Int64?
    package let source: String
    package let recordID: String
    package let field: String?
    package let suggestion: String
    package let detail: String
    package let state: Ledger.State
    /// Resolved because the record is no longer in its export.
    package let hasVanished: Bool
    package let firstRun: Int
    /// In force on the day that was asked for.
    package let waiver: Waiver?
}

/// How many findings of a check are in a state.
package struct FindingCount: Sendable, Hashable {
    package let kind: Finding.Kind
    package let check: String
    package let severity: Severity
    package let state: Ledger.State
    package let findings: Int
}

/// Something that happened to a finding.
package struct FindingEvent: Sendable, Hashable {
    package enum What: Sendable, Hashable {
        case made
        case returned
        case resolved
        case vanished
        case word(WaiverWord, Waiver)
    }

    package let what: What
    /// The run that did it; `nil` for what people said.
    package let run: Int?
    /// UTC, ISO 8601, to the second.
    package let at: String
}

extension WorkspaceStore {
    /// By source, record, field and check, the gravest first.
    ///
    /// - Parameters:
    ///   - day: `YYYY-MM-DD`; waivers that ended before it hold no more.
    ///   - limit: of findings handed out; `nil`: all.
    package func findings(_ filter: FindingFilter, on day: String, limit: Int? = nil) throws -> [StoredFinding] {
        try read { db in
            let (from, arguments) = try Self.selection(filter, day, db)
            let limit = limit.map { "LIMIT \(max(0, $0))" } ?? ""
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT finding.*, source.name AS source, record.record_id, shown, waiver."by", waiver.reason,
                        waiver.at, waiver.until, waiver.value
                    \(from)
                    ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, record.source,
                        finding.record, field, "check", finding.id
                    \(limit)
                    """, arguments: arguments
            ).map(Self.finding)
        }
    }

    /// The same findings counted, by check, severity and state.
    package func findingCounts(_ filter: FindingFilter = FindingFilter(), on day: String) throws -> [FindingCount] {
        try read { db in
            let (from, arguments) = try Self.selection(filter, day, db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT kind, "check", severity, shown, count(*) AS findings \(from)
                    GROUP BY kind, "check", severity, shown ORDER BY kind, "check", severity, shown
                    """, arguments: arguments
            ).map { row in
                FindingCount(
                    kind: Finding.Kind(rawValue: row["kind"]) ?? .error, check: row["check"],
                    severity: Severity(rawValue: row["severity"]) ?? .info, state: Self.state(row["shown"]),
                    findings: row["findings"])
            }
        }
    }

    /// Findings whose ids lie in the range, at most `limit`: a range is what the beginning of an id stands for.
    package func findings(ids: ClosedRange<UInt64>, on day: String, limit: Int) throws -> [StoredFinding] {
        try read { db in
            let (from, _) = try Self.selection(FindingFilter(), day, db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT finding.*, source.name AS source, record.record_id, shown, waiver."by", waiver.reason,
                        waiver.at, waiver.until, waiver.value
                    \(from) AND finding.id BETWEEN :low AND :high ORDER BY finding.id LIMIT :limit
                    """,
                arguments: [
                    "day": day, "low": Int64(bitPattern: ids.lowerBound), "high": Int64(bitPattern: ids.upperBound),
                    "limit": limit,
                ]
            ).map(Self.finding)
        }
    }

    /// Findings by their ids, in the order of these.
    package func findings(withIDs ids: [UInt64], on day: String) throws -> [StoredFinding] {
        try read { db in
            let waivers = WaiverTable.live(withdrawn: try WithdrawalTable.withdrawn(db))
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT finding.*, source.name AS source, record.record_id, waiver."by", waiver.reason, waiver.at,
                        waiver.until, waiver.value, CASE
                        WHEN state IN ('open', 'returned') AND waiver.id IS NOT NULL THEN 'waived' ELSE state END AS shown
                    FROM json_each(:ids) AS wanted CROSS JOIN finding ON finding.id = wanted.value
                    JOIN record ON record.id = finding.record JOIN source ON source.id = record.source
                    LEFT JOIN (\(waivers)) AS waiver
                        ON waiver.finding = finding.id AND (waiver.until IS NULL OR waiver.until >= :day)
                    ORDER BY wanted.key
                    """, arguments: ["ids": try JSON.text(ids.map { Int64(bitPattern: $0) }), "day": day]
            ).map(Self.finding)
        }
    }

    /// In the order of the audit trail.
    package func history(of finding: UInt64) throws -> [FindingEvent] {
        try read { db in
            let id = Int64(bitPattern: finding)
            let runs = try Row.fetchAll(
                db,
                sql: """
                    SELECT run.id AS run, finished_at, 'made' AS change, event
                    FROM finding JOIN run ON run.id = finding.run WHERE finding.id = ?1
                    UNION ALL
                    SELECT run.id, finished_at, change, event
                    FROM finding_change JOIN run ON run.id = run WHERE finding = ?1
                    ORDER BY run
                    """, arguments: [id]
            ).map { row -> (event: Int, FindingEvent) in
                let change: String = row["change"]
                let what: FindingEvent.What =
                    switch change {
                    case "made": .made
                    case "returned": .returned
                    case "vanished": .vanished
                    default: .resolved
                    }
                return (row["event"], FindingEvent(what: what, run: row["run"], at: row["finished_at"]))
            }
            let words = try WaiverTable.history(of: id, db).map { word, waiver, event in
                (event: event, FindingEvent(what: .word(word, waiver), run: nil, at: waiver.at))
            }
            return (runs + words).sorted { $0.event < $1.event }.map(\.1)
        }
    }

    /// The run that resolved each of these findings, which all are.
    package func resolutions(of findings: [UInt64]) throws -> [UInt64: Int] {
        try read { db in
            let ids = try JSON.text(findings.map { String(Int64(bitPattern: $0)) })
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT finding, max(run) AS run FROM finding_change
                    WHERE finding IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) GROUP BY finding
                    """, arguments: [ids])
            return Dictionary(uniqueKeysWithValues: rows.map { (UInt64(bitPattern: $0["finding"]), $0["run"]) })
        }
    }

    /// Findings of a check that stood when a run began, whatever became of them since.
    package func findings(of check: String, before run: Int) throws -> [(
        record: RecordKey, field: String, detail: String
    )] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT source.name AS source, record.record_id, record.occurrence, field, detail,
                        (SELECT change FROM finding_change WHERE finding = finding.id AND run < :run
                            ORDER BY run DESC LIMIT 1) AS change
                    FROM finding JOIN record ON record.id = finding.record JOIN source ON source.id = record.source
                    WHERE "check" = :check AND finding.run < :run AND field IS NOT NULL ORDER BY finding.id
                    """, arguments: ["check": check, "run": run]
            ).compactMap { row in
                let change: String? = row["change"]
                guard change == nil || change == "returned" else { return nil }
                return (
                    RecordKey(source: row["source"], recordID: row["record_id"], holder: row["occurrence"]),
                    row["field"], row["detail"]
                )
            }
        }
    }

    /// The rows a filter lets through, with `shown`: the state, waived ones included.
    private static func selection(
        _ filter: FindingFilter, _ day: String, _ db: Database
    ) throws -> (sql: String, StatementArguments) {
        var conditions: [String] = []
        var arguments: [String: (any DatabaseValueConvertible)?] = ["day": day]
        func among(_ expression: String, _ name: String, _ values: [String]) {
            if values.isEmpty { return }
            conditions.append("\(expression) IN (SELECT value FROM json_each(:\(name)))")
            arguments[name] = (try? JSON.text(values)) ?? "[]"
        }
        among("\"check\"", "checks", filter.checks)
        among("kind", "kinds", filter.kinds.map(\.rawValue))
        among("source.name", "sources", filter.sources)
        among("severity", "severities", filter.severities.map(\.rawValue))
        among("field", "fields", filter.fields)
        among("shown", "states", filter.states.flatMap { $0 == .resolved ? ["resolved", "vanished"] : [$0.rawValue] })
        if let run = filter.firstRun {
            conditions.append("finding.run = :run")
            arguments["run"] = run
        }
        let liveWaivers = WaiverTable.live(withdrawn: try WithdrawalTable.withdrawn(db))
        let sql = """
            FROM (
                SELECT finding.*, CASE
                    WHEN state IN ('open', 'returned') AND waiver.id IS NOT NULL THEN 'waived' ELSE state END AS shown
                FROM finding LEFT JOIN (\(liveWaivers)) AS waiver
                    ON waiver.finding = finding.id AND (waiver.until IS NULL OR waiver.until >= :day)
            ) AS finding
            JOIN record ON record.id = finding.record JOIN source ON source.id = record.source
            LEFT JOIN (\(liveWaivers)) AS waiver
                ON waiver.finding = finding.id AND (waiver.until IS NULL OR waiver.until >= :day)
            WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
            """
        return (sql, StatementArguments(arguments))
    }

    private static func state(_ shown: String) -> Ledger.State {
        shown == "vanished" ? .resolved : Ledger.State(rawValue: shown) ?? .open
    }

    private static func finding(_ row: Row) -> StoredFinding {
        let id = UInt64(bitPattern: row["id"])
        let shown: String = row["shown"]
        let value: Int64? = row["value"]
        return StoredFinding(
            id: id, kind: Finding.Kind(rawValue: row["kind"]) ?? .error, check: row["check"],
            severity: Severity(rawValue: row["severity"]) ?? .info, record: row["record"], other: row["other_record"],
            source: row["source"], recordID: row["record_id"], field: row["field"], suggestion: row["suggestion"],
            detail: row["detail"], state: state(shown), hasVanished: shown == "vanished", firstRun: row["run"],
            waiver: value.map {
                Waiver(
                    finding: id, by: row["by"], reason: row["reason"], at: row["at"], until: row["until"],
                    value: UInt64(bitPattern: $0))
            })
    }
}
