import Foundation
import Reconciliation
package import Records
import Workspace

/// Proves that a workspace is as it was written: database, records, events, checkpoints, persons, outputs.
package enum AuditRun {
    package struct Outcome: Sendable {
        package let events: Int
        /// Hash of the newest event.
        package let head: String
        /// Events up to the greatest checkpoint that agrees; 0 when there is none.
        package let signed: Int
        /// The same, of the checkpoints that were given.
        package let signedElsewhere: Int
        /// The key that signs now; `nil` when there is none yet.
        package let key: String?
        /// Events by which a key took the place of a lost one.
        package let replacedKeys: [Int]
        /// Events by which a backup was put back without the key that signs.
        package let unsignedRestores: [Int]
        /// What came of making the newest run again; `nil` when that was not asked for.
        package var replay: Text?
        /// Files that could not be looked at, and why.
        package var unchecked: [Text] = []
        package var problems: [Problem]
    }

    package struct Problem: Sendable {
        /// `database`, `record`, `content`, `root`, `output`, `word`, `replay`, …
        package let kind: String
        /// The first event that may be bad; `nil` when it is not about events.
        package let sequence: Int?
        package let message: Text
    }

    /// - Parameters:
    ///   - checkpoints: files with checkpoints that were kept elsewhere.
    ///   - keys: verifier keys that were kept elsewhere.
    ///   - replayThreads: make the newest run again with so many threads, and hold its files against those it wrote; `nil`:
    ///     leave that out.
    ///   - time: UTC, ISO 8601, to the second, for the reminder that `status` shows; `nil`: none is left.
    /// - Throws: `E-AUD-008` for a file that cannot be read, `E-AUD-009` for a text that is no key, `E-AUD-012` for a file that
    ///   is no checkpoint.
    package static func verify(
        workspace: String, checkpoints: [String] = [], keys: [String] = [], replayThreads: Int? = nil,
        at time: String? = nil, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        var outcome = try verify(
            store, given: try checkpoints.map { (name: $0, text: try note(ofFile: $0)) },
            inOutbox: outboxCheckpoints(store.outbox), keys: try keys.map { try verifierKey($0) })
        if let replayThreads {
            let (said, problems) = replay(workspace, threads: replayThreads, progress)
            outcome.replay = said
            outcome.problems += problems
        }
        if let time {
            VerifyNote(time: time, events: outcome.events, problems: outcome.problems.count).write(workspace)
        }
        return outcome
    }

    private static func replay(
        _ workspace: String, threads: Int, _ progress: @escaping (CleaningStage) -> Void
    ) -> (said: Text, problems: [Problem]) {
        do {
            var request = ReplayRun.Request(workspace: workspace, threads: threads)
            request.looksAtLedger = true
            let replayed = try ReplayRun.run(request, progress: progress)
            let run = replayed.run
            if replayed.different.isEmpty, replayed.differentFindings.isEmpty {
                return (Text(en: "Run \(run) comes out the same again.", zh: "第 \(run) 次运行重放结果一致。"), [])
            }
            return (
                Text(en: "Run \(run) does not come out the same again.", zh: "第 \(run) 次运行重放结果不一致。"),
                replayed.different.map { file in
                    Problem(
                        kind: "replay", sequence: nil,
                        message: Text(
                            en: "\(file) of run \(run) is not what its records, decisions and rules give",
                            zh: "第 \(run) 次运行的 \(file) 与其记录、判定和规则重放的结果不符"))
                }
                    + replayed.differentFindings.prefix(20).map { finding in
                        Problem(
                            kind: "replay", sequence: nil,
                            message: Text(
                                en: "finding \(finding) is not what its record and the rules give",
                                zh: "发现 \(finding) 与其记录和规则重放的结果不符"))
                    }
            )
        } catch let failure as Failure where failure.kind != .verification {
            return (failure.message, [])
        } catch {
            let message = (error as? Failure)?.message ?? Text(en: "\(error)", zh: "\(error)")
            return (message, [Problem(kind: "replay", sequence: nil, message: message)])
        }
    }

    /// As of one moment: what others commit meanwhile is looked at the next time.
    ///
    /// - Parameter inOutbox: those of another registry are not looked at.
    static func verify(
        _ store: WorkspaceStore, given: [(name: String, text: String)],
        inOutbox: [(name: String, origin: String, text: String)] = [], keys: [VerifierKey] = []
    ) throws -> Outcome {
        try store.readAllAsOfNow { try look(at: store, given, inOutbox, keys) }
    }

    private static func look(
        at store: WorkspaceStore, _ given: [(name: String, text: String)],
        _ inOutbox: [(name: String, origin: String, text: String)], _ keys: [VerifierKey]
    ) throws -> Outcome {
        var pinned = keys
        var audit: TrailAudit?
        var signing: StoredSigningKey?
        let trail: (seals: [WorkspaceStore.BrokenSeal], schema: [Text])
        do {
            trail = try store.readTrail { facts in
                signing = facts.keys.last
                if let present = presentKey(signing, store) { pinned.append(present) }
                audit = TrailAudit(
                    stored: facts.checkpoints.map { ($0.size, $0.note, $0.edge) },
                    given: given
                        + inOutbox.filter { $0.origin == signing.flatMap { VerifierKey($0.verifier) }?.name }
                        .map { ($0.name, $0.text) },
                    keys: Dictionary(facts.keys.map { ($0.event, [$0.verifier, $0.file]) }) { first, _ in first },
                    pinned: pinned,
                    erasures: facts.erasures)
            } event: {
                audit?.step($0)
            }
        } catch let failure as Failure where failure.kind == .verification {
            return damaged(failure, try? store.verify())
        }
        guard let result = audit?.finish() else { preconditionFailure("a trail that was read was begun") }

        var problems = result.problems.map {
            Problem(kind: $0.kind.rawValue, sequence: $0.sequence == 0 ? nil : $0.sequence, message: $0.message)
        }
        problems += trail.seals.map(problem)
        problems += trail.schema.map { Problem(kind: "schema", sequence: nil, message: $0) }
        problems += try store.verify().map { Problem(kind: $0.kind.rawValue, sequence: nil, message: $0.message) }
        problems += try words(store)
        let elsewhere = given.compactMap { Checkpoint($0.text)?.size }.max() ?? 0
        return Outcome(
            events: result.events, head: result.head, signed: result.signed ?? 0,
            signedElsewhere: min(elsewhere, result.signed ?? 0), key: signing?.verifier,
            replacedKeys: result.replacedKeys, unsignedRestores: result.unsignedRestores,
            unchecked: try store.uncheckedOutputs(), problems: problems)
    }

    /// Rows that cannot be read are a problem of the database, which is reported already.
    private static func words(_ store: WorkspaceStore) throws -> [Problem] {
        do {
            return try WordAudit.problems(in: store)
        } catch let failure as Failure where failure.kind == .verification {
            return []
        }
    }

    private static func problem(_ seal: WorkspaceStore.BrokenSeal) -> Problem {
        if seal.sequence == 0 {
            return Problem(
                kind: "rows", sequence: nil,
                message: Text(
                    en: "\(seal.table) holds rows that no event vouches for", zh: "表 \(seal.table) 中有没有任何事件担保的行"))
        }
        return Problem(
            kind: "rows", sequence: seal.sequence,
            message: Text(
                en: "the rows of \(seal.table) are not those that event \(seal.sequence) vouches for",
                zh: "表 \(seal.table) 的行与第\(seal.sequence)号事件担保的不同"))
    }

    private static func damaged(_ failure: Failure, _ further: [WorkspaceStore.Problem]?) -> Outcome {
        let found = further.flatMap { $0.isEmpty ? nil : $0 }
        return Outcome(
            events: 0, head: EventChain.seed, signed: 0, signedElsewhere: 0, key: nil, replacedKeys: [],
            unsignedRestores: [],
            problems: found?.map { Problem(kind: $0.kind.rawValue, sequence: nil, message: $0.message) }
                ?? [Problem(kind: "database", sequence: nil, message: failure.message)])
    }

    /// The key file, where it can be read here, has to be that of the trail.
    private static func presentKey(_ known: StoredSigningKey?, _ store: WorkspaceStore) -> VerifierKey? {
        let path = TrailSigner.path(known?.file ?? "audit.key", store.directory)
        return known == nil ? nil : (try? KeyFile.read(path))?.verifier
    }

    /// Those that runs left in the outbox of the workspace: an older database put beside them does not know the newest.
    static func outboxCheckpoints(_ outbox: String) -> [(name: String, origin: String, text: String)] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: outbox)) ?? []
        return folders.filter { !$0.hasPrefix(".") }.sorted().compactMap { folder in
            let path = "\(outbox)/\(folder)/\(Checkpoint.fileName)"
            guard let data = FileManager.default.contents(atPath: path) else { return nil }
            let text = String(decoding: data, as: UTF8.self)
            return Checkpoint(text).map { (path, $0.origin, text) }
        }
    }

    // MARK: Arguments

    static func verifierKey(_ text: String) throws -> VerifierKey {
        if let key = VerifierKey(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return key }
        throw Failure(
            .badInput, code: "E-AUD-009",
            Text(en: "“\(text)” is no verifier key", zh: "“\(text)”不是验证密钥"),
            advice: Text(en: "qingku audit key prints the one of a workspace", zh: "qingku audit key 可打印工作区的验证密钥"))
    }

    /// A broken checkpoint is a finding; another file is a mistake of whoever gave it.
    private static func note(ofFile path: String) throws -> String {
        let text = try text(ofFile: path)
        if text.contains("\n\u{2014} ") { return text }
        throw Failure(
            .badInput, code: "E-AUD-012", Text(en: "this is no checkpoint", zh: "这不是检查点文件"), at: Place(file: path),
            advice: Text(
                en: "Give a checkpoint.txt of a run, or what “qingku audit checkpoint” printed; a key goes with --key.",
                zh: "请给出某次运行的 checkpoint.txt 或 qingku audit checkpoint 的输出；密钥请用 --key。"))
    }

    static func text(ofFile path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 64 << 20 else {
            throw Failure(
                .badInput, code: "E-AUD-008", Text(en: "the file cannot be read", zh: "无法读取文件"), at: Place(file: path))
        }
        return String(decoding: data, as: UTF8.self)
    }
}
