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
        package var threads: Int

        package init(workspace: String, run: Int? = nil, output: String? = nil, threads: Int) {
            self.workspace = workspace
            self.run = run
            self.output = output
            self.threads = threads
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
        /// The tool that made the run, when it is another version than this one.
        package let otherTool: String?
    }

    /// - Throws: `E-RPL-001` when there is no such run, `E-RPL-002` when the workspace lacks what it stood on, `E-RPL-003`
    ///   when records that it stood on were erased since.
    package static func run(
        _ request: Request, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let run = try store.cleanRun(request.run)
        if let event = try store.erasure(since: run) { throw erased(run, by: event, store) }
        var stages = Stages(progress)
        let cleaned = try cleaned(run, store, threads: request.threads) { stages.begin($0) }
        stages.begin(.write)
        let made = try write(cleaned, run, request)

        let expected = run.outputs.filter { $0.path != Checkpoint.fileName }
        let digests = Dictionary(made.map { ($0.name, $0.sha256) }) { first, _ in first }
        let known = Set(expected.map(\.path))
        let different =
            (expected.filter { digests[$0.path] != $0.sha256 }.map(\.path)
            + made.map(\.name).filter { !known.contains($0) }).sorted()
        // Words on other records, and the files of the run before, went with what was erased.
        if !different.isEmpty, let event = try store.lastErasure(), event > run.event {
            throw erased(run, by: event, store)
        }
        return Outcome(
            run: run.id, finishedAt: run.finishedAt,
            equal: expected.filter { digests[$0.path] == $0.sha256 }.map(\.path),
            different: different,
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
        let model = try run.model.map { sha256 -> ModelText in
            guard let text = try store.model(sha256: sha256) else { throw incomplete(run, store) }
            return ModelText(path: book.match.modelPath ?? "", text: text)
        }
        let reading = try Reading(inputs, book, standing: standing, threads: threads, begin: begin)
        return try Cleaned(
            reading, inputs, book, standing, model: try model?.read(), threads: threads, begin: begin)
    }

    private static func write(_ cleaned: Cleaned, _ run: StoredRun, _ request: Request) throws -> [OutputFile] {
        let outputs = try cleaned.outputs(language: run.language, threads: request.threads)
        let folder = request.output ?? NSTemporaryDirectory() + "qingku-replay-" + UUID().uuidString
        defer { if request.output == nil { try? FileManager.default.removeItem(atPath: folder) } }
        var written: RunOutputs.Written?
        try Outbox.write(to: folder) { outbox in
            let made = try outputs.writing(with: outbox.maker, helpers: request.threads - 1).finish()
            for file in made.files { outbox.add(file) }
            written = made
        } manifest: { files, sink in
            if let facts = written?.facts { try RunJSON.write(facts, files: files, to: &sink) }
        }
        return written?.files ?? []
    }

    private static func erased(_ run: StoredRun, by event: Int, _ store: WorkspaceStore) -> Failure {
        Failure(
            .notDone, code: "E-RPL-003",
            Text(
                en: "run \(run.id) cannot be made again: records were erased since (event \(event))",
                zh: "第 \(run.id) 次运行无法重放：此后有记录被删除（第\(event)号事件）"),
            at: Place(file: store.directory),
            advice: Text(
                en:
                    "That is no damage. What the run wrote is known by its digests; a run after the erasure can be made again.",
                zh: "这不是损坏。该次运行的输出仍可凭摘要核对；删除之后的运行可以重放。"))
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
