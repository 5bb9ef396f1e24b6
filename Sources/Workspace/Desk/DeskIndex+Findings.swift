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
        _ body: ((_ finding: UInt64, _ record: Int64, _ facet: DeskFacet) throws -> Void) throws -> Void
    ) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM faceted; DELETE FROM facet")
            var facets: [DeskFacet: (number: Int64, count: Int)] = [:]
            let faceted = try BulkStatement(db, "INSERT INTO faceted (facet, finding, record) VALUES (?, ?, ?)")
            try body { finding, record, facet in
                let number = facets[facet]?.number ?? Int64(facets.count + 1)
                facets[facet, default: (number, 0)].count += 1
                faceted.bind(number, at: 1)
                faceted.bind(Int64(bitPattern: finding), at: 2)
                faceted.bind(record, at: 3)
                try faceted.run()
            }
            for (facet, (number, count)) in facets {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO facet (id, "check", kind, severity, source, area, field, findings)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """
                ).execute(arguments: [
                    number, facet.check, facet.kind.rawValue, facet.severity.rawValue, facet.source, facet.area,
                    facet.field, count,
                ])
            }
            try db.execute(sql: "CREATE INDEX IF NOT EXISTS faceted_record ON faceted (record)")
        }
    }

    /// All facets with the number of their findings, the gravest and most frequent first; read once for each state.
    package func facets() throws -> [(id: Int64, facet: DeskFacet, findings: Int)] {
        try read { db in
            let state =
                try String.fetchOne(
                    db,
                    sql: """
                        SELECT (SELECT group_concat(name || value) FROM mark WHERE name IN ('run', 'findings', 'erasure'))
                            || ' ' || count(*) || ' ' || total(findings) FROM facet
                        """) ?? ""
            if let known = memory.facets(state) { return known }
            let facets = try Row.fetchAll(
                db,
                sql: #"SELECT id, findings, "check", kind, severity, source, area, field FROM facet WHERE findings > 0"#
            ).map { row -> (id: Int64, facet: DeskFacet, findings: Int) in
                (
                    row[0],
                    DeskFacet(
                        check: row[2], kind: Finding.Kind(rawValue: row[3]) ?? .error,
                        severity: Severity(rawValue: row[4]) ?? .info, source: row[5], area: row[6], field: row[7]),
                    row[1]
                )
            }.sorted {
                ($1.facet.severity, $1.findings, $0.facet.check, $0.id) < (
                    $0.facet.severity, $0.findings, $1.facet.check, $1.id
                )
            }
            memory.remember(facets, state)
            return facets
        }
    }

    /// What some findings have in common with others, by finding.
    package func facets(ofFindings ids: Set<UInt64>) throws -> [UInt64: DeskFacet] {
        let list = try JSON.text(ids.map { Int64(bitPattern: $0) }.sorted())
        let known = Dictionary(try facets().map { ($0.id, $0.facet) }) { first, _ in first }
        return try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT facet.id, finding FROM facet JOIN faceted ON facet.id = faceted.facet
                    WHERE finding IN (SELECT value FROM json_each(?))
                    """, arguments: [list])
            return Dictionary(
                rows.compactMap { row in
                    known[row[0]].map { (UInt64(bitPattern: row[1] as Int64), $0) }
                }
            ) { first, _ in first }
        }
    }

    /// Findings of some facets, facet by facet.
    package func findings(ofFacets facets: [Int64], from start: Int = 0, limit: Int) throws -> [UInt64] {
        try read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT finding FROM json_each(?) AS wanted JOIN faceted ON facet = wanted.value
                    ORDER BY wanted.key, finding LIMIT \(max(0, limit)) OFFSET \(max(0, start))
                    """, arguments: [try JSON.text(facets)]
            ).map { UInt64(bitPattern: $0) }
        }
    }

    /// Open findings about records.
    package func findings(about records: Set<Int64>) throws -> [UInt64] {
        try read { db in
            try Int64.fetchAll(
                db,
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
                    UPDATE facet SET findings = findings - (SELECT count(*) FROM faceted
                        WHERE facet = facet.id AND finding IN (SELECT value FROM json_each(?1)))
                    WHERE id IN (SELECT facet FROM faceted WHERE finding IN (SELECT value FROM json_each(?1)))
                    """, arguments: [list])
            try db.execute(
                sql: "DELETE FROM faceted WHERE finding IN (SELECT value FROM json_each(?))", arguments: [list])
        }
    }

    // MARK: Search

    /// Records that one of the words people search by begins with, in the order of the words.
    package func records(beginningWith word: String, limit: Int) throws -> [Int64] {
        if word.isEmpty { return [] }
        return try read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT record FROM term WHERE key >= ?1 AND key < ?1 || char(1114111)
                    GROUP BY record ORDER BY min(key), record LIMIT \(max(0, limit))
                    """, arguments: [word])
        }
    }
}
