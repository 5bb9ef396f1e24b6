import Foundation
import Importers
import Matching
import Reconciliation
package import Records
package import Reports
import Rules
import Validation
import Workspace

/// Checking alone: exports in, findings and rates out, nothing compared.
///
/// Without a workspace it keeps nothing. With one, the records are stored and the ledger of findings is brought up to date
/// for the checks that were made, those of linked records as the last matching linked them; what only matching finds stays as it is.
package enum CheckRun {
    package struct Outcome: Sendable {
        /// `nil` when nothing was to do: exports, rules and waivers are those of the newest check.
        package let facts: RunFacts?
        /// The folder with the run's files.
        package let output: String
        /// `nil` where nothing is kept.
        package let workspace: String?
        /// Number of the run in the workspace.
        package let run: Int?
        /// The gravest finding that counts.
        package let worst: Severity?
    }

    /// - Parameter request: its decisions are not looked at; no workspace in it: none is used.
    package static func run(
        _ request: CleaningRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let open = try WorkspaceStore.open(for: request)
        let book = try RuleBook(request, open)
        try ExportLoss.check(accepted: request.acceptedLosses, book)
        let inputs = try Inputs(book, paths: request.paths, hashing: request.workspace != nil)
        // A workspace is only made once the exports have been read.
        let known = request.workspace != nil && RunStore.exists(request, book: book, inputs: inputs)
        let earlier = known ? try RunStore(request, book: book, inputs: inputs, kind: .check, open: open) : nil
        if let done = try earlier?.unchangedRun() {
            return Outcome(
                facts: nil, output: done.output, workspace: done.workspace, run: done.run, worst: done.worst)
        }

        var stages = Stages(progress)
        let reading = try Reading(inputs, book, standing: earlier?.standing, threads: request.threads) {
            stages.begin($0)
        }
        // Without a workspace nothing follows from what is not there.
        if request.workspace != nil { try ExportLoss.check(reading.losses, request) }
        let store =
            request.workspace == nil
            ? nil : try earlier ?? RunStore(request, book: book, inputs: inputs, kind: .check)
        stages.begin(.check)
        let checked = try Checked(
            reading, book, store?.standing, today: request.clock.today, threads: request.threads)
        return try write(checked, inputs, to: store, request, &stages)
    }

    /// What a stored run found of the records, found out again.
    ///
    /// - Throws: `E-RPL-002`.
    static func findings(
        of run: StoredRun, _ store: WorkspaceStore, threads: Int, begin: (CleaningStage) -> Void
    ) throws -> (findings: [Finding], records: RecordTable, keys: StoredKeys) {
        guard let rules = try store.ruleBook(sha256: run.rules) else { throw ReplayRun.incomplete(run, store) }
        let book = try RuleBook.parse(rules.text, path: rules.path)
        let inputs = try Inputs(book, batches: try store.batches().filter { run.batches.contains($0.id) })
        let standing = try Standing(store, of: run)
        let reading = try Reading(inputs, book, standing: standing, threads: threads, begin: begin)
        let checked = try Checked(reading, book, standing, today: run.day, threads: threads)
        return (checked.findings, reading.records, try standing.keys(of: reading.records))
    }

    /// What checking alone finds out.
    private struct Checked {
        let book: RuleBook
        let reading: Reading
        let validation: ValidationPlan
        let findings: [Finding]
        /// `nil` where nothing is kept.
        let update: LedgerUpdate?
        let ledger: Ledger

        init(_ reading: Reading, _ book: RuleBook, _ standing: Standing?, today: String, threads: Int) throws {
            let records = reading.records
            let validation = book.validation(
                today: today, earlier: try standing?.earlierStates(of: records, book) ?? [])
            let validator = try Validator(records, plan: validation, threads: threads)
            var findings = try validator.check()
            update = try standing.map { standing in
                // Whose records belong together is known since they were matched.
                let (keys, membership) = try standing.known(records)
                if membership.isKnown {
                    findings = try validator.checkLinked(findings, groups: membership.groups, unmerged: nil)
                }
                return try standing.ledger(
                    findings, records, keys, checks: Validator.checks(of: validation, linked: membership.isKnown),
                    threads: threads)
            }
            ledger = update?.ledger ?? Ledger(findings, in: records)
            self.book = book
            self.reading = reading
            self.validation = validation
            self.findings = findings
        }
    }

    private static func write(
        _ checked: Checked, _ inputs: Inputs, to store: RunStore?, _ request: CleaningRequest, _ stages: inout Stages
    ) throws -> Outcome {
        let (book, records, findings) = (checked.book, checked.reading.records, checked.findings)
        let issues = Array(checked.reading.issues.joined())
        let standing = checked.ledger.standing(findings)
        let grading = Grading(standing, in: records, plan: book.quality)
        var facts = RunFacts(book, inputs: inputs, language: request.language, today: request.clock.today)
        facts.take(records)
        facts.take(findings, ledger: checked.ledger, records) { CleaningRun.title($0, checked.validation) }
        facts.take(issues) { ImportCheck.title($0) }
        facts.warnings += checked.reading.notices + checked.reading.losses.map(\.notice)
        facts.takeQuality(
            records, findings: standing, accepted: checked.ledger.accepted(findings, in: records),
            book.qualityInput(grading, master: nil, threads: request.threads))

        stages.begin(.write)
        let output = store?.outputFolder ?? request.output ?? standardOutput(book, inputs)
        try Outbox.write(to: output) { outbox in
            try outbox.file(FindingsFile.name) { sink in
                try FindingsFile.write(
                    findings, ledger: checked.ledger, issues: issues, records, language: request.language, to: &sink
                ) { Validator.message(of: $0, in: $1, plan: checked.validation, $2) }
            }
            try outbox.file(GradesFile.name) {
                try GradesFile.write(records, plan: book.quality, to: &$0, points: grading.points)
            }
            try outbox.file(QualityFile.name) { try QualityFile.write(facts, to: &$0) }
            if let store, let update = checked.update {
                let files = outbox.files
                stages.begin(.store)
                let checkpoint = try store.commit(checked.reading, findings, update, nil, with: outbox.maker) {
                    RunStore.Files(all: files, facts: facts)
                }
                if let checkpoint { outbox.add(checkpoint) }
            }
        } manifest: { files, sink in
            facts.measured = stages.measured(threads: request.threads, startedAt: request.clock.now)
            facts.registry = try store?.store.registryName()
            try RunJSON.write(facts, files: files, to: &sink)
        }
        return Outcome(
            facts: facts, output: output, workspace: store?.store.directory, run: store?.standing.run,
            worst: facts.worst)
    }

    /// `<rule book's name>.findings` beside the first input.
    private static func standardOutput(_ book: RuleBook, _ inputs: Inputs) -> String {
        let name = URL(fileURLWithPath: book.path).deletingPathExtension().lastPathComponent
        let folder = ((inputs.inputs.first?.path ?? book.path) as NSString).deletingLastPathComponent
        return (folder.isEmpty ? "" : folder + "/") + name + ".findings"
    }
}
