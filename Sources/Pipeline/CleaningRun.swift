import Foundation
import Importers
import Matching
import Reconciliation
package import Records
package import Reports
import Rules
import Standards
import Validation

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
        let validation = book.validation(today: request.clock.today)
        let checked = try Validator.check(records, plan: validation, threads: request.threads)

        let matches = try Matcher.match(
            records, plan: book.match, decisions: try store.liveDecisions(),
            pinned: try book.match.modelPath.map { try ModelReader.read($0) }, threads: request.threads
        ) { begin(CleaningStage($0)) }
        let findings = checked + DuplicateFindings.all(matches, records: records)

        begin(.reconcile)
        let assignment = PersonIDs.assign(groups: matches.groups, previous: try store.membership(of: records))
        let master = try Reconciler.master(
            records: records, assignment: assignment, plan: book.survivorship, findings: findings,
            threads: request.threads)

        var facts = RunFacts(book, inputs: inputs, language: request.language, today: request.clock.today)
        facts.take(records)
        facts.take(findings, records) { Self.title($0, validation) }
        facts.take(issues) { ImportCheck.title($0) }
        facts.take(matches, records)
        facts.take(master, records)
        if let areas = book.report.areas {
            facts.takeAreas(of: master, records, field: areas, suppressBelow: book.report.suppressBelow) {
                Divisions.shared.fullName($0)
            }
        }
        facts.identity = store.identityFacts(assignment)

        begin(.write)
        let answers = try store.earlierCorrections(records)
        facts.warnings += answers?.warnings ?? []
        let outputs = RunOutputs(
            records: records, matches: matches, master: master, findings: findings, issues: issues,
            recordIDHeaders: inputs.inputs.map { $0.plan.recordID ?? "line" },
            layouts: try inputs.inputs.map { try OfficeXML($0.plan, fields: book.schema.fields.count) },
            earlier: answers?.corrections, language: request.language
        ) { DuplicateFindings.message($0, records) ?? Validator.message(of: $0, in: records, plan: validation) }
        let output = store.outputFolder
        try Outbox.write(to: output) { outbox in
            // The store takes in the records while the files are written; it commits when they are all there.
            let (maker, known) = (outbox.maker, facts)
            let writing = Background(isConcurrent: request.threads > 1) {
                try outputs.write(with: maker, facts: known, threads: max(1, request.threads - 1))
            }
            let stored = Result {
                try store.commit(records, findings: findings, assignment: assignment, persons: master.count) {
                    try writing.value().files
                }
            }
            let written = try writing.value()
            try stored.get()
            facts = written.facts
            for file in written.files { outbox.add(file) }
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
            worst: (findings.map(\.severity) + issues.map(\.severity)).max())
    }

    /// What a check looks for, in a few words.
    private static func title(_ check: String, _ plan: ValidationPlan) -> Text {
        if let title = DuplicateFindings.title(check) ?? Check.named(check)?.title { return title }
        let condition = plan.conditions.first { $0.id == check }
        return Text(en: condition?.message ?? check, zh: condition?.message ?? check)
    }
}
