import Importers
import Matching
import Records
import Rules
import Workspace

/// The first two steps of every run: exports in, normalised records out.
struct Reading {
    /// An export as it is stored: restricted records are in it, erased ones are not.
    struct Export {
        let table: SourceTable
        let issues: [ImportIssue]
        /// Records of the export that were erased before.
        let erased: Int
        /// Under which the workspace has it; `nil` for one that was read from its file.
        let batch: Batch?
    }

    let exports: [Export]
    /// Of the records that may be used.
    let records: RecordTable
    /// What is wrong with the way the exports are written, source by source.
    let issues: [[ImportIssue]]
    /// Records that were left out because nobody may use them.
    let notices: [Text]
    /// Exports that break off, or that lack most records of the one before.
    let losses: [ExportLoss]

    /// - Parameter standing: of the workspace that the run is for.
    init(
        _ inputs: Inputs, _ book: RuleBook, standing: Standing? = nil, threads: Int,
        begin: (CleaningStage) -> Void
    ) throws {
        begin(.read)
        let sources = try Parallel.map(inputs.inputs.count, threads: threads) { index throws -> ImportedSource in
            try inputs.inputs[index].read(book.schema, store: standing?.store, threads: threads)
        }
        var kept = try (standing?.exclusions(book) ?? .none).apply(to: sources.map(\.table), schema: book.schema)
        // What is stored lacks them already, and the run says the same of it.
        kept.add(erasedBefore: inputs.inputs.map { $0.batch?.counts.leftOut ?? 0 })
        exports = sources.indices.map { index in
            Export(
                table: kept.stored[index], issues: sources[index].issues.filter { !kept.isErased($0) },
                erased: kept.leftOut[index].erased, batch: inputs.inputs[index].batch)
        }
        notices = kept.notices
        issues = sources.map { $0.issues.filter { !kept.isLeftOut($0) } }
        losses = try zip(inputs.inputs, zip(kept.tables, sources)).flatMap { input, read in
            try ExportLoss.all(input.plan, read.0, issues: read.1.issues, standing: standing)
        }
        begin(.normalise)
        records = RecordNormalizer.normalize(schema: book.schema, sources: kept.tables, threads: threads)
    }
}

extension Inputs.Input {
    fileprivate func read(_ schema: Schema, store: WorkspaceStore?, threads: Int) throws -> ImportedSource {
        if let batch, let store {
            return ImportedSource(
                table: try store.sourceTable(batch, profile: plan.profile, schema: schema),
                issues: try store.issues(of: batch))
        }
        let source = try Importer.read(plan, path: path, schema: schema, threads: threads)
        try confirm(source.table.file)
        return source
    }
}
