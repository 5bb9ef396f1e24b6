import GRDB
package import Records

/// What became of the findings of one check in one source between two runs.
package struct StoredFindingShift: Sendable {
    package let check: String
    package let kind: Finding.Kind
    package let severity: Severity
    package let source: String
    /// `nil`: the earlier run did not know them.
    package let wasOpen: Bool?
    package let isOpen: Bool
    /// Gone because a record left its export.
    package let hasVanished: Bool
    package let count: Int
}

extension WorkspaceStore {
    /// All findings that a later run knows, counted by what they were after an earlier one and what they are after it.
    /// Severities are those of the newest wording.
    /// Findings that a run does not make any more, by what they were.
    package func resolved(by update: LedgerUpdate) throws -> [StoredFindingShift] {
        let gone = update.resolved
        if gone.isEmpty { return [] }
        return try read { db in
            try [(gone.healed, false), (gone.vanished, true)].flatMap { ids, hasVanished in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT "check", kind, severity, source.name, count(*)
                        FROM json_each(?) AS id JOIN finding ON finding.id = id.value
                        JOIN record ON record.id = finding.record JOIN source ON source.id = record.source
                        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
                        """, arguments: [try JSON.text(ids)]
                ).map { row in
                    StoredFindingShift(
                        check: row[0], kind: Finding.Kind(rawValue: row[1]) ?? .error,
                        severity: Severity(rawValue: row[2]) ?? .info, source: row[3], wasOpen: true, isOpen: false,
                        hasVanished: hasVanished, count: row[4])
                }
            }
        }
    }

    package func findingShifts(after earlier: Int, until later: Int) throws -> [StoredFindingShift] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    WITH shifted AS (
                        SELECT "check", kind, severity, record,
                            CASE WHEN run > :earlier THEN NULL ELSE coalesce((
                                SELECT change FROM finding_change WHERE finding = finding.id AND run <= :earlier
                                ORDER BY run DESC LIMIT 1), 'open') END AS before,
                            coalesce((SELECT change FROM finding_change WHERE finding = finding.id AND run <= :later
                                ORDER BY run DESC LIMIT 1), 'open') AS after
                        FROM finding WHERE run <= :later)
                    SELECT "check", kind, severity, source.name, before, after, count(*)
                    FROM shifted JOIN record ON record.id = shifted.record JOIN source ON source.id = record.source
                    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
                    """, arguments: ["earlier": earlier, "later": later]
            ).map { row in
                func isOpen(_ state: String) -> Bool { state == "open" || state == "returned" }
                let (before, after): (String?, String) = (row[4], row[5])
                return StoredFindingShift(
                    check: row[0], kind: Finding.Kind(rawValue: row[1]) ?? .error,
                    severity: Severity(rawValue: row[2]) ?? .info, source: row[3], wasOpen: before.map(isOpen),
                    isOpen: isOpen(after), hasVanished: after == "vanished", count: row[6])
            }
        }
    }
}
