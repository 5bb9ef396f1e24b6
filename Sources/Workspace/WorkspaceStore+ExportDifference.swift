import GRDB

extension WorkspaceStore {
    /// What changes when one export of a source takes the place of another.
    package struct ExportDifference: Sendable, Hashable {
        /// Records that only the new one has.
        package let coming: Int
        /// Records that only the old one has.
        package let going: Int
        /// Records with other cells.
        package let other: Int
    }

    package func difference(from old: Batch, to new: Batch) throws -> ExportDifference {
        try read { db in
            let (before, after) = (try Self.contents(old, db), try Self.contents(new, db))
            return ExportDifference(
                coming: after.keys.count { before[$0] == nil }, going: before.keys.count { after[$0] == nil },
                other: after.count { record, digest in before[record].map { $0 != digest } ?? false })
        }
    }

    /// The records of an export with the first eight bytes of the digests of their cells.
    private static func contents(_ batch: Batch, _ db: Database) throws -> [Int64: UInt64] {
        var newest: [Int64: UInt64] = [:]
        try BulkQuery(
            db,
            """
            SELECT record, digest FROM record_version
            WHERE batch <= ?1 AND batch IN (
                SELECT batch.id FROM batch JOIN source ON source.id = batch.source WHERE source.name = ?2)
            ORDER BY record_version.id
            """, [batch.id, batch.source]
        ).eachRow { row in
            newest[row.integer(0)] = row.bytes(1).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        let records = (RecordOrder.decode(try BatchTable.order(of: batch.id, db)) ?? []).map(\.record)
        return Dictionary(records.map { ($0, newest[$0] ?? 0) }) { first, _ in first }
    }
}
