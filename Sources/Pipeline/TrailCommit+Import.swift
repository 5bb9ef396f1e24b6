import Reconciliation
import Records
import Workspace

/// An export that was handed to a workspace.
struct TakenExport {
    let batch: Batch
    /// False: the workspace had it already.
    let isNew: Bool
}

extension TrailCommit {
    /// Stores what was read: records that the workspace does not have, new versions of those that changed, and who is gone.
    ///
    /// - Parameter time: UTC, ISO 8601, to the second.
    mutating func take(_ reading: Reading, at time: String) throws -> [TakenExport] {
        try reading.exports.map { export in
            if let batch = export.batch { return TakenExport(batch: batch, isNew: false) }
            let result = try writer.importBatch(
                export.table, issues: export.issues, leftOut: export.erased, schema: reading.records.schema,
                time: time, event: sequence + 1)
            guard case .imported(let batch) = result else { return TakenExport(batch: result.batch, isNew: false) }
            try add(
                .batchImported(
                    batch: batch.id, source: batch.source, file: batch.file, digest: batch.digest,
                    records: batch.counts.records, new: batch.counts.new, reassigned: batch.counts.reassigned,
                    changed: batch.counts.changed, unchanged: batch.counts.unchanged, vanished: batch.counts.vanished))
            return TakenExport(batch: batch, isNew: true)
        }
    }
}
