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
        _ request: CleaningRequest, progress: (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let book = try RuleBook.load(path: request.rulesPath)
        let inputs = try Inputs(book, paths: request.paths, hashing: request.workspace != nil)
        // A workspace is only made once the exports have been read.
        let known = request.workspace != nil && RunStore.exists(request, book: book, inputs: inputs)
        let earlier = known ? try RunStore(request, book: book, inputs: inputs, kind: .check) : nil
        if let done = try earlier?.unchangedRun() {
            return Outcome(
                facts: nil, output: done.output, workspace: done.workspace, run: done.run, worst: done.worst)
        }

        var watch = Stopwatch()
        func begin(_ stage: CleaningStage) {
            watch.begin(stage.rawValue)
            progress(stage)
        }

        begin(.read)
        let imported = try Parallel.map(inputs.inputs.count, threads: request.threads) {
            index throws -> ImportedSource in
            let input = inputs.inputs[index]
            let source = try Importer.read(input.plan, path: input.path, schema: book.schema, threads: request.threads)
            if request.workspace != nil { try input.confirm(source.table.file) }
            return source
        }
        let issues = imported.flatMap(\.issues)
        let store =
            request.workspace == nil
            ? nil : try earlier ?? RunStore(request, book: book, inputs: inputs, kind: .check)

        begin(.normalise)
        let records = RecordNormalizer.normalize(
            schema: book.schema, sources: imported.map(\.table), threads: request.threads)

        begin(.check)
        let validation = book.validation(
            today: request.clock.today, earlier: try store?.earlierStates(of: records) ?? [])
        let validator = try Validator(records, plan: validation, threads: request.threads)
        var findings = try validator.check()
        let update = try store.map { store in
            // Whose records belong together is known since they were matched.
            let keys = try store.keys(of: records)
            let membership = try store.membership(of: keys)
            if membership.isKnown {
                findings = try validator.checkLinked(findings, groups: membership.groups, unmerged: nil)
            }
            return try store.ledger(
                findings, records, keys, checks: Validator.checks(of: validation, linked: membership.isKnown))
        }
        let ledger = update?.ledger ?? Ledger(findings, in: records)
        let standing = ledger.standing(findings)
        let grading = Grading(standing, in: records, plan: book.quality)

        var facts = RunFacts(book, inputs: inputs, language: request.language, today: request.clock.today)
        facts.take(records)
        facts.take(findings, ledger: ledger, records) { CleaningRun.title($0, validation) }
        facts.take(issues) { ImportCheck.title($0) }
        facts.takeQuality(
            records, findings: standing, accepted: ledger.accepted(findings, in: records),
            book.qualityInput(grading, master: nil, threads: request.threads))

        begin(.write)
        let output = store?.outputFolder ?? request.output ?? standardOutput(book, inputs)
        try Outbox.write(to: output) { outbox in
            try outbox.file(FindingsFile.name) { sink in
                try FindingsFile.write(
                    findings, ledger: ledger, issues: issues, records, language: request.language, to: &sink
                ) { Validator.message(of: $0, in: $1, plan: validation, $2) }
            }
            try outbox.file(GradesFile.name) {
                try GradesFile.write(records, plan: book.quality, to: &$0, points: grading.points)
            }
            try outbox.file(QualityFile.name) { try QualityFile.write(facts, to: &$0) }
            if let store, let update {
                let files = outbox.files
                watch.begin(CleaningStage.store.rawValue)
                progress(.store)
                let maker = outbox.maker
                var checkpoint: OutputFile?
                try store.commit(records, findings: findings, ledger: update, assignment: nil, persons: 0) {
                    files
                } sign: { signed in
                    let file = try maker.file(Checkpoint.fileName) { $0.append(signed.note.text) }
                    checkpoint = file
                    return file
                }
                if let checkpoint { outbox.add(checkpoint) }
            }
        } manifest: { files, sink in
            watch.stop()
            facts.measured.stages = watch.stages.map {
                .init(name: $0.name, seconds: $0.seconds, cpuSeconds: $0.cpuSeconds)
            }
            facts.measured.peakMemoryBytes = Stopwatch.peakMemory
            facts.measured.threads = request.threads
            facts.measured.startedAt = request.clock.now
            try RunJSON.write(facts, files: files, to: &sink)
        }
        return Outcome(
            facts: facts, output: output, workspace: store?.directory, run: store?.runNumber, worst: facts.worst)
    }

    /// `<rule book's name>.findings` beside the first input.
    private static func standardOutput(_ book: RuleBook, _ inputs: Inputs) -> String {
        let name = URL(fileURLWithPath: book.path).deletingPathExtension().lastPathComponent
        let folder = ((inputs.inputs.first?.path ?? book.path) as NSString).deletingLastPathComponent
        return (folder.isEmpty ? "" : folder + "/") + name + ".findings"
    }
}
