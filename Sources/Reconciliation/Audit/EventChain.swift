import Crypto
package import Records

/// Adds events to the audit trail, each sealed with the hash of the one before.
///
/// hash = SHA-256(`qingku/event/v1` ‖ previous hash, 32 bytes ‖ canonical JSON of the event without its hashes), where
/// the event before the first one has the hash 0. A payload enters by its commitment, SHA-256(salt ‖ body), so that it
/// can be erased and the chain stays whole.
package struct EventChain: Sendable {
    package static let seed = String(repeating: "0", count: 64)

    private var last: (sequence: Int, hash: String)
    private let actor: String
    private let role: Role
    private let tool: String
    private let rules: String

    /// - Parameters:
    ///   - last: the newest event of the trail; `nil` for an empty one.
    ///   - tool, rules: as in `AuditEvent`.
    package init(after last: AuditEvent?, actor: String, role: Role = .operator, tool: String, rules: String) {
        self.last = (last?.sequence ?? 0, last?.hash ?? Self.seed)
        self.actor = actor
        self.role = role
        self.tool = tool
        self.rules = rules
    }

    /// - Parameters:
    ///   - time: UTC, ISO 8601, to the second.
    ///   - salt: 32 bytes, fresh for every event; `randomSalt()` outside tests.
    package mutating func append(_ entry: AuditEntry, time: String, salt: [UInt8]) -> RecordedEvent {
        precondition(salt.count == 32, "a salt has 32 bytes")
        let payload = EventPayload(salt: salt, body: entry.payload.bytes)
        let unsealed = AuditEvent(
            sequence: last.sequence + 1, type: entry.type, time: time, actor: actor, role: role.rawValue,
            tool: tool, rules: rules, subjects: entry.subjects, commitment: Self.commitment(payload),
            previousHash: last.hash, hash: "")
        let event = AuditEvent(
            sequence: unsealed.sequence, type: unsealed.type, time: time, actor: actor, role: role.rawValue,
            tool: tool, rules: rules, subjects: unsealed.subjects, commitment: unsealed.commitment,
            previousHash: last.hash,
            hash: Self.hash(unsealed))
        last = (event.sequence, event.hash)
        return RecordedEvent(event: event, payload: payload)
    }

    package static func randomSalt() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next(), Array.init) }
    }

    static func commitment(_ payload: EventPayload) -> String {
        var hash = SHA256()
        hash.update(data: payload.salt)
        hash.update(data: payload.body)
        return TreeHash(hash.finalize()).hex
    }

    /// Of an event whose own hash is not looked at; an unreadable previous hash counts as no bytes.
    package static func hash(_ event: AuditEvent) -> String {
        var bytes = Array("qingku/event/v1".utf8)
        TreeHash(hex: event.previousHash)?.append(to: &bytes)
        write(event, to: &bytes)
        return TreeHash(SHA256.hash(data: bytes)).hex
    }

    /// The canonical JSON of an event, without a tree of it: a trail may have millions. Keys stand in their order.
    static func write(_ event: AuditEvent, to bytes: inout [UInt8]) {
        func member(_ key: StaticString, _ text: String) {
            key.withUTF8Buffer { bytes.append(contentsOf: $0) }
            CanonicalJSON.write(text, to: &bytes)
        }
        member("{\"actor\":", event.actor)
        member(",\"commitment\":", event.commitment)
        member(",\"role\":", event.role)
        member(",\"rules\":", event.rules)
        bytes.append(contentsOf: ",\"sequence\":\(event.sequence),\"subjects\":".utf8)
        CanonicalJSON.array(event.subjects.map { .text($0) }).write(to: &bytes)
        member(",\"time\":", event.time)
        member(",\"tool\":", event.tool)
        member(",\"type\":", event.type)
        bytes.append(UInt8(ascii: "}"))
    }
}
