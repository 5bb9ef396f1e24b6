import Crypto
import Foundation
import Importers
import Matching
import Reconciliation
import Records
import Reports
import Rules
import Validation
import Workspace

/// The workspace as one run sees it: what was there before, and the one commit at its end.
struct RunStore {
    let directory: String
    /// The folder the run's files go to.
    let outputFolder: String
    let runNumber: Int
    private let store: WorkspaceStore
    private let request: CleaningRequest
    private let book: RuleBook
    private let inputsDigest: String
    /// Those of the workspace and of the request, the latest on each pair.
    let liveDecisions: [Decision]
    /// Decisions of the request that the workspace does not have yet.
    private let newDecisions: [Decision]
    /// The newest run, when it had the same inputs, rules and decisions: its outputs are written again, nothing is stored.
    private let repeated: StoredRun?
    private let kind: StoredRun.Kind
    private let waivers: [Waiver]
    /// `nil` in a repeated run, which signs nothing.
    private let signer: TrailSigner?

    static func exists(_ request: CleaningRequest, book: RuleBook, inputs: Inputs) -> Bool {
        WorkspaceStore.exists(at: request.workspace ?? standardDirectory(book, inputs))
    }

    /// Opens the workspace, making it if there is none.
    init(
        _ request: CleaningRequest, book: RuleBook, inputs: Inputs, kind: StoredRun.Kind = .clean
    ) throws {
        self.request = request
        self.book = book
        self.kind = kind
        directory = request.workspace ?? Self.standardDirectory(book, inputs)
        store = try WorkspaceStore.open(directory: directory)
        let given = try request.decisionsPath.map { try DecisionsFile.read($0, request) } ?? []
        newDecisions = Self.new(given, beside: try store.liveDecisions())
        inputsDigest = Self.digest(
            inputs.inputs.flatMap { [$0.plan.profile.name, $0.sha256] } + [
                Version.text, request.language.rawValue, Self.day(request, book, inputs),
            ] + (book.match.modelPath.map { [Self.fileDigest($0)] } ?? []) + [try store.exclusions(unnamed: []).digest])
        liveDecisions = Self.live(try store.liveDecisions(), newDecisions)
        waivers = try store.waivers(on: request.clock.today)
        let decisionsDigest = Self.digest(liveDecisions, waivers)
        let runs = try store.runs(nil)
        let last = runs.last { $0.kind == kind }
        // A later run of the other kind may have brought other findings.
        let later = runs.filter { $0.id > last?.id ?? .max }
        if let last, last.rules == book.sha256, last.inputs == inputsDigest, last.decisions == decisionsDigest,
            later.allSatisfy({ $0.rules == last.rules && $0.inputs == last.inputs })
        {
            repeated = last
            runNumber = last.id
        } else {
            repeated = nil
            runNumber = (runs.last?.id ?? 0) + 1
        }
        signer = repeated == nil ? try TrailSigner(store) : nil
        outputFolder = request.output ?? directory + "/" + Self.folder(runNumber)
    }

    /// Of what people said that decides the outputs: the latest on each pair, and the waivers in force.
    private static func digest(_ decisions: [Decision], _ waivers: [Waiver]) -> String {
        digest(
            decisions.map { "\($0.a) \($0.b) \($0.verdict.rawValue)" }.sorted()
                + waivers.map { "\($0.finding) \($0.value) \($0.by) \($0.reason) \($0.until ?? "")" })
    }

    /// Of a pinned model, whose content decides as much as the rule book's; reading it says what is wrong with it.
    private static func fileDigest(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { SHA256.hash(data: $0).hex } ?? ""
    }

    /// The run that already did all this, if its outputs are still there as it wrote them.
    func unchangedRun() throws -> CleaningRun.Outcome? {
        guard let repeated, repeated.outputs.allSatisfy({ isIntact($0) }) else { return nil }
        return CleaningRun.Outcome(
            facts: nil, output: outputFolder, workspace: directory, run: repeated.id,
            worst: RunManifest.worstSeverity(in: outputFolder))
    }

    private func isIntact(_ output: StoredRun.Output) -> Bool {
        guard let data = FileManager.default.contents(atPath: outputFolder + "/" + output.path) else { return false }
        return SHA256.hash(data: data).hex == output.sha256
    }

    /// The records that are used for nothing.
    func exclusions() throws -> Exclusions { try store.exclusions(unnamed: book.sourcesWithoutIDs) }

    /// The stored records of the rows, for `membership` and `ledger`.
    func keys(of records: RecordTable) throws -> StoredKeys { try store.keys(of: records) }

    /// As it was before the run, also when the run is repeated.
    func membership(of keys: StoredKeys) throws -> Membership {
        try store.membership(of: keys, before: repeated?.id)
    }

    /// What the run changes in the list of findings, also when it is repeated.
    ///
    /// - Parameter checks: those that were made; `nil`: all there are.
    func ledger(
        _ findings: [Finding], _ records: RecordTable, _ keys: StoredKeys, checks: [String]? = nil
    ) throws -> LedgerUpdate {
        try store.ledger(
            findings, records: records, keys: keys,
            scope: LedgerScope(run: runNumber, day: request.clock.today, checks: checks))
    }

    /// What the records of life-cycles were in the exports before these.
    func earlierStates(of records: RecordTable) throws -> [EarlierStates] {
        if book.lifecycles.isEmpty { return [] }
        let before = try records.sources.map {
            try store.sourceTable($0.profile, schema: records.schema, before: $0.file.sha256)
        }
        return book.lifecycles.map { EarlierStates($0.field, of: records, before: before) }
    }

    /// What offices were sent with the run before, of those whose export is another one now; `nil` when there is none.
    func earlierCorrections(
        _ records: RecordTable
    ) throws -> (corrections: EarlierCorrections?, warnings: [Text])? {
        guard let before = try store.runs().last(where: { $0.id < runNumber }) else { return nil }
        let batches = try store.batches().filter { before.batches.contains($0.id) }
        let sent = Dictionary(batches.map { ($0.source, $0.file.sha256) }) { _, last in last }
        let answered = records.sources.filter { source in
            sent[source.source].map { $0 != source.file.sha256 } == true
        }.map(\.source)
        guard !answered.isEmpty, let list = before.outputs.first(where: { $0.path == CorrectionsList.name }) else {
            return nil
        }
        let folder = before.folder.hasPrefix("/") ? before.folder : directory + "/" + before.folder
        let earlier = EarlierCorrections(
            run: before.id, answered: Set(answered), path: folder + "/" + list.path, sha256: list.sha256)
        if earlier.isIntact { return (earlier, []) }
        return (
            nil,
            [
                Text(
                    en:
                        "Whether the corrections of run \(before.id) were applied is not known: \(list.path) of that run is not there as it was written.",
                    zh: "无法得知第 \(before.id) 次运行的更正是否已采纳：该次运行的 \(list.path) 已不在或被改动。")
            ]
        )
    }

    /// What became of the persons of the run before; `nil` in a first run.
    func identityFacts(_ assignment: PersonAssignment) -> RunFacts.IdentityFacts? {
        guard runNumber > 1 else { return nil }
        return RunFacts.IdentityFacts(
            kept: assignment.kept, new: assignment.new.count, returned: assignment.returned.count,
            merged: assignment.merged.count, split: assignment.split.count)
    }

    /// Everything the run stores becomes visible at once: decisions, batches, records, persons, findings, events, the run itself.
    ///
    /// - Parameters:
    ///   - assignment: `nil` when nothing was matched.
    ///   - written: waits for the files of the run; called when the records are stored.
    ///   - sign: writes the signed checkpoint, which is over all events of the run, as the last of its files.
    func commit(
        _ records: RecordTable, findings: [Finding], ledger: LedgerUpdate, assignment: PersonAssignment?, persons: Int,
        written: () throws -> [OutputFile], sign: (Checkpoint) throws -> OutputFile
    ) throws {
        guard let signer else {
            // A repeated run: its files are written again, and its checkpoint is the one it had.
            if let checkpoint = try repeated.flatMap({ try store.checkpoint(holding: $0.event) }).flatMap({
                Checkpoint($0.note)
            }) {
                _ = try sign(checkpoint)
            }
            return
        }
        let before = try store.lastRun(nil)?.rules ?? ""
        let ended = Set(ledger.endedWaivers.map(\.waiver.finding))
        // As the next run will find it.
        let decisionsDigest = Self.digest(liveDecisions, waivers.filter { !ended.contains($0.finding) })
        try store.commit { writer in
            var log = EventLog(after: try writer.lastEvent(), request, book)
            if signer.isNew {
                try log.add(.keyCreated(signer.key.verifier, file: signer.file), to: writer)
                try writer.save(
                    StoredSigningKey(
                        verifier: signer.key.verifier.description, event: log.sequence, file: signer.file))
            }
            try writer.remember(StoredRuleBook(sha256: book.sha256, path: absolute(book.path), text: book.text))
            for decision in newDecisions {
                if let id = try writer.record(decision) { try log.add(.decisionMade(decision, id: id), to: writer) }
            }
            if before != book.sha256 {
                try log.add(.rulesChanged(before: before, after: book.sha256, title: book.title), to: writer)
            }
            var batches: [Int] = []
            for source in records.sources {
                let result = try writer.importBatch(source, schema: records.schema, time: request.clock.now)
                batches.append(result.batch.id)
                guard case .imported(let batch) = result else { continue }
                try log.add(
                    .batchImported(
                        batch: batch.id, source: batch.source, file: batch.file, digest: batch.digest,
                        records: batch.counts.records, new: batch.counts.new, changed: batch.counts.changed,
                        unchanged: batch.counts.unchanged, vanished: batch.counts.vanished), to: writer)
            }
            let run = try writer.nextRun()
            if let assignment {
                try writer.save(assignment, records: records, run: run)
                if let entry = AuditEntry.identityChanged(run: run, assignment) { try log.add(entry, to: writer) }
            }
            try writer.save(ledger, findings: findings, records: records)
            try log.add(ledger, run: run, to: writer)
            let files = try written()
            let outputs = files.map { StoredRun.Output(path: $0.name, sha256: $0.sha256, size: $0.bytes) }
            try log.add(
                .exportMade(
                    run: run, folder: outputFolder,
                    manifest: Self.digest(files.flatMap { [$0.name, $0.sha256] }), files: files.count), to: writer)
            try log.add(
                .runCompleted(
                    run: run, batches: batches,
                    counts: ["records": records.count, "persons": persons, "findings": findings.count],
                    digests: ["inputs": inputsDigest, "rules": book.sha256, "decisions": decisionsDigest]),
                to: writer)
            try writer.save(
                StoredRun(
                    id: run, kind: kind, name: Self.name(run), folder: request.output.map(absolute) ?? Self.folder(run),
                    finishedAt: request.clock.now, tool: Version.text, rules: book.sha256, inputs: inputsDigest,
                    decisions: decisionsDigest, batches: batches.sorted(), records: records.count, persons: persons,
                    event: log.sequence, outputs: outputs))
            try log.add(try TrailSigner.seal(writer), to: writer)
            let file = try sign(try signer.checkpoint(writer))
            try writer.save(StoredRun.Output(path: file.name, sha256: file.sha256, size: file.bytes), of: run)
        }
    }

    // MARK: Decisions

    private struct Pair: Hashable {
        let a: RecordKey
        let b: RecordKey

        init(_ decision: Decision) {
            a = decision.a
            b = decision.b
        }
    }

    /// The last decision on each pair of a file, without those that are live already; in the order of the file.
    private static func new(_ given: [Decision], beside live: [Decision]) -> [Decision] {
        let verdicts = Dictionary(live.map { (Pair($0), $0.verdict) }) { _, last in last }
        let last = Dictionary(given.enumerated().map { (Pair($0.element), $0.offset) }) { _, last in last }
        return given.enumerated().filter { index, decision in
            last[Pair(decision)] == index && verdicts[Pair(decision)] != decision.verdict
        }.map(\.element)
    }

    private static func live(_ stored: [Decision], _ new: [Decision]) -> [Decision] {
        let superseded = Set(new.map { Pair($0) })
        return stored.filter { !superseded.contains(Pair($0)) } + new
    }

    /// Events of one commit, each sealed with the one before.
    private struct EventLog {
        private var chain: EventChain
        private let time: String
        private(set) var sequence: Int

        init(after last: AuditEvent?, _ request: CleaningRequest, _ book: RuleBook) {
            chain = EventChain(after: last, actor: request.actor, tool: Version.text, rules: book.sha256)
            time = request.clock.now
            sequence = last?.sequence ?? 0
        }

        mutating func add(_ entry: AuditEntry, to writer: WorkspaceWriter) throws {
            let event = chain.append(entry, time: time, salt: EventChain.randomSalt())
            sequence = event.event.sequence
            try writer.append(event)
        }

        /// What the run did to findings, and the waivers that end with it.
        mutating func add(_ ledger: LedgerUpdate, run: Int, to writer: WorkspaceWriter) throws {
            if ledger.isEmpty { return }
            let ended = ledger.endedWaivers
            try add(
                .findingsChanged(
                    run: run,
                    counts: [
                        "new": ledger.newCount, "returned": ledger.returnedCount, "resolved": ledger.resolvedCount,
                        "waivers_ended": ended.count,
                    ], digest: ledger.digest), to: writer)
            for (waiver, word) in ended {
                try writer.record(
                    word,
                    on: [
                        Waiver(
                            finding: waiver.finding, by: "", reason: waiver.reason, at: time, until: waiver.until,
                            value: waiver.value)
                    ], event: sequence)
            }
        }
    }

    // MARK: Names

    /// `<rule book's name>.qingku` beside the first input.
    private static func standardDirectory(_ book: RuleBook, _ inputs: Inputs) -> String {
        let name = URL(fileURLWithPath: book.path).deletingPathExtension().lastPathComponent
        let folder = (inputs.inputs[0].path as NSString).deletingLastPathComponent
        return (folder.isEmpty ? "" : folder + "/") + name + ".qingku"
    }

    private static func name(_ run: Int) -> String {
        let digits = String(run)
        return "run-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func folder(_ run: Int) -> String { "outbox/" + name(run) }

    private func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// The day that "future" is measured by: outputs depend on it only where a source does not say its own.
    private static func day(_ request: CleaningRequest, _ book: RuleBook, _ inputs: Inputs) -> String {
        inputs.inputs.contains { $0.plan.profile.asOf == nil } ? request.clock.today : ""
    }

    private static func digest(_ parts: [String]) -> String {
        SHA256.hash(data: Data(parts.joined(separator: "\u{1F}").utf8)).hex
    }
}
