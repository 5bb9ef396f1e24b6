import Foundation
import Reconciliation
package import Records
import Workspace

/// What an auditor asks of a trail beside checking all of it: its events, one event with proof, a checkpoint to take away,
/// and the key.
package enum TrailRun {
    /// Which events are asked for; what is not said is not asked.
    package struct Filter: Sendable {
        package var types: [String] = []
        /// From and before this time, UTC: `2026-11-21` or longer.
        package var since: String?
        package var until: String?
        /// `batch:3`; named by the event.
        package var subject: String?
        /// The newest so many.
        package var last: Int?

        package init() {}
    }

    /// What happened, in a few words.
    package static func title(ofType type: String) -> Text { AuditEntry.title(ofType: type) }

    /// In order, one at a time.
    package static func forEachEvent(
        workspace: String, _ filter: Filter, _ body: (RecordedEvent) throws -> Void
    ) throws {
        var wanted = WorkspaceStore.EventFilter()
        wanted.types = filter.types
        wanted.since = filter.since
        wanted.until = filter.until
        wanted.subject = filter.subject
        wanted.last = filter.last
        try WorkspaceStore.openReadOnly(directory: workspace).forEachEvent(wanted, body)
    }

    /// All of an event, as one line of JSON.
    package static func json(_ recorded: RecordedEvent, withPayload: Bool) -> String {
        let event = recorded.event
        var object: [String: CanonicalJSON] = [
            "sequence": .integer(event.sequence), "type": .text(event.type), "time": .text(event.time),
            "actor": .text(event.actor), "role": .text(event.role), "tool": .text(event.tool),
            "rules": .text(event.rules), "subjects": .array(event.subjects.map { .text($0) }),
            "commitment": .text(event.commitment), "previous_hash": .text(event.previousHash),
            "hash": .text(event.hash), "erased": .bool(recorded.payload == nil),
        ]
        if withPayload, let payload = recorded.payload {
            object["payload"] = .text(String(decoding: payload.body, as: UTF8.self))
        }
        return String(decoding: CanonicalJSON.object(object).bytes, as: UTF8.self)
    }

    /// The newest stored checkpoint if it stands for all events, else one that is signed now.
    ///
    /// - Throws: `E-AUD-010` for a trail without events.
    package static func checkpoint(workspace: String) throws -> String {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        return try checkpoint(store, holding: try store.lastEvent()?.sequence ?? 0).note.text
    }

    private static func checkpoint(_ store: WorkspaceStore, holding sequence: Int) throws -> Checkpoint {
        guard sequence > 0 else {
            throw Failure(.notDone, code: "E-AUD-010", Text(en: "the trail has no events", zh: "审计轨迹中没有事件"))
        }
        if let stored = try store.checkpoint(holding: sequence).flatMap({ Checkpoint($0.note) }) { return stored }
        return try TrailSigner(store).checkpoint(store)
    }

    /// That event `sequence` is part of the trail, for somebody who sees no other event.
    ///
    /// - Parameter withPayload: show what the event was about; may be personal data.
    /// - Returns: JSON.
    /// - Throws: `E-AUD-011` when there is no such event.
    package static func prove(workspace: String, event sequence: Int, withPayload: Bool) throws -> String {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        guard sequence > 0, let event = try store.event(sequence) else {
            throw Failure(
                .badInput, code: "E-AUD-011", Text(en: "there is no event \(sequence)", zh: "没有第 \(sequence) 号事件"))
        }
        let checkpoint = try checkpoint(store, holding: sequence)
        var proof = MerkleProof(inclusionOf: sequence - 1, size: checkpoint.size)
        try store.forEachEventHash(to: checkpoint.size) { proof.append(TreeHash(hex: $0) ?? MerkleTree().root) }
        return try EventProof(event, withPayload: withPayload, hashes: proof.hashes, checkpoint: checkpoint).json()
    }

    package struct ProvedEvent: Sendable {
        package let event: AuditEvent
        /// Events of the trail it is part of.
        package let size: Int
        /// JSON; `nil` when the proof does not show it.
        package let payload: String?
    }

    /// The event that the file proves.
    ///
    /// - Throws: `E-AUD-016` for a file that is no proof, `E-AUD-013` when it does not hold.
    package static func check(proof path: String, key: String) throws -> ProvedEvent {
        let key = try AuditRun.verifierKey(key)
        guard let proof = EventProof(json: try AuditRun.text(ofFile: path)) else {
            throw Failure(
                .badInput, code: "E-AUD-016",
                Text(en: "this is no proof that qingku audit prove wrote", zh: "这不是 qingku audit prove 写出的证明"),
                at: Place(file: path))
        }
        if let fault = proof.fault(key: key) {
            throw Failure(.verification, code: "E-AUD-013", fault, at: Place(file: path))
        }
        return ProvedEvent(
            event: proof.event, size: proof.checkpoint.size,
            payload: proof.payload.map { String(decoding: $0.body, as: UTF8.self) })
    }

    /// What is to be done about the key that signs.
    package enum KeyChange: Sendable {
        /// Make one if there is none.
        case keep
        /// Let a new one take its place, which both sign.
        case rotate
        /// Let a new one take the place of one that is lost.
        case replaceLost(reason: String)
    }

    package struct KeyOutcome: Sendable {
        package let verifier: String
        /// Where the secret half is.
        package let file: String
        /// False when the key was there before.
        package let isNew: Bool
    }

    /// Makes the workspace where there is none, so that its key can be noted before the first run.
    ///
    /// - Parameters:
    ///   - file: where the secret half goes; `nil`: into the workspace.
    ///   - time: UTC, ISO 8601, to the second.
    /// - Throws: as the opening of a workspace, `E-AUD-002` to `E-AUD-007`, `E-AUD-017` for a key that is not lost, `E-AUD-014`
    ///   for a file with a key that is no new one of this registry.
    package static func key(
        workspace: String, file: String?, change: KeyChange, actor: String, time: String
    ) throws -> KeyOutcome {
        if case .keep = change, let known = try present(workspace) { return known }
        let store = try WorkspaceStore.open(directory: workspace)
        let known = try store.signingKeys()
        guard let current = known.last, let currentKey = VerifierKey(current.verifier) else {
            let signer = try TrailSigner(store, file: file)
            try commit(
                store, signer, .keyCreated(signer.key.verifier, file: signer.file),
                from: try TrailSigner.standing(store, signedBy: signer.key.verifier), with: [], actor, time)
            return KeyOutcome(
                verifier: signer.key.verifier.description, file: TrailSigner.path(signer.file, store.directory),
                isNew: true)
        }
        let newFile = file.map(TrailSigner.absolute) ?? "audit-\(known.count + 1).key"
        func next() throws -> TrailSigner {
            let key = try KeyFile.make(
                TrailSigner.path(newFile, store.directory), succeeding: known.compactMap { VerifierKey($0.verifier) },
                name: currentKey.name)
            return TrailSigner(key: key, file: newFile)
        }
        let signer: TrailSigner
        switch change {
        case .keep:
            return KeyOutcome(
                verifier: current.verifier, file: TrailSigner.path(current.file, store.directory), isNew: false)
        case .rotate:
            let old = try TrailSigner(store)
            let tree = try TrailSigner.standing(store, signedBy: currentKey)
            signer = try next()
            try commit(
                store, signer, .keyRotated(from: currentKey, to: signer.key.verifier, file: signer.file),
                from: tree, with: [old.key], actor, time)
            // A retired key that stays in the workspace could sign the past again.
            try? FileManager.default.removeItem(atPath: TrailSigner.path(current.file, store.directory))
        case .replaceLost(let reason):
            if let present = try? TrailSigner(store) {
                throw Failure(
                    .badInput, code: "E-AUD-017", Text(en: "the key is not lost: it is here", zh: "密钥并未丢失，就在此处"),
                    at: Place(file: TrailSigner.path(present.file, store.directory)),
                    advice: Text(en: "--rotate lets a new one take its place.", zh: "可用 --rotate 更换密钥。"))
            }
            let tree = try TrailSigner.standing(store, signedBy: currentKey)
            signer = try next()
            try commit(
                store, signer,
                .keyReplaced(from: currentKey, to: signer.key.verifier, file: signer.file, reason: reason),
                from: tree, with: [], actor, time)
        }
        return KeyOutcome(
            verifier: signer.key.verifier.description, file: TrailSigner.path(signer.file, store.directory), isNew: true
        )
    }

    /// The key of a workspace that has one: to tell it nothing has to be written.
    private static func present(_ workspace: String) throws -> KeyOutcome? {
        guard WorkspaceStore.exists(at: workspace),
            let store = try? WorkspaceStore.openReadOnly(directory: workspace),
            let current = try store.signingKeys().last
        else { return nil }
        return KeyOutcome(
            verifier: current.verifier, file: TrailSigner.path(current.file, store.directory), isNew: false)
    }

    private static func commit(
        _ store: WorkspaceStore, _ signer: TrailSigner, _ entry: AuditEntry, from tree: MerkleTree,
        with others: [SigningKey], _ actor: String, _ time: String
    ) throws {
        try store.commit { writer in
            let last = try writer.lastEvent()
            var chain = EventChain(
                after: last, actor: actor, role: .admin, tool: Version.text, rules: try writer.rulesInForce() ?? "")
            let event = chain.append(entry, time: time, salt: EventChain.randomSalt())
            try writer.append(event)
            try writer.save(
                StoredSigningKey(
                    verifier: signer.key.verifier.description, event: event.event.sequence, file: signer.file))
            _ = try signer.checkpoint(writer, from: tree, with: others)
        }
    }
}
