import Foundation
import Matching
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
        /// Events of the decisions it took in that do not count until a second person approves them.
        package var waiting: [Int] = []
        /// What was not taken in of the decisions that were given.
        package var notices: [Text] = []
        /// What moved further than the rule book allows and held nothing back; only where the request asks.
        package var alarms: [Alarm] = []
    }

    package static func run(
        _ request: CleaningRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let open = try WorkspaceStore.open(for: request)
        let book = try RuleBook(request, open)
        let inputs = try Inputs(request, book, open)
        try DecisionsFile.check(request, book, inputs)
        // A workspace is only made once the exports have been read.
        try ExportLoss.check(accepted: request.acceptedLosses, book)
        let known = RunStore.exists(request, book: book, inputs: inputs)
        let earlier = known ? try RunStore(request, book: book, inputs: inputs, open: open) : nil
        if let done = try earlier?.unchangedRun() { return done }

        var stages = Stages(progress)
        let reading = try Reading(inputs, book, standing: earlier?.standing, threads: request.threads) {
            stages.begin($0)
        }
        if request.isFromExports { try ExportLoss.check(reading.losses, request) }
        let store = try earlier ?? RunStore(request, book: book, inputs: inputs)
        let long = LongComparison(
            path: MatchCacheFile.piecesPath(in: store.store.directory), tool: Version.text, advance: request.advance)
        let lookup = SharedWork(
            [{ @Sendable [standing = store.standing, records = reading.records] in try standing.known(records) }],
            helpers: request.threads - 1)
        let cleaned = try Cleaned(
            reading, inputs, book, store.standing, model: store.model, kept: store.keptMatching, long: long,
            scoring: request.scoring, known: lookup, threads: request.threads
        ) { stages.begin($0) }
        let outcome = try write(cleaned, to: store, request, &stages)
        long.delete()
        return outcome
    }

    private static func write(
        _ cleaned: Cleaned, to store: RunStore, _ request: CleaningRequest, _ stages: inout Stages
    ) throws -> Outcome {
        stages.begin(.write)
        let outputs = try cleaned.outputs(language: request.language, threads: request.threads)
        let alarms = try RunGate.check(request.gate, outputs, cleaned, store.store)
        var written: RunOutputs.Written?
        try Outbox.write(to: store.outputFolder) { outbox in
            // The store takes in the records while the files are written; it commits when they are all there.
            let maker = outbox.maker
            let writing = outputs.writing(with: maker, helpers: request.threads - 1)
            let stored = Result {
                try store.commit(
                    cleaned.reading, cleaned.findings, cleaned.update,
                    RunStore.Persons(
                        assignment: cleaned.assignment, count: cleaned.master.count, model: cleaned.matched.model?.text),
                    with: maker
                ) {
                    let made = try writing.finish()
                    written = made
                    return RunStore.Files(
                        all: made.files, model: made.model, account: try RunHistory.text(RunPoint(made.facts)),
                        facts: made.facts)
                }
            }
            try writing.settle()
            let checkpoint = try stored.get()
            guard let written else { preconditionFailure("who commits has asked for the files") }
            for file in written.files + [checkpoint].compactMap({ $0 }) { outbox.add(file) }
            stages.begin(.store, at: written.finished)
        } manifest: { files, sink in
            written?.facts.measured = stages.measured(threads: request.threads, startedAt: request.clock.now)
            written?.facts.registry = try store.store.registryName()
            if let written { try RunJSON.write(written.facts, files: files, to: &sink) }
        }
        guard let facts = written?.facts else { preconditionFailure("a folder that is complete has its facts") }
        if let model = written?.model {
            store.keep(cleaned.matched.outcome, for: model, threads: request.threads)
        }
        return Outcome(
            facts: facts, output: store.outputFolder, workspace: store.store.directory, run: store.standing.run,
            worst: facts.worst, moves: cleaned.moves, waiting: store.waiting,
            notices: store.notices, alarms: alarms)
    }

    /// That of the files of the newest run; `nil` before the first.
    package static func language(of workspace: String) throws -> Language? {
        try WorkspaceStore.openReadOnly(directory: workspace).lastRun()?.language
    }

    /// The sentence for one finding.
    static func message(
        _ finding: Finding, _ view: RecordView, _ language: Language, _ plan: ValidationPlan
    ) -> Phrase {
        DuplicateFindings.message(finding, view, language) ?? OverrideFindings.message(finding, view, language)
            ?? ContradictionFindings.message(finding, view, language) ?? Conflicts.message(finding, view, language)
            ?? Validator.message(of: finding, in: view, plan: plan, language)
    }

    /// What a check looks for, in a few words.
    static func title(_ check: String, _ plan: ValidationPlan) -> Text {
        DuplicateFindings.title(check) ?? OverrideFindings.title(check)
            ?? ContradictionFindings.title(check) ?? (check == Conflicts.check ? Conflicts.title : nil)
            ?? Validator.title(of: check, plan: plan)
            ?? Text(en: check, zh: check)
    }
}

extension RuleBook {
    /// The one that is named, or else the one that the workspace used last.
    init(_ request: CleaningRequest, _ open: WorkspaceStore?) throws {
        if let path = request.rulesPath {
            self = try .load(path: path)
            return
        }
        guard let open else { preconditionFailure("a run that names no rules takes those of its workspace") }
        guard let stored = try open.ruleBook() else { throw Speaker.noRun(open) }
        self = try .parse(stored.text, path: stored.path)
    }
}

extension Inputs {
    /// The exports that are named, or else those that the workspace has.
    init(_ request: CleaningRequest, _ book: RuleBook, _ open: WorkspaceStore?) throws {
        if let open, !request.isFromExports {
            try self.init(book, batches: try open.newestBatches())
        } else {
            try self.init(
                book, paths: request.paths, stored: request.fillsFromStore ? try open?.newestBatches() ?? [] : [])
        }
    }
}

extension WorkspaceStore {
    /// The workspace that a run takes its rules or exports from: its lock comes first, or what is read would be older than
    /// what another run stores meanwhile. `nil` for a run that takes nothing from it.
    static func open(for request: CleaningRequest) throws -> WorkspaceStore? {
        if request.rulesPath != nil, request.isFromExports, !request.fillsFromStore { return nil }
        return try openExisting(directory: request.workspace ?? "")
    }

    /// Of each source the newest export that nobody took back.
    func newestBatches(at moment: Moment = .now) throws -> [Batch] {
        let batches = Dictionary(try liveBatches(at: moment).map { ($0.source, $0) }) { _, last in last }
        return batches.values.sorted { $0.id < $1.id }
    }
}
