/// Something that happened to the registry. Events are only ever added; each holds the hash of the one before.
package struct AuditEvent: Sendable, Hashable {
    /// From 1, without gaps.
    package let sequence: Int
    /// `batch.imported`, `decision.made`, `run.completed`, …
    package let type: String
    /// UTC, ISO 8601, to the second.
    package let time: String
    package let actor: String
    /// In which role the actor did it: see `Role`.
    package let role: String
    /// `qingku` version and SHA-256 of the rule book.
    package let tool: String
    package let rules: String
    /// Opaque ids concerned (batch, run, person): no personal data.
    package let subjects: [String]
    /// SHA-256 of salt and payload, hex: the payload can be erased and the chain stays whole.
    package let commitment: String
    package let previousHash: String
    package let hash: String

    package init(
        sequence: Int, type: String, time: String, actor: String, role: String = Role.operator.rawValue, tool: String,
        rules: String, subjects: [String], commitment: String, previousHash: String, hash: String
    ) {
        self.sequence = sequence
        self.type = type
        self.time = time
        self.actor = actor
        self.role = role
        self.tool = tool
        self.rules = rules
        self.subjects = subjects
        self.commitment = commitment
        self.previousHash = previousHash
        self.hash = hash
    }
}

/// What an event is about in full: its own columns hold no personal data, this may. Both parts can be erased together.
package struct EventPayload: Sendable, Hashable {
    /// 32 random bytes, without which the commitment cannot be guessed from a known body.
    package let salt: [UInt8]
    /// Canonical JSON (RFC 8785), UTF-8.
    package let body: [UInt8]

    package init(salt: [UInt8], body: [UInt8]) {
        self.salt = salt
        self.body = body
    }
}

/// An event with its payload; `nil` once that has been erased.
package struct RecordedEvent: Sendable, Hashable {
    package let event: AuditEvent
    package let payload: EventPayload?

    package init(event: AuditEvent, payload: EventPayload?) {
        self.event = event
        self.payload = payload
    }
}
