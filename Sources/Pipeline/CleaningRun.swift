import Foundation
import Reconciliation
package import Records
package import Reports
import Rules
import Validation
import Workspace

/// The whole line: exports in, one clean data set out, with findings, corrections, an audit trail and a report.
///
/// What was read (`Reading`) is worked out (`Cleaned`), written (`RunOutputs`) and stored (`RunStore`).
package enum CleaningRun {
    package struct Outcome: Sendable {
        /// `nil` when nothing was to do: inputs, rules and decisions are those of the newest run, and its outputs are
        /// there as it wrote them.
        package let facts: RunFacts?
        /// The folder with the run's files.
        package let output: String
        package let workspace: String
        /// Number of the run in the workspace.
        package let run: Int
        /// The gravest finding.
        package let worst: Severity?
        /// Records that stand for another person than in the run before.
        package var moves: [IdentityMove] = []
    }

    package static func run(
        _ request: CleaningRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let book = try RuleBook(request)
        let inputs = try Inputs(request, book)
        // A workspace is only made once the exports have been read.
        let known = RunStore.exists(request, book: book, inputs: inputs)
        let earlier = known ? try RunStore(request, book: book, inputs: inputs) : nil
        if let done = try earlier?.unchangedRun() { return done }

        var stages = Stages(progress)
        let reading = try Reading(inputs, book, standing: earlier?.standing, threads: request.threads) {
            stages.begin($0)
        }
        let store = try earlier ?? RunStore(request, book: book, inputs: inputs)
        let cleaned = try Cleaned(
            reading, inputs, book, store.standing, model: try store.model?.read(), threads: request.threads
        ) { stages.begin($0) }
        return try write(cleaned, to: store, request, &stages)
    }

    private static func write(
        _ cleaned: Cleaned, to store: RunStore, _ request: CleaningRequest, _ stages: inout Stages
    ) throws -> Outcome {
        stages.begin(.write)
        let outputs = try cleaned.outputs(language: request.language, threads: request.threads)
        var known: RunFacts?
        try Outbox.write(to: store.outputFolder) { outbox in
            // The store takes in the records while the files are written; it commits when they are all there.
            let maker = outbox.maker
            let writing = outputs.writing(with: maker, helpers: request.threads - 1)
            var written: RunOutputs.Written?
            let stored = Result {
                try store.commit(
                    cleaned.reading, cleaned.findings, cleaned.update,
                    RunStore.Persons(assignment: cleaned.assignment, count: cleaned.master.count), with: maker
                ) {
                    let made = try writing.finish()
                    written = made
                    return made.files
                }
            }
            try writing.settle()
            let checkpoint = try stored.get()
            guard let written else { preconditionFailure("who commits has asked for the files") }
            for file in written.files + [checkpoint].compactMap({ $0 }) { outbox.add(file) }
            stages.begin(.store, at: written.finished)
            known = written.facts
        } manifest: { files, sink in
            known?.measured = stages.measured(threads: request.threads, startedAt: request.clock.now)
            if let known { try RunJSON.write(known, files: files, to: &sink) }
        }
        guard let facts = known else { preconditionFailure("an outbox that is written has its facts") }
        return Outcome(
            facts: facts, output: store.outputFolder, workspace: store.store.directory, run: store.standing.run,
            worst: facts.worst, moves: cleaned.moves)
    }

    /// The sentence for one finding.
    static func message(
        _ finding: Finding, _ view: RecordView, _ language: Language, _ plan: ValidationPlan
    ) -> Phrase {
        DuplicateFindings.message(finding, view, language) ?? OverrideFindings.message(finding, view, language)
            ?? Conflicts.message(finding, view, language)
            ?? Validator.message(of: finding, in: view, plan: plan, language)
    }

    /// What a check looks for, in a few words.
    static func title(_ check: String, _ plan: ValidationPlan) -> Text {
        DuplicateFindings.title(check) ?? OverrideFindings.title(check)
            ?? (check == Conflicts.check ? Conflicts.title : nil) ?? Validator.title(of: check, plan: plan)
            ?? Text(en: check, zh: check)
    }
}

extension RuleBook {
    /// The one that is named, or else the one that the workspace used last.
    init(_ request: CleaningRequest) throws {
        if let path = request.rulesPath {
            self = try .load(path: path)
            return
        }
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace ?? "")
        guard let stored = try store.ruleBook() else { throw Speaker.noRun(store) }
        self = try .parse(stored.text, path: stored.path)
    }
}

extension Inputs {
    /// The exports that are named, or else those that the workspace has.
    init(_ request: CleaningRequest, _ book: RuleBook) throws {
        if request.isFromExports {
            try self.init(book, paths: request.paths)
        } else {
            let store = try WorkspaceStore.openReadOnly(directory: request.workspace ?? "")
            try self.init(book, batches: try store.newestBatches())
        }
    }
}

extension WorkspaceStore {
    /// Of each source the newest export that nobody took back.
    func newestBatches(at moment: Moment = .now) throws -> [Batch] {
        let batches = Dictionary(try liveBatches(at: moment).map { ($0.source, $0) }) { _, last in last }
        return batches.values.sorted { $0.id < $1.id }
    }
}
