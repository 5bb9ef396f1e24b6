import GRDB
package import Records

extension WorkspaceStore {
    /// Holds the state of each finding, which is kept beside it for speed, against the newest of its changes. What it says is
    /// sealed.
    static func ledgerProblems(_ db: Database) throws -> [Problem] {
        let states = try Int64.fetchAll(
            db,
            sql: """
                SELECT finding.id FROM finding
                LEFT JOIN (SELECT finding, change, max(run) FROM finding_change GROUP BY finding) AS newest
                    ON newest.finding = finding.id
                WHERE state <> coalesce(change, 'open') AND record NOT IN (SELECT record FROM erasure)
                    AND coalesce(other_record, 0) NOT IN (SELECT record FROM erasure)
                ORDER BY finding.id LIMIT 20
                """)
        return states.map(problem)
    }

    private static func problem(_ finding: Int64) -> Problem {
        let name = "F" + Hex.text(UInt64(bitPattern: finding))
        return Problem(
            kind: .finding,
            message: Text(
                en: "finding \(name): its state is not what the runs made of it", zh: "发现 \(name)：其状态与各次运行的结果不符"))
    }

    /// Findings that a run made and that the ledger has otherwise, or not at all.
    ///
    /// - Parameter findings: of the newest run, made again from what it stood on.
    package func differing(_ findings: [Finding], records: RecordTable, keys: StoredKeys) throws -> [UInt64] {
        let ids = findings.ids(in: records)
        // Of findings with one id the first is the one that is stored.
        let places = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
        var isRight = [Bool](repeating: false, count: findings.count)
        try read { db in
            try BulkQuery(
                db, "SELECT id, kind, \"check\", severity, record, field, other_record, suggestion, detail FROM finding"
            ).eachRow { row in
                guard let place = places[UInt64(bitPattern: row.integer(0))] else { return }
                let finding = findings[place]
                let field = finding.field.map { records.schema.fields[$0].name }
                isRight[place] =
                    row.text(1) == finding.kind.rawValue && row.text(2) == finding.check
                    && row.text(3) == finding.severity.rawValue && row.integer(4) == keys.key(of: finding.row)
                    && (row.isNull(5) ? nil : row.text(5)) == field
                    && row.integer(6) == finding.otherRow.map { keys.key(of: $0) } ?? 0
                    && row.text(7) == finding.suggestion && row.text(8) == finding.detail
            }
        }
        return places.filter { !isRight[$0.value] }.keys.sorted()
    }
}
