import Foundation
import Matching
import Reconciliation
import Records
import Reports
import Rules
import Workspace

/// Makes the outputs of a stored run again from what it stood on: records, words of people, rules, the day. Nothing of the
/// workspace is changed.
package enum ReplayRun {
    package struct Request: Sendable {
        package var workspace: String
        /// `nil`: the newest that made a master.
        package var run: Int?
        /// Where the files go; `nil`: they are held against those of the run and thrown away.
        package var output: String?
        /// Whether the ledger of findings is held against what the newest run made.
        package var looksAtLedger = false
        package var threads: Int
        /// What files outside of the workspace's outbox are for, and who gets them: they are a copy that left.
        package var purpose = ""
        package var recipient = ""
        package var actor = ""
        /// UTC, ISO 8601, to the second.
        package var time = ""

        package init(workspace: String, run: Int? = nil, output: String? = nil, threads: Int) {
            self.workspace = workspace
            self.run = run
            self.output = output
            self.threads = threads
        }

        var leavesWorkspace: Bool {
            output.map { !OutboxPlace.holds($0, of: workspace) } ?? false
        }
    }

    package struct Outcome: Sendable {
        package let run: Int
        /// UTC, ISO 8601, to the second.
        package let finishedAt: String
        /// Files that came out as the run wrote them, byte for byte.
        package let equal: [String]
        /// Files that did not, or that only one of the two made.
        package let different: [String]
        /// Findings that the ledger does not have as the newest run of all made them.
        package let differentFindings: [String]
        /// The tool that made the run, when it is another version than this one.
        package let otherTool: String?
    }

    /// - Throws: `E-RPL-001` when there is no such run, `E-RPL-002` when the workspace lacks what it stood on, `E-RPL-003`
    ///   when records that it stood on were erased since; `E-EXP-011` and `E-EXP-015` as an export, for files that leave the
    ///   workspace.
    package static func run(
        _ request: Request, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let run = try store.cleanRun(request.run)
        if let output = request.output { try OutboxPlace.refuseRunFolder(output, store) }
        if request.leavesWorkspace {
            try ExportRun.checkPurpose(request.purpose, request.recipient)
            try ExportRun.refuseRestricted(run, store)
        }
        if let event = try store.erasure(since: run) { throw try erased(run, by: event, store) }
        var stages = Stages(progress)
        let cleaned = try cleaned(run, store, threads: request.threads) { stages.begin($0) }
        let findings =
            request.looksAtLedger
            ? try differentFindings(cleaned, run, store, threads: request.threads) { stages.begin($0) } : []
        stages.begin(.write)
        let made = try write(cleaned, run, request, registry: try store.registryName())

        let expected = run.outputs.filter { $0.path != Checkpoint.fileName }
        let digests = Dictionary(made.map { ($0.name, $0.sha256) }) { first, _ in first }
        let known = Set(expected.map(\.path))
        let different =
            (expected.filter { digests[$0.path] != $0.sha256 }.map(\.path)
            + made.map(\.name).filter { !known.contains($0) }).sorted()
        // Words on other records, and the files of the run before, went with what was erased.
        if !different.isEmpty, let event = try store.lastErasure(), event > run.event {
            throw try erased(run, by: event, store)
        }
        return Outcome(
            run: run.id, finishedAt: run.finishedAt,
            equal: expected.filter { digests[$0.path] == $0.sha256 }.map(\.path),
            different: different, differentFindings: findings,
            otherTool: run.tool == Version.text ? nil : run.tool)
    }

    /// All that a stored run found out, found out again.
    ///
    /// - Throws: `E-RPL-002`.
    static func cleaned(
        _ run: StoredRun, _ store: WorkspaceStore, threads: Int, begin: (CleaningStage) -> Void
    ) throws -> Cleaned {
        guard let rules = try store.ruleBook(sha256: run.rules) else { throw incomplete(run, store) }
        let book = try RuleBook.parse(rules.text, path: rules.path)
        let inputs = try Inputs(book, batches: try store.batches().filter { run.batches.contains($0.id) })
        let standing = try Standing(store, of: run)
        let model = try StandingModel.of(run, book, store)
        let reading = try Reading(inputs, book, standing: standing, threads: threads, begin: begin)
        return try Cleaned(
            reading, inputs, book, standing, model: model, threads: threads, begin: begin)
    }

    /// Ids of findings. A later check has brought the ledger up to date: then it is that one that has to come out again.
    private static func differentFindings(
        _ cleaned: Cleaned, _ run: StoredRun, _ store: WorkspaceStore, threads: Int, begin: (CleaningStage) -> Void
    ) throws -> [String] {
        guard let newest = try store.lastRun(nil), newest.tool == Version.text,
            newest.id == run.id || newest.kind == .check
        else { return [] }
        // An erasure takes words of findings away, which the next run makes again.
        if let event = try store.lastErasure(), event > newest.event { return [] }
        let (findings, records, keys) =
            newest.id == run.id
            ? (cleaned.findings, cleaned.records, try cleaned.standing.keys(of: cleaned.records))
            : try CheckRun.findings(of: newest, store, threads: threads, begin: begin)
        return try store.differing(findings, records: records, keys: keys).map { "F" + Hex.text($0) }
    }

    private static func write(
        _ cleaned: Cleaned, _ run: StoredRun, _ request: Request, registry: String?
    ) throws -> [OutputFile] {
        let outputs = try cleaned.outputs(language: run.language, threads: request.threads)
        func made(with maker: FileMaker) throws -> RunOutputs.Written {
            try outputs.writing(with: maker, helpers: request.threads - 1).finish()
        }
        // A copy of the master that a killed process leaves somewhere is one that no erasure finds.
        guard let folder = request.output else { return try made(with: .hashing).files }
        var written: RunOutputs.Written?
        var held: WorkspaceStore?
        try Outbox.write(to: folder) { outbox in
            let all = try made(with: outbox.maker)
            for file in all.files { outbox.add(file) }
            // While it was made somebody may have been erased or restricted; until the folder has its name nobody is.
            let store = try WorkspaceStore.open(directory: request.workspace)
            held = store
            if let event = try store.erasure(since: run) { throw try erased(run, by: event, store) }
            // No copy leaves without the trail saying so.
            if request.leavesWorkspace { try disclose(all.files, of: run, in: folder, request, store) }
            written = all
        } manifest: { files, sink in
            written?.facts.registry = registry
            if let written { try RunJSON.write(written.facts, files: files, to: &sink) }
        }
        withExtendedLifetime(held) {}
        return written?.files ?? []
    }

    private static func disclose(
        _ files: [OutputFile], of run: StoredRun, in folder: String, _ request: Request, _ store: WorkspaceStore
    ) throws {
        try ExportRun.refuseRestricted(run, store)
        let tables = files.filter { $0.name.hasSuffix(".csv") && !$0.name.contains("/") }
        let entry = AuditEntry.exportGiven(
            run: run.id, tables: tables.map { (String($0.name.dropLast(4)), $0.rows ?? 0) }, format: "folder",
            file: URL(fileURLWithPath: folder).lastPathComponent,
            sha256: RunDigest.of(files.flatMap { [$0.name, $0.sha256] }), purpose: request.purpose,
            recipient: request.recipient, pseudonyms: nil, encryptedTo: [])
        try TrailCommit.run(store, by: .init(actor: request.actor, time: request.time)) { try $0.add(entry) }
    }

    private static func erased(_ run: StoredRun, by event: Int, _ store: WorkspaceStore) throws -> Failure {
        let isRetention = try store.event(event)?.event.type == "retention.executed"
        return Failure(
            .notDone, code: "E-RPL-003",
            isRetention
                ? Text(
                    en: "run \(run.id) cannot be made again: retention removed records of it since (event \(event))",
                    zh: "第 \(run.id) 次运行无法重放：此后按期清理移除了其中的记录（第\(event)号事件）")
                : Text(
                    en: "run \(run.id) cannot be made again: records were erased since (event \(event))",
                    zh: "第 \(run.id) 次运行无法重放：此后有记录被删除（第\(event)号事件）"),
            at: Place(file: store.directory),
            advice: Text(
                en:
                    "That is no damage. What the run wrote is known by its digests; a run after that event can be made again.",
                zh: "这不是损坏。该次运行的输出仍可凭摘要核对；该事件之后的运行可以重放。"))
    }

    static func incomplete(_ run: StoredRun, _ store: WorkspaceStore) -> Failure {
        Failure(
            .verification, code: "E-RPL-002",
            Text(en: "what run \(run.id) stood on is not all there", zh: "第 \(run.id) 次运行的依据不完整"),
            at: Place(file: store.directory),
            advice: Text(en: "qingku audit verify says what is missing", zh: "请运行 qingku audit verify 查明"))
    }
}

extension WorkspaceStore {
    /// A run that made a master, the newest if none is named.
    ///
    /// - Throws: `E-RPL-001` when there is no such run.
    func cleanRun(_ number: Int?) throws -> StoredRun {
        let runs = try runs()
        if let run = runs.last(where: { $0.id == number ?? $0.id }) { return run }
        let known = runs.map { String($0.id) }
        throw Failure(
            .badInput, code: "E-RPL-001",
            number.map {
                Text(en: "no run \($0) made a master", zh: "第 \($0) 次运行没有生成主数据")
            } ?? Text(en: "the workspace has no run yet", zh: "工作区中还没有运行记录"), at: Place(file: directory),
            advice: known.isEmpty
                ? nil
                : Text(en: "Runs: \(known.joined(separator: ", ")).", zh: "已有运行：\(known.joined(separator: "、"))。"))
    }
}
