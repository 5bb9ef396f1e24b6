import GRDB
package import Records

extension WorkspaceStore {
    /// Records of an export that are not in a later one of the same source.
    package struct Gone: Sendable {
        package let count: Int
        /// Of them those whose id somebody else has in the later one.
        package let reassigned: Int
        /// Ids of the first of the others.
        package let first: [String]
        /// Records of the export.
        package let before: Int
    }

    /// Records that are used for nothing count nowhere.
    ///
    /// - Parameters:
    ///   - register: of the exports' source.
    ///   - most: ids wanted.
    package func gone(
        from batch: Batch, in table: SourceTable, _ register: RecordRegister, naming most: Int,
        at moment: Moment = .now
    ) throws -> Gone {
        try read { db in
            var register = register
            var isPresent = [Bool](repeating: false, count: register.keys.count)
            for key in register.keys(of: table) {
                if let position = register.position(of: key) { isPresent[position] = true }
            }
            let leftOut = Set(
                try Int64.fetchAll(
                    db,
                    sql: "SELECT record FROM (\(RestrictionTable.live(at: moment))) UNION SELECT record FROM erasure"))
            let records = (RecordOrder.decode(try BatchTable.order(of: batch.id, db)) ?? []).map(\.record)
            let before = leftOut.isEmpty ? records : records.filter { !leftOut.contains($0) }
            let gone = before.filter { record in !(register.position(of: record).map { isPresent[$0] } ?? false) }
            let rows = gone.isEmpty ? [] : register.rows(of: table)
            let vanished = gone.filter { register.position(of: $0).map { rows[$0] < 0 } ?? true }
            return Gone(
                count: gone.count, reassigned: gone.count - vanished.count,
                first: vanished.prefix(most).compactMap { register.position(of: $0).map { register.recordID(at: $0) } },
                before: before.count)
        }
    }
}
