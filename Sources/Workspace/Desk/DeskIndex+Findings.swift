import GRDB
package import Records

/// Findings that are alike in all that the desk filters by.
package struct DeskFacet: Sendable, Hashable {
    package let check: String
    package let kind: Finding.Kind
    package let severity: Severity
    package let source: String
    package let area: String
    /// Empty for findings about whole records.
    package let field: String

    package init(
        check: String, kind: Finding.Kind, severity: Severity, source: String, area: String, field: String
    ) {
        self.check = check
        self.kind = kind
        self.severity = severity
        self.source = source
        self.area = area
        self.field = field
    }
}

extension DeskIndex {
    /// Takes in the open findings, in the place of those that were there; they are counted by their facets once and for all.
    package func takeFindings(
        _ body: (
            (_ finding: UInt64, _ record: Int64, _ facet: DeskFacet, _ proposes: Bool) throws -> Void
        ) throws -> Void
    ) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM faceted; DELETE FROM facet")
            var facets: [DeskFacet: (number: Int64, count: Int, proposals: Int)] = [:]
            let faceted = try BulkStatement(
                db, "INSERT INTO faceted (facet, finding, record, proposes) VALUES (?, ?, ?, ?)")
            try body { finding, record, facet, proposes in
                let number = facets[facet]?.number ?? Int64(facets.count + 1)
                facets[facet, default: (number, 0, 0)].count += 1
                if proposes { facets[facet]?.proposals += 1 }
                faceted.bind(number, at: 1)
                faceted.bind(Int64(bitPattern: finding), at: 2)
                faceted.bind(record, at: 3)
                faceted.bind(Int64(proposes ? 1 : 0), at: 4)
                try faceted.run()
            }
            for (facet, (number, count, proposals)) in facets {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO facet (id, "check", kind, severity, source, area, field, findings, proposals)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """
                ).execute(arguments: [
                    number, facet.check, facet.kind.rawValue, facet.severity.rawValue, facet.source, facet.area,
                    facet.field, count, proposals,
                ])
            }
            try db.execute(sql: "CREATE INDEX IF NOT EXISTS faceted_record ON faceted (record)")
            try Self.noteChangedFacets(db)
        }
    }

    /// Facets are read once for each value of this mark.
    private static func noteChangedFacets(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO mark VALUES ('facets', '1')
                ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)
                """)
    }

    /// All facets with the number of their findings, the gravest and most frequent first.
    package func facets() throws -> DeskFacets {
        try read { db in
            let state =
                try db.value(
                    String.self,
                    sql: """
                        SELECT group_concat(name || ' ' || value, ' ') FROM
                            (SELECT name, value FROM mark WHERE name IN ('run', 'erasure', 'facets') ORDER BY name)
                        """) ?? ""
            if let known = memory.facets(state) { return known }
            let found = try db.rows(
                sql: #"SELECT id, findings, "check", kind, severity, source, area, field FROM facet WHERE findings > 0"#
            ).map { row in (id: row[0] as Int64, facet: Self.facet(row), findings: row[1] as Int) }
            let facets = DeskFacets(
                found.sorted {
                    ($1.facet.severity, $1.findings, $0.facet.check, $0.id) < (
                        $0.facet.severity, $0.findings, $1.facet.check, $1.id
                    )
                })
            memory.remember(facets, state)
            return facets
        }
    }

    /// Of a row whose third column is the check.
    private static func facet(_ row: Row) -> DeskFacet {
        DeskFacet(
            check: row[2], kind: Finding.Kind(rawValue: row[3]) ?? .error,
            severity: Severity(rawValue: row[4]) ?? .info,
            source: row[5], area: row[6], field: row[7])
    }

    /// What some findings have in common with others, by finding.
    package func facets(ofFindings ids: Set<UInt64>) throws -> [UInt64: DeskFacet] {
        let list = try JSON.text(ids.map { Int64(bitPattern: $0) }.sorted())
        return try read { db in
            let rows = try db.rows(
                sql: """
                    SELECT finding, findings, "check", kind, severity, source, area, field
                    FROM faceted JOIN facet ON facet.id = facet WHERE finding IN (SELECT value FROM json_each(?))
                    """, arguments: [list])
            return Dictionary(rows.map { (UInt64(bitPattern: $0[0] as Int64), Self.facet($0)) }) { first, _ in first }
        }
    }

    /// Of some facets, the findings that propose a value, facet by facet.
    ///
    /// - Parameters:
    ///   - settled: findings that are left out.
    ///   - start: how many of the others to leave out.
    /// - Returns: also how many there are in all, and how many of them are settled.
    package func proposals(
        ofFacets facets: [Int64], without settled: Set<UInt64>, from start: Int = 0, limit: Int
    ) throws -> (findings: [UInt64], total: Int, settled: Int) {
        let (wanted, known) = (
            try JSON.text(facets), try JSON.text(settled.map { Int64(bitPattern: $0) }.sorted())
        )
        return try read { db in
            let counts = try db.rows(
                sql: """
                    SELECT facet.id, proposals, (SELECT count(*) FROM faceted WHERE facet = facet.id AND proposes
                        AND finding IN (SELECT value FROM json_each(?2)))
                    FROM json_each(?1) AS wanted CROSS JOIN facet ON facet.id = wanted.value ORDER BY wanted.key
                    """, arguments: [wanted, known]
            ).map { row in (id: row[0] as Int64, all: row[1] as Int, settled: row[2] as Int) }
            var (left, found): (Int, [UInt64]) = (max(0, start), [])
            for (id, all, settled) in counts where found.count < limit {
                if left >= all - settled {
                    left -= all - settled
                    continue
                }
                found += try db.values(
                    Int64.self,
                    sql: """
                        SELECT finding FROM faceted WHERE facet = ?1 AND proposes
                            AND finding NOT IN (SELECT value FROM json_each(?2)) ORDER BY finding LIMIT ?3 OFFSET ?4
                        """, arguments: [id, known, limit - found.count, left]
                ).map { UInt64(bitPattern: $0) }
                left = 0
            }
            return (found, counts.reduce(0) { $0 + $1.all - $1.settled }, counts.reduce(0) { $0 + $1.settled })
        }
    }

    /// Findings of some facets, facet by facet.
    ///
    /// - Parameters:
    ///   - facets: with how many findings each has.
    ///   - start: how many to leave out.
    package func findings(
        ofFacets facets: [(id: Int64, findings: Int)], from start: Int = 0, limit: Int
    ) throws -> [UInt64] {
        try read { db in
            var (left, found): (Int, [UInt64]) = (max(0, start), [])
            for (id, findings) in facets where found.count < limit {
                if left >= findings {
                    left -= findings
                    continue
                }
                found += try db.values(
                    Int64.self, sql: "SELECT finding FROM faceted WHERE facet = ? ORDER BY finding LIMIT ? OFFSET ?",
                    arguments: [id, limit - found.count, left]
                ).map { UInt64(bitPattern: $0) }
                left = 0
            }
            return found
        }
    }

    /// Open findings about records.
    package func findings(about records: Set<Int64>) throws -> [UInt64] {
        try read { db in
            try db.values(
                Int64.self,
                sql: """
                    SELECT finding FROM faceted WHERE record IN (SELECT value FROM json_each(?)) ORDER BY finding
                    """, arguments: [try JSON.text(records.sorted())]
            ).map { UInt64(bitPattern: $0) }
        }
    }

    /// Takes findings out that nobody has to look at any more.
    package func remove(findings: [UInt64]) throws {
        try write { db in
            let list = try JSON.text(findings.map { Int64(bitPattern: $0) })
            try db.execute(
                sql: """
                    UPDATE facet SET
                        findings = findings - (SELECT count(*) FROM faceted
                            WHERE facet = facet.id AND finding IN (SELECT value FROM json_each(?1))),
                        proposals = proposals - (SELECT count(*) FROM faceted
                            WHERE facet = facet.id AND proposes AND finding IN (SELECT value FROM json_each(?1)))
                    WHERE id IN (SELECT facet FROM faceted WHERE finding IN (SELECT value FROM json_each(?1)))
                    """, arguments: [list])
            try db.execute(
                sql: "DELETE FROM faceted WHERE finding IN (SELECT value FROM json_each(?))", arguments: [list])
            try Self.noteChangedFacets(db)
        }
    }

    // MARK: Search

    /// Records that have one of the words people search by, whole.
    package func records(ofWord word: String, limit: Int) throws -> [Int64] {
        try read { db in
            try db.values(
                Int64.self, sql: "SELECT DISTINCT record FROM term WHERE key = ?1 ORDER BY record LIMIT ?2",
                arguments: [word, max(0, limit)])
        }
    }

    /// Records that one of the words people search by begins with, in the order of the words.
    package func records(beginningWith word: String, limit: Int) throws -> [Int64] {
        if word.isEmpty { return [] }
        return try read { db in
            try db.values(
                Int64.self,
                sql: """
                    SELECT record FROM term WHERE key >= ?1 AND key < ?1 || char(1114111)
                    GROUP BY record ORDER BY min(key), record LIMIT ?2
                    """, arguments: [word, max(0, limit)])
        }
    }
}
