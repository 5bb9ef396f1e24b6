import GRDB

/// What a workspace holds that is over its time.
package struct RetentionCut: Sendable {
    /// Days (`YYYY-MM-DD`): what came to an end before them goes. `nil`: nothing does.
    package struct Limits: Sendable {
        package var runs: String?
        package var vanished: String?
        package var superseded: String?
        /// Sources of which nothing goes.
        package var hold: [String]

        package init(runs: String?, vanished: String?, superseded: String?, hold: [String]) {
            self.runs = runs
            self.vanished = vanished
            self.superseded = superseded
            self.hold = hold
        }
    }

    /// Runs whose files go, ascending.
    package let runs: [Int]
    /// Versions of records that vanished, and versions that a later one took the place of.
    package let vanished: [Int64]
    package let superseded: [Int64]
    /// Runs and versions that would go, were they not held: by the rules, or by a restriction.
    package let heldRuns: Int
    package let heldVersions: Int

    package var versions: [Int64] { Set(vanished).union(superseded).sorted() }
    package var isEmpty: Bool { runs.isEmpty && vanished.isEmpty && superseded.isEmpty }

    init(_ limits: Limits, _ db: Database) throws {
        let hold = try JSON.text(limits.hold)
        let runs = try limits.runs.map { day in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, EXISTS (
                        SELECT 1 FROM run_batch JOIN batch ON batch.id = run_batch.batch
                        JOIN source ON source.id = batch.source
                        WHERE run = run.id AND source.name IN (SELECT value FROM json_each(:hold))) AS held
                    FROM run WHERE finished_at < :day AND id NOT IN (SELECT run FROM emptied_run)
                        AND id NOT IN (SELECT max(id) FROM run GROUP BY kind) ORDER BY id
                    """, arguments: ["day": day, "hold": hold])
        }
        let isHeld = runs?.map { row -> Bool in row["held"] } ?? []
        self.runs = zip(runs ?? [], isHeld).filter { !$1 }.map { $0.0["id"] }
        heldRuns = isHeld.count { $0 }
        var held: Set<Int64> = []
        // A version ends with the first export that reads another one, or none, and that nobody took back. What the newest
        // of these reads has not ended, whatever an export that was taken back said since.
        let ends = try JSON.text(try Self.ends(db))
        func versions(_ day: String?, endedBy condition: String) throws -> [Int64] {
            guard let day else { return [] }
            var found: [Int64] = []
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    WITH ends AS MATERIALIZED (
                        SELECT value ->> 'batch' AS batch, value ->> 'at' AS at, value ->> 'newest' AS newest
                        FROM json_each(:ends))
                    SELECT old.id, source.name IN (SELECT value FROM json_each(:hold))
                        OR old.record IN (SELECT record FROM (\(RestrictionTable.live()))) AS held
                    FROM record_version AS old JOIN record ON record.id = old.record
                    JOIN source ON source.id = record.source
                    JOIN record_version AS later ON later.record = old.record AND later.id > old.id
                    JOIN ends ON ends.batch = later.batch
                    WHERE old.cells IS NOT NULL AND ends.at < :day AND \(condition) ORDER BY old.id
                    """, arguments: ["day": day, "hold": hold, "ends": ends])
            while let row = try rows.next() {
                if row["held"] { held.insert(row["id"]) } else { found.append(row["id"]) }
            }
            return found
        }
        superseded = try versions(
            limits.superseded,
            endedBy: """
                later.id = (SELECT min(id) FROM record_version
                    WHERE record = old.record AND id > old.id AND digest IS NOT NULL)
                """)
        vanished = try versions(
            limits.vanished,
            endedBy: """
                later.digest IS NULL AND later.id = (SELECT max(id) FROM record_version
                    WHERE record = old.record AND batch <= ends.newest)
                """)
        heldVersions = held.count
    }

    private struct End: Encodable {
        let batch: Int
        /// When what the batch ended came to its end.
        let at: String
        /// The newest batch of the source that nobody took back.
        let newest: Int
    }

    /// Of each batch with one at or after it that nobody took back.
    private static func ends(_ db: Database) throws -> [End] {
        let live = Dictionary(grouping: try BatchTable.live(db)) { $0.source }
        return try BatchTable.all(db).compactMap { batch in
            guard let live = live[batch.source], let first = live.first(where: { $0.id >= batch.id }),
                let newest = live.last
            else { return nil }
            return End(batch: batch.id, at: first.importedAt, newest: newest.id)
        }
    }
}

extension WorkspaceStore {
    package func retentionCut(_ limits: RetentionCut.Limits) throws -> RetentionCut {
        try read { try RetentionCut(limits, $0) }
    }
}

extension WorkspaceWriter {
    /// Removes cells and the words of findings about them; the files go with `WorkspaceStore.finishErasure`.
    ///
    /// - Parameter event: sequence of the event that says so.
    package func remove(_ cut: RetentionCut, event: Int) throws {
        try remove(versions: cut.versions, event: event)
        let findings = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM finding WHERE content <> 0 AND record IN (
                    SELECT record FROM record_version WHERE id IN (SELECT value FROM json_each(?))) ORDER BY id
                """, arguments: [try JSON.text(cut.vanished)])
        try FindingTable.blank(findings, event: event, db)
        try empty(cut.runs, event: event)
    }
}
