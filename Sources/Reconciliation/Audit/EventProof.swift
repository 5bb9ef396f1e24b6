import Foundation
package import Records

/// That one event is part of a signed trail, without any other event: the event, its place in the tree, and a checkpoint.
package struct EventProof: Sendable, Hashable {
    package let event: AuditEvent
    /// `nil`: not shown, or erased.
    package let payload: EventPayload?
    /// From the leaf up.
    package let hashes: [TreeHash]
    package let checkpoint: Checkpoint

    package init(_ recorded: RecordedEvent, withPayload: Bool, hashes: [TreeHash], checkpoint: Checkpoint) {
        event = recorded.event
        payload = withPayload ? recorded.payload : nil
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// What does not hold; `nil` when the event is proved to whoever trusts the key.
    package func fault(key: VerifierKey) -> Text? {
        guard checkpoint.note.verdict(of: key) == .signed, checkpoint.origin == key.name else {
            return Text(en: "the checkpoint is not signed by \(key)", zh: "检查点未由 \(key) 签署")
        }
        guard let hash = TreeHash(hex: event.hash), EventChain.hash(event) == event.hash else {
            return Text(en: "the event was changed", zh: "事件被改动")
        }
        if let payload, EventChain.commitment(payload) != event.commitment {
            return Text(en: "the payload was changed", zh: "事件内容被改动")
        }
        guard
            MerkleProof.proves(
                leaf: MerkleTree.leaf(hash), index: event.sequence &- 1, size: checkpoint.size, hashes,
                root: checkpoint.root)
        else { return Text(en: "the event is not part of the signed trail", zh: "该事件不在已签署的轨迹中") }
        return nil
    }

    // MARK: JSON

    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(File(self)), as: UTF8.self) + "\n"
    }

    /// `nil` for a text that is no proof.
    package init?(json: String) {
        guard let file = try? JSONDecoder().decode(File.self, from: Data(json.utf8)), file.schema == 1,
            let checkpoint = Checkpoint(file.checkpoint)
        else { return nil }
        let hashes = file.hashes.compactMap { Data(base64Encoded: $0).flatMap { TreeHash($0) } }
        guard hashes.count == file.hashes.count else { return nil }
        event = AuditEvent(
            sequence: file.event.sequence, type: file.event.type, time: file.event.time, actor: file.event.actor,
            role: file.event.role, tool: file.event.tool, rules: file.event.rules, subjects: file.event.subjects,
            commitment: file.event.commitment, previousHash: file.event.previousHash, hash: file.event.hash)
        payload = file.payload.flatMap { payload in
            Data(base64Encoded: payload.salt).map { EventPayload(salt: Array($0), body: Array(payload.body.utf8)) }
        }
        guard (payload == nil) == (file.payload == nil) else { return nil }
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    private struct File: Codable {
        let schema: Int
        let event: Event
        let payload: Payload?
        let hashes: [String]
        let checkpoint: String

        struct Event: Codable {
            let sequence: Int
            let type: String
            let time: String
            let actor: String
            let role: String
            let tool: String
            let rules: String
            let subjects: [String]
            let commitment: String
            let previousHash: String
            let hash: String

            enum CodingKeys: String, CodingKey {
                case sequence, type, time, actor, role, tool, rules, subjects, commitment, hash
                case previousHash = "previous_hash"
            }
        }

        struct Payload: Codable {
            let salt: String
            let body: String
        }

        init(_ proof: EventProof) {
            schema = 1
            let event = proof.event
            self.event = Event(
                sequence: event.sequence, type: event.type, time: event.time, actor: event.actor, role: event.role,
                tool: event.tool, rules: event.rules, subjects: event.subjects, commitment: event.commitment,
                previousHash: event.previousHash, hash: event.hash)
            payload = proof.payload.map {
                Payload(salt: Data($0.salt).base64EncodedString(), body: String(decoding: $0.body, as: UTF8.self))
            }
            hashes = proof.hashes.map { Data($0.bytes).base64EncodedString() }
            checkpoint = proof.checkpoint.note.text
        }
    }
}
