import Foundation
import Importers
import Matching
import Reconciliation
import Records
import Reports
import Rules
import Workspace

/// The workspace as one run writes it: which run it is, and the one commit at its end.
struct RunStore {
    let store: WorkspaceStore
    let standing: Standing
    /// The folder the run's files go to.
    let outputFolder: String
    /// That matching is to go by.
    let model: StandingModel?
    /// Events of the request's decisions that wait for a second person.
    var waiting: [Int] { decisions.waiting }
    /// What became of the rows of the request's decisions that were not recorded.
    var notices: [Text] { decisions.notices(request.decisionsPath ?? "") }
    private let decisions: DecisionsFile.Taken
    private let request: CleaningRequest
    private let book: RuleBook
    private let kind: StoredRun.Kind
    private let inputsDigest: String
    /// The newest run, when it had the same inputs, rules and decisions: its outputs are written again, nothing is stored.
    private let repeated: StoredRun?

    static func exists(_ request: CleaningRequest, book: RuleBook, inputs: Inputs) -> Bool {
        WorkspaceStore.exists(at: directory(request, book: book, inputs: inputs))
    }

    static func directory(_ request: CleaningRequest, book: RuleBook, inputs: Inputs) -> String {
        request.workspace ?? standardDirectory(book, inputs)
    }

    /// Opens the workspace, making it if there is none, and records what the request brings to say: words of people are
    /// safe before the run that follows them begins.
    ///
    /// - Parameter open: the workspace, where book or inputs came from it.
    init(
        _ request: CleaningRequest, book: RuleBook, inputs: Inputs, kind: StoredRun.Kind = .clean,
        open: WorkspaceStore? = nil
    ) throws {
        self.request = request
        self.book = book
        self.kind = kind
        let store =
            try open ?? WorkspaceStore.open(directory: Self.directory(request, book: book, inputs: inputs))
        self.store = store
        try Self.checkRules(book, request, store)
        let isFirst = try store.ruleBook(nil) == nil
        decisions =
            try request.decisionsPath.map { path in
                try DecisionsFile.record(
                    try DecisionsFile.read(path, request), in: store,
                    by: TrailCommit.Author(
                        actor: request.actor, rules: isFirst ? book.sha256 : nil, time: request.clock.now),
                    Dangers(store, isFirst ? book : Self.lastBook(store), today: request.clock.today))
            } ?? DecisionsFile.Taken()
        let given = try book.match.modelPath.map { try ModelText(path: $0) }
        inputsDigest = RunDigest.of(
            inputs.inputs.flatMap { [$0.plan.profile.name, $0.sha256] } + [
                Version.text, request.language.rawValue, Self.day(request, book, inputs),
            ] + (given.map { [$0.sha256] } ?? []))
        let runs = try store.runs(nil)
        let now = try Standing(
            store, run: (runs.last?.id ?? 0) + 1, day: request.clock.today, rules: book.sha256)
        let last = runs.last { $0.kind == kind }
        // A later run of the other kind may have brought other findings.
        let later = runs.filter { $0.id > last?.id ?? .max }
        if let last, !request.retrains, last.rules == book.sha256, last.inputs == inputsDigest,
            last.decisions == now.digest(),
            later.allSatisfy({ $0.rules == last.rules && $0.inputs == last.inputs })
        {
            repeated = last
            standing = try Standing(store, of: last)
            model = try StandingModel.of(last, book, store)
        } else {
            repeated = nil
            standing = now
            model =
                kind == .clean
                ? try StandingModel.find(book, store, before: last, retrains: request.retrains) : nil
        }
        outputFolder = request.output ?? store.directory + "/" + Self.folder(standing.run)
    }

    private static func lastBook(_ store: WorkspaceStore) throws -> RuleBook? {
        try store.ruleBook(nil).flatMap { try? RuleBook.parse($0.text, path: $0.path) }
    }

    /// A run under another rule book waits for a second person where the rule book of the run before says so.
    ///
    /// - Throws: `E-APR-004`.
    static func checkRules(_ book: RuleBook, _ request: CleaningRequest, _ store: WorkspaceStore) throws {
        guard let before = try lastBook(store), before.sha256 != book.sha256,
            before.approvals.twoPeople.contains(.ruleChange)
        else { return }
        let approvals = try store.approvals().map(\.approval)
        let proposals = try approvals.filter { $0.verdict == .asked }.filter { asked in
            let event = try store.event(asked.target)?.event
            return event?.type == "rules.proposed" && event?.subjects.contains("rules:" + book.sha256) == true
        }.map(\.target)
        let answers = Dictionary(approvals.filter { $0.verdict != .asked }.map { ($0.target, $0.verdict) }) { $1 }
        if proposals.contains(where: { answers[$0] == .granted }) { return }
        let event: Int
        if let waiting = proposals.last(where: { answers[$0] == nil }) {
            event = waiting
        } else {
            let author = TrailCommit.Author(actor: request.actor, time: request.clock.now)
            event = try TrailCommit.run(store, by: author) { commit in
                let event = try commit.add(
                    .rulesProposed(
                        before: before.sha256, after: book.sha256, title: book.title,
                        classes: [ApprovalPlan.Danger.ruleChange.rawValue]))
                try commit.writer.record(
                    Approval(of: event, .asked, by: request.actor, reason: book.path, at: request.clock.now),
                    event: event)
                return event
            }
        }
        throw Failure(
            .notPermitted, code: "E-APR-004",
            Text(
                en: "this is another rule book than that of the run before, which wants two people for such a change",
                zh: "规则文件与上次运行不同，而上次的规则要求此类变更由两人批准"),
            at: Place(file: book.path),
            advice: Text(
                en:
                    "Somebody else has to agree: qingku approve \(event) --reason … --workspace \(store.directory); then run again.",
                zh: "须由他人批准：qingku approve \(event) --reason … --workspace \(store.directory)；然后重新运行。"))
    }

    /// The run that already did all this, if its outputs are still there as it wrote them.
    func unchangedRun() throws -> CleaningRun.Outcome? {
        guard let repeated,
            repeated.outputs.allSatisfy({ FileDigest(ofFile: outputFolder + "/" + $0.path)?.sha256 == $0.sha256 })
        else { return nil }
        return CleaningRun.Outcome(
            facts: nil, output: outputFolder, workspace: store.directory, run: repeated.id,
            worst: RunManifest.worstSeverity(in: outputFolder), waiting: waiting, notices: notices)
    }

    /// What a run found out of persons.
    struct Persons {
        let assignment: PersonAssignment
        let count: Int
        /// That matching went by; `nil`: it fitted one.
        let model: ModelText?
    }

    /// What a run wrote.
    struct Files {
        let all: [OutputFile]
        /// For the next run to go on with; `nil` where nothing was matched.
        var model: String?
        /// Its figures, for trends; `nil` where nothing was matched.
        var account: String?
        /// As `RunAccountDigest` makes it of the account to come; `nil`: none.
        let accountDigest: String?

        /// - Parameter facts: all but what only the end of the run tells.
        init(all: [OutputFile], model: String? = nil, account: String? = nil, facts: RunFacts) {
            (self.all, self.model, self.account) = (all, model, account)
            accountDigest = RunAccountDigest.of(Data(RunJSON.document(facts, files: []).text.utf8))
        }
    }

    /// Everything the run stores becomes visible at once: batches, records, persons, findings, events, the run itself.
    ///
    /// - Parameters:
    ///   - persons: `nil` when nothing was matched.
    ///   - written: waits for the files of the run, and for the counts that the trail keeps of it; called when the records are
    ///     stored.
    /// - Returns: the signed checkpoint, which is over all events of the run, as the last of its files.
    func commit(
        _ reading: Reading, _ findings: [Finding], _ ledger: LedgerUpdate, _ persons: Persons?, with maker: FileMaker,
        written: () throws -> Files
    ) throws -> OutputFile? {
        func file(_ checkpoint: Checkpoint) throws -> OutputFile {
            try maker.file(Checkpoint.fileName) { $0.append(checkpoint.note.text) }
        }
        if let repeated {
            // Its files are written again, and its checkpoint is the one it had.
            _ = try written()
            return try store.checkpoint(holding: repeated.event).flatMap { Checkpoint($0.note) }.map { try file($0) }
        }
        let before = try store.lastRun(nil)?.rules ?? ""
        let author = TrailCommit.Author(actor: request.actor, rules: book.sha256, time: request.clock.now)
        var signed: OutputFile?
        try TrailCommit.run(store, by: author) { commit in
            try commit.writer.remember(StoredRuleBook(sha256: book.sha256, path: absolute(book.path), text: book.text))
            if let model = persons?.model {
                try commit.writer.remember(model: model.text, sha256: model.sha256)
            }
            if before != book.sha256 {
                try commit.add(.rulesChanged(before: before, after: book.sha256, title: book.title))
            }
            let batches = try commit.take(reading, at: request.clock.now).map(\.batch.id)
            if let persons {
                try commit.writer.save(persons.assignment, records: reading.records, run: standing.run)
                if let entry = AuditEntry.identityChanged(run: standing.run, persons.assignment) {
                    try commit.add(entry)
                }
            }
            try commit.writer.save(ledger, findings: findings, records: reading.records)
            try add(ledger, to: &commit)
            let made = try written()
            try close(reading, findings, ledger, persons, batches, files: made, &commit)
        } sign: { writer, checkpoint in
            let file = try file(checkpoint)
            signed = file
            try writer.save(
                StoredRun.Output(path: file.name, sha256: file.sha256, size: file.bytes), of: standing.run)
        }
        return signed
    }

    /// What the run did to findings, and the waivers that end with it.
    private func add(_ ledger: LedgerUpdate, to commit: inout TrailCommit) throws {
        if ledger.isEmpty { return }
        let ended = ledger.endedWaivers
        let event = try commit.add(
            .findingsChanged(
                run: standing.run,
                counts: [
                    "new": ledger.newCount, "returned": ledger.returnedCount, "resolved": ledger.resolvedCount,
                    "waivers_ended": ended.count,
                ]))
        for (waiver, word) in ended {
            let end = Waiver(
                finding: waiver.finding, by: "", reason: waiver.reason, at: request.clock.now, until: waiver.until,
                value: waiver.value)
            try commit.writer.record(word, on: [end], event: event)
        }
    }

    private func close(
        _ reading: Reading, _ findings: [Finding], _ ledger: LedgerUpdate, _ persons: Persons?, _ batches: [Int],
        files made: Files, _ commit: inout TrailCommit
    ) throws {
        let files = made.all
        if let text = made.model {
            try commit.writer.remember(model: text, sha256: ModelText(path: ModelFile.name, text: text).sha256)
        }
        // As the next run will find it.
        let decisions = standing.digest(without: Set(ledger.endedWaivers.map(\.waiver.finding)))
        try commit.add(
            .exportMade(
                run: standing.run, folder: outputFolder,
                manifest: RunDigest.of(files.flatMap { [$0.name, $0.sha256] }), files: files.count))
        try commit.add(
            .runCompleted(
                run: standing.run, batches: batches,
                counts: [
                    "records": reading.records.count, "persons": persons?.count ?? 0, "findings": findings.count,
                ],
                digests: ["inputs": inputsDigest, "rules": book.sha256, "decisions": decisions].merging(
                    made.accountDigest.map { [RunAccountDigest.name: $0] } ?? [:]
                ) { $1 },
                account: made.account))
        try commit.writer.save(
            StoredRun(
                id: standing.run, kind: kind, name: Self.name(standing.run), workspace: standing.workspace,
                folder: request.output.map(absolute) ?? Self.folder(standing.run),
                finishedAt: request.clock.now, tool: Version.text, rules: book.sha256, inputs: inputsDigest,
                decisions: decisions, batches: batches.sorted(), records: reading.records.count,
                persons: persons?.count ?? 0, basis: standing.basis, day: standing.day, language: request.language,
                model: persons?.model?.sha256, event: commit.sequence,
                outputs: files.map { StoredRun.Output(path: $0.name, sha256: $0.sha256, size: $0.bytes) }))
    }

    // MARK: For the next run

    /// What the run before left, where matching goes on with its model.
    var keptMatching: KeptMatching? { MatchCache.read(store, model, standing) }

    func keep(_ outcome: MatchOutcome, for model: String, threads: Int) {
        MatchCache.write(
            outcome.kept(threads: threads), store, model: ModelText(path: ModelFile.name, text: model),
            calibration: standing.calibration)
    }

    // MARK: Names

    /// `<rule book's name>.qingku` beside the first export that the rule book names, or else beside the first input: another
    /// file for a source is no other registry.
    private static func standardDirectory(_ book: RuleBook, _ inputs: Inputs) -> String {
        let name = URL(fileURLWithPath: book.path).deletingPathExtension().lastPathComponent
        let beside = book.sources.lazy.compactMap(\.path).first ?? inputs.inputs[0].path
        let folder = (beside as NSString).deletingLastPathComponent
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
}
