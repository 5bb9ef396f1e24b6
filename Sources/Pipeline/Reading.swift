import Importers
import Matching
import Records
import Rules
import Workspace

/// The first two steps of every run: exports in, normalised records out.
struct Reading {
    let records: RecordTable
    /// What is wrong with the way the exports are written, source by source.
    let issues: [[ImportIssue]]

    /// - Parameter store: where exports come from that are read from the workspace.
    init(
        _ inputs: Inputs, _ book: RuleBook, store: WorkspaceStore? = nil, threads: Int,
        begin: (CleaningStage) -> Void
    ) throws {
        begin(.read)
        let sources = try Parallel.map(inputs.inputs.count, threads: threads) { index throws -> ImportedSource in
            try inputs.inputs[index].read(book.schema, store: store, threads: threads)
        }
        begin(.normalise)
        records = RecordNormalizer.normalize(schema: book.schema, sources: sources.map(\.table), threads: threads)
        issues = sources.map(\.issues)
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
