import Foundation
import Importers
import Matching
import Reconciliation
package import Records
package import Reports
import Rules
import Validation
import Workspace

/// The whole line: exports in, one clean data set out, with findings, corrections, an audit trail and a report.
///
/// A reader follows one record down `run`: it is read, normalised, checked, compared, grouped, merged, stored, written.
/// No step changes what an earlier step made.
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
    }

    package static func run(
        _ request: CleaningRequest, progress: (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let book = try RuleBook.load(path: request.rulesPath)
        let inputs = try Inputs(book, paths: request.paths)
        // A workspace is only made once the exports have been read.
        let known = RunStore.exists(request, book: book, inputs: inputs)
        let earlier = known ? try RunStore(request, book: book, inputs: inputs) : nil
        if let done = try earlier?.unchangedRun() { return done }

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
            try input.confirm(source.table.file)
            return source
        }
        let issues = imported.flatMap(\.issues)
        let store = try earlier ?? RunStore(request, book: book, inputs: inputs)

        begin(.normalise)
        let records = RecordNormalizer.normalize(
            schema: book.schema, sources: imported.map(\.table), threads: request.threads)

        begin(.check)
        let validation = book.validation(
            today: request.clock.today, earlier: try store.earlierStates(of: records))
        let validator = try Validator(records, plan: validation, threads: request.threads)
        let checked = try validator.check()

        let matches = try Matcher.match(
            records, plan: book.match, decisions: store.liveDecisions,
            pinned: try book.match.modelPath.map { try ModelReader.read($0) }, threads: request.threads
        ) { begin(CleaningStage($0)) }

        begin(.checkLinked)
        let findings =
            try validator.checkLinked(checked, groups: matches.groups, unmerged: matches.unmerged)
            + DuplicateFindings.all(matches, records: records)

        begin(.reconcile)
        let keys = try store.keys(of: records)
        let update = try store.ledger(findings, records, keys)
        let ledger = update.ledger
        // What somebody accepts counts nowhere: neither against a cell nor in a grade.
        let standing = ledger.standing(findings)
        let accepted = ledger.accepted(findings, in: records)
        let assignment = PersonIDs.assign(groups: matches.groups, previous: try store.membership(of: keys))
        let grading = Grading(standing, in: records, plan: book.quality)
        let master = try Reconciler.master(
            records: records, assignment: assignment, plan: book.survivorship, findings: standing, accepted: accepted,
            grading: grading,
            threads: request.threads)

        var facts = RunFacts(book, inputs: inputs, language: request.language, today: request.clock.today)
        facts.take(records)
        facts.take(findings, ledger: ledger, records) { Self.title($0, validation) }
        facts.take(issues) { ImportCheck.title($0) }
        facts.take(matches, records)
        facts.take(master, records)
        facts.takeQuality(
            records, findings: standing, accepted: accepted,
            book.qualityInput(grading, master: master, threads: request.threads))
        let folder = URL(fileURLWithPath: store.directory).lastPathComponent
        facts.findingsCommand = "qingku findings --workspace \(folder) --severity error"
        facts.identity = store.identityFacts(assignment)

        begin(.write)
        let answers = try store.earlierCorrections(records)
        facts.warnings += answers?.warnings ?? []
        let outputs = RunOutputs(
            records: records, matches: matches, master: master, findings: findings, ledger: ledger, standing: standing,
            accepted: accepted, grading: grading,
            quality: book.quality, issues: issues,
            recordIDHeaders: inputs.inputs.map { $0.plan.recordID ?? "line" },
            layouts: try inputs.inputs.map { try OfficeXML($0.plan, fields: book.schema.fields.count) },
            earlier: answers?.corrections, language: request.language
        ) { message($0, $1, $2, validation) }
        let output = store.outputFolder
        try Outbox.write(to: output) { outbox in
            // The store takes in the records while the files are written; it commits when they are all there.
            let (maker, known) = (outbox.maker, facts)
            let writing = Background(isConcurrent: request.threads > 1) {
                try outputs.write(with: maker, facts: known, threads: max(1, request.threads - 1))
            }
            var checkpoint: OutputFile?
            let stored = Result {
                try store.commit(
                    records, findings: findings, ledger: update, assignment: assignment, persons: master.count
                ) {
                    try writing.value().files
                } sign: { signed in
                    let file = try maker.file(Checkpoint.fileName) { $0.append(signed.note.text) }
                    checkpoint = file
                    return file
                }
            }
            let written = try writing.value()
            try stored.get()
            facts = written.facts
            for file in written.files + [checkpoint].compactMap({ $0 }) { outbox.add(file) }
            watch.begin(CleaningStage.store.rawValue, at: written.finished)
            progress(.store)
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
            facts: facts, output: output, workspace: store.directory, run: store.runNumber,
            worst: facts.worst)
    }

    /// The sentence for one finding.
    static func message(
        _ finding: Finding, _ view: RecordView, _ language: Language, _ plan: ValidationPlan
    ) -> String {
        DuplicateFindings.message(finding, view, language)
            ?? Validator.message(of: finding, in: view, plan: plan, language)
    }

    /// What a check looks for, in a few words.
    static func title(_ check: String, _ plan: ValidationPlan) -> Text {
        DuplicateFindings.title(check) ?? Validator.title(of: check, plan: plan) ?? Text(en: check, zh: check)
    }
}
