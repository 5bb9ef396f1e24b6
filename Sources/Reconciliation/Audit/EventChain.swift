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
    private let tool: String
    private let rules: String

    /// - Parameters:
    ///   - last: the newest event of the trail; `nil` for an empty one.
    ///   - tool, rules: as in `AuditEvent`.
    package init(after last: AuditEvent?, actor: String, tool: String, rules: String) {
        self.last = (last?.sequence ?? 0, last?.hash ?? Self.seed)
        self.actor = actor
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
            sequence: last.sequence + 1, type: entry.type, time: time, actor: actor, tool: tool, rules: rules,
            subjects: entry.subjects, commitment: Self.commitment(payload), previousHash: last.hash, hash: "")
        let event = AuditEvent(
            sequence: unsealed.sequence, type: unsealed.type, time: time, actor: actor, tool: tool, rules: rules,
            subjects: unsealed.subjects, commitment: unsealed.commitment, previousHash: last.hash,
            hash: Self.hash(unsealed))
        last = (event.sequence, event.hash)
        return RecordedEvent(event: event, payload: payload)
    }

    package static func randomSalt() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    static func commitment(_ payload: EventPayload) -> String {
        var hash = SHA256()
        hash.update(data: payload.salt)
        hash.update(data: payload.body)
        return hex(hash.finalize())
    }

    /// Of an event whose own hash is not looked at; an unreadable previous hash counts as no bytes.
    static func hash(_ event: AuditEvent) -> String {
        let body: CanonicalJSON = [
            "actor": .text(event.actor),
            "commitment": .text(event.commitment),
            "rules": .text(event.rules),
            "sequence": .integer(event.sequence),
            "subjects": .array(event.subjects.map { .text($0) }),
            "time": .text(event.time),
            "tool": .text(event.tool),
            "type": .text(event.type),
        ]
        var hash = SHA256()
        hash.update(data: Array("qingku/event/v1".utf8))
        hash.update(data: bytes(event.previousHash) ?? [])
        hash.update(data: body.bytes)
        return hex(hash.finalize())
    }

    private static func hex(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 64, by: 2) {
            guard let high = value(digits[place]), let low = value(digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
    }
}
