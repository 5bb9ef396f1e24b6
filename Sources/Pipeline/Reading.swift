import Importers
import Matching
import Records
import Rules
import Validation
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
        let unnamed = book.sourcesWithoutIDs
        // Looked up while the files are read.
        let registers = SharedWork(
            inputs.inputs.map { input in { @Sendable in try input.register(standing) } }, helpers: min(threads - 1, 1))
        let sources = try Parallel.map(inputs.inputs.count, threads: threads) { index throws -> ImportedSource in
            let input = inputs.inputs[index]
            let source = try input.read(book.schema, standing, threads: threads)
            return unnamed.contains(input.plan.profile.name)
                ? source
                : try input.settled(
                    source, try registers.values()[index], book.schema, standing, threads: threads)
        }
        let exclusions = try standing?.exclusions(book) ?? .none
        var kept = exclusions.apply(to: sources.map(\.table), schema: book.schema)
        // What is stored lacks them already, and the run says the same of it.
        kept.add(erasedBefore: inputs.inputs.map { $0.batch?.counts.leftOut ?? 0 })
        let known = try registers.values()
        let vanished = try inputs.inputs.indices.map {
            try Vanished(inputs.inputs[$0], kept.tables[$0], known[$0], standing)
        }
        let found = zip(sources, vanished).map { $0.issues + $1.issues }
        exports = sources.indices.map { index in
            Export(
                table: kept.stored[index], issues: found[index].filter { !kept.isErased($0) },
                erased: kept.leftOut[index].erased, batch: inputs.inputs[index].batch)
        }
        notices = kept.notices
        issues = found.map { $0.filter { !kept.isLeftOut($0) } }
        losses = inputs.inputs.indices.flatMap { index in
            ExportLoss.all(
                inputs.inputs[index].plan, kept.tables[index], issues: sources[index].issues,
                before: vanished[index].before, gone: vanished[index].gone,
                isNew: vanished[index].isNew)
        }
        begin(.normalise)
        records = RecordNormalizer.normalize(
            schema: book.schema, sources: kept.tables.map { exclusions.withholding(kept.keys, from: $0) },
            threads: threads)
    }
}

extension Exclusions {
    /// The table with the ids that no finding may name: of records that are left out, and of erased ones that its numbers lack.
    fileprivate func withholding(_ keys: Set<RecordKey>, from table: SourceTable) -> SourceTable {
        if digest.isEmpty { return table }
        let leftOut = keys.lazy.filter { $0.source == table.source }.map(\.recordID)
        let erased = RecordNumbers(table).missing(percent: 100).filter { wasErased($0, of: table.source) }
        return table.withholding(Set(leftOut).union(erased))
    }
}

/// What an export lacks of the one before.
private struct Vanished {
    let before: Batch?
    /// `nil` when there is none before, or this is it.
    let gone: WorkspaceStore.Gone?
    let isNew: Bool
    let issues: [ImportIssue]

    init(
        _ input: Inputs.Input, _ table: SourceTable, _ register: RecordRegister?, _ standing: Standing?
    ) throws {
        before = try standing?.exportBefore(input.plan.profile.name)
        isNew = before?.file.sha256 != table.file.sha256
        guard let before, let standing else {
            (gone, issues) = (nil, [])
            return
        }
        if isNew {
            let gone = try standing.store.gone(
                from: before, in: table, register ?? standing.store.register(ofSource: before.source),
                naming: VanishedRecords.mostNamed, at: standing.moment)
            // Of an export that is stored the store says it already.
            (self.gone, issues) = (gone, input.batch == nil ? VanishedRecords.issues(gone, in: table, input.plan) : [])
        } else if input.batch != nil || input.plan.holdsChangesOnly {
            (gone, issues) = (nil, [])
        } else {
            // The same file again: what had vanished when it came is what the store says.
            (gone, issues) = (nil, try standing.store.issues(of: before).filter { $0.check == VanishedRecords.check })
        }
    }
}

extension Inputs.Input {
    fileprivate func read(_ schema: Schema, _ standing: Standing?, threads: Int) throws -> ImportedSource {
        if let batch, let store = standing?.store {
            return ImportedSource(
                table: try store.sourceTable(batch, profile: plan.profile, schema: schema),
                issues: try store.issues(of: batch))
        }
        if plan.holdsChangesOnly { return try readChanges(schema, standing, threads: threads) }
        let source = try Importer.read(plan, path: path, schema: schema, threads: threads)
        try confirm(source.table.file)
        guard let standing, let before = try standing.exportBefore(plan.profile.name) else { return source }
        let isSame = before.file.sha256 == source.table.file.sha256
        // The workspace knows these bytes under another name, and so do all that is made of them again.
        return isSame
            ? ImportedSource(table: source.table.called(before.file.path), issues: source.issues) : source
    }

    private func readChanges(_ schema: Schema, _ standing: Standing?, threads: Int) throws -> ImportedSource {
        let changes = try ImportedChanges(plan, path: path, schema: schema, threads: threads)
        try confirm(changes.file)
        guard let standing, let before = try standing.exportBefore(plan.profile.name) else {
            return changes.whole(after: nil)
        }
        let earlier = try standing.store.sourceTable(before, profile: plan.profile, schema: schema)
        if before.file.sha256 == changes.file.sha256 {
            return ImportedSource(table: earlier, issues: try standing.store.issues(of: before))
        }
        if let batch = try standing.export(changes.file, of: plan.profile.name) { throw takenBefore(batch) }
        return changes.whole(after: earlier)
    }

    /// The records that the workspace knows of the source, for one that is read from its file.
    fileprivate func register(_ standing: Standing?) throws -> RecordRegister? {
        guard batch == nil, let standing, try standing.exportBefore(plan.profile.name) != nil else { return nil }
        return try standing.store.register(ofSource: plan.profile.name)
    }

    /// With the holder of each id: as the workspace has it, when it has the export.
    ///
    /// - Parameter register: of the source, where the workspace has an export of it.
    fileprivate func settled(
        _ source: ImportedSource, _ register: RecordRegister?, _ schema: Schema, _ standing: Standing?, threads: Int
    ) throws -> ImportedSource {
        guard let register, let standing, let before = try standing.exportBefore(plan.profile.name) else {
            return source
        }
        let shared = try standing.store.sharedIDs(of: source.table, before: before, schema: schema)
        let source = shared.renamed.isEmpty ? source : source.called(shared.renamed)
        guard before.file.sha256 == source.table.file.sha256 else {
            return try ReusedIDs.settle(source, before: before, register, standing, schema, threads: threads)
        }
        // The same file again: whose ids they were when it came is what the store says.
        let issues = try standing.store.issues(of: before).filter { ReusedIDs.checks.contains($0.check) }
        return ImportedSource(
            table: try standing.store.held(source.table, by: before),
            issues: source.issues.filter { !ReusedIDs.checks.contains($0.check) } + issues)
    }

    private func takenBefore(_ batch: Batch) -> Failure {
        Failure(
            .badInput, code: "E-RUN-010",
            Text(
                en:
                    "\(plan.profile.name): this export of changes was taken in as batch \(batch.id); taken in again it would undo what later ones brought",
                zh: "\(plan.profile.name)：该变更导出已作为第 \(batch.id) 批导入；再次导入会覆盖之后的变更"),
            at: Place(file: path),
            advice: Text(
                en: "Give the newest one. If it is a new export with the same contents, give it another file name.",
                zh: "请给出最新的变更导出；若确为内容相同的新导出，请换一个文件名。"))
    }
}
