import GRDB
package import Records

extension WorkspaceStore {
    /// How many records of an export are not in a later one of the same source, and how many it has; those that are used for
    /// nothing count in neither.
    package func lost(
        from batch: Batch, in table: SourceTable, at moment: Moment = .now
    ) throws -> (lost: Int, count: Int) {
        try read { db in
            var register = try RecordTables.register(ofSource: batch.source, db)
            let present = Set(register.keys(of: table))
            let leftOut = Set(
                try Int64.fetchAll(
                    db,
                    sql: "SELECT record FROM (\(RestrictionTable.live(at: moment))) UNION SELECT record FROM erasure"))
            let records = (RecordOrder.decode(try BatchTable.order(of: batch.id, db)) ?? []).map(\.record)
            let before = leftOut.isEmpty ? records : records.filter { !leftOut.contains($0) }
            return (before.count { !present.contains($0) }, before.count)
        }
    }
}
