import GRDB

extension WorkspaceStore {
    /// What the event of an erasure says of the key that recognises erased records; the key is made where there is none.
    ///
    /// - Throws: `E-ERA-001`, `E-WS-005` as `RecordToken`.
    package func erasureKeySubject() throws -> String {
        try read { db in
            try RecordToken.making(in: directory, erasedUnder: try RecordToken.subjects(db)).subject
        }
    }

    /// The event by which records, or versions, that a run worked on were erased after it; `nil` when all are there.
    package func erasure(since run: StoredRun) throws -> Int? {
        try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    WITH used AS (
                        SELECT batch.id, batch.source FROM run_batch JOIN batch ON batch.id = run_batch.batch
                        WHERE run_batch.run = :run)
                    SELECT max(event) FROM (
                        SELECT erasure.event FROM erasure JOIN record ON record.id = erasure.record
                            JOIN used ON used.source = record.source
                            JOIN record_version AS version ON version.record = record.id AND version.batch <= used.id
                        WHERE erasure.event > :event
                        UNION ALL
                        SELECT removed.event FROM removed_version AS removed
                            JOIN record_version AS version ON version.id = removed.version
                            JOIN record ON record.id = version.record JOIN used ON used.source = record.source
                        WHERE removed.event > :event AND version.id = (
                            SELECT max(id) FROM record_version WHERE record = version.record AND batch <= used.id))
                    """, arguments: ["run": run.id, "event": run.event])
        }
    }

    /// The newest event by which anything was erased. Findings are worded otherwise by runs too, and never erased alone.
    package func lastErasure() throws -> Int? {
        try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT max(event) FROM (
                        SELECT max(event) AS event FROM erasure
                        UNION ALL SELECT max(event) FROM erased_row WHERE "table" <> 'finding'
                        UNION ALL SELECT max(event) FROM removed_version UNION ALL SELECT max(event) FROM emptied_run)
                    """)
        }
    }
}
