import Reconciliation
import Records
import Testing

struct EventChainTests {
    static func trail(_ count: Int, salt: UInt8 = 7) -> [RecordedEvent] {
        var chain = EventChain(after: nil, actor: "wang", tool: "qingku 0.1.0 (0123)", rules: "abcd")
        return (1...count).map { number in
            chain.append(
                AuditEntry(type: "test.happened", subjects: ["run:\(number)"], payload: ["number": .integer(number)]),
                time: "2026-11-21T08:00:00Z", salt: Array(repeating: salt, count: 32))
        }
    }

    /// Holds the layout of what is hashed: worked out by hand with Python's hashlib.
    @Test func `the first hash is what an independent verifier gets`() throws {
        let first = try #require(Self.trail(1).first)
        #expect(first.payload?.body == Array(#"{"number":1}"#.utf8))
        #expect(first.event.commitment == "adcd9182032ec4e684948b014f29d7ce522638b2a8dae4019869bf0a29157938")
        #expect(first.event.previousHash == EventChain.seed)
        #expect(first.event.hash == "f6a216a804a16269a7860a08cba760644e8a39baa34c5ade6c9bca8a70673b32")
    }

    @Test func `a sound trail verifies, in one piece or continued`() throws {
        let events = Self.trail(20)
        #expect(EventChain.verify(events) == nil)
        var chain = EventChain(after: events[9].event, actor: "wang", tool: "qingku 0.1.0 (0123)", rules: "abcd")
        let next = chain.append(
            AuditEntry(type: "test.happened", subjects: ["run:11"], payload: ["number": 11]),
            time: "2026-11-21T08:00:00Z", salt: Array(repeating: 7, count: 32))
        #expect(next == events[10])
        #expect(EventChain.verify([]) == nil)
    }

    @Test func `erasing a payload breaks nothing`() {
        var events = Self.trail(5)
        events[2] = RecordedEvent(event: events[2].event, payload: nil)
        #expect(EventChain.verify(events) == nil)
    }

    static func changed(
        _ event: AuditEvent = original, sequence: Int? = nil, type: String? = nil, time: String? = nil,
        actor: String? = nil, role: String? = nil, tool: String? = nil, rules: String? = nil, subjects: [String]? = nil,
        commitment: String? = nil,
        previousHash: String? = nil, hash: String? = nil
    ) -> AuditEvent {
        AuditEvent(
            sequence: sequence ?? event.sequence, type: type ?? event.type, time: time ?? event.time,
            actor: actor ?? event.actor, role: role ?? event.role, tool: tool ?? event.tool,
            rules: rules ?? event.rules,
            subjects: subjects ?? event.subjects, commitment: commitment ?? event.commitment,
            previousHash: previousHash ?? event.previousHash, hash: hash ?? event.hash)
    }

    static let original = trail(3)[2].event
    static let zeros = String(repeating: "0", count: 64)

    @Test(
        "every field of an event is sealed",
        arguments: [
            ("sequence", changed(sequence: 9), .sequence),
            ("type", changed(type: "test.happened2"), .content),
            ("time", changed(time: "2026-11-21T08:00:01Z"), .content),
            ("actor", changed(actor: "Wang"), .content),
            ("role", changed(role: "approver"), .content),
            ("tool", changed(tool: "qingku 0.1.1 (0123)"), .content),
            ("rules", changed(rules: "abce"), .content),
            ("subjects", changed(subjects: ["run:4"]), .content),
            ("more subjects", changed(subjects: ["run:3", ""]), .content),
            ("commitment", changed(commitment: zeros), .content),
            ("previous hash", changed(previousHash: zeros), .link),
            ("hash", changed(hash: zeros), .content),
        ] as [(String, AuditEvent, EventChain.Break.Kind)])
    func tampering(_ name: String, _ event: AuditEvent, _ kind: EventChain.Break.Kind) {
        var events = Self.trail(5)
        events[2] = RecordedEvent(event: event, payload: events[2].payload)
        #expect(EventChain.verify(events) == EventChain.Break(sequence: 3, kind: kind))
    }

    @Test func `a changed body or salt, or another event's payload, is found`() throws {
        let events = Self.trail(5)
        let payload = try #require(events[2].payload)
        for other in [
            EventPayload(salt: payload.salt, body: Array(#"{"number":9}"#.utf8)),
            EventPayload(salt: Array(repeating: 8, count: 32), body: payload.body), try #require(events[3].payload),
        ] {
            var tampered = events
            tampered[2] = RecordedEvent(event: events[2].event, payload: other)
            #expect(EventChain.verify(tampered) == EventChain.Break(sequence: 3, kind: .payload))
        }
    }

    @Test func `dropped, inserted, doubled and swapped events are found`() {
        let events = Self.trail(6)
        var dropped = events
        dropped.remove(at: 2)
        #expect(EventChain.verify(dropped) == EventChain.Break(sequence: 3, kind: .sequence))
        #expect(EventChain.verify(Array(events.dropFirst())) == EventChain.Break(sequence: 1, kind: .sequence))
        var doubled = events
        doubled.insert(events[2], at: 2)
        #expect(EventChain.verify(doubled) == EventChain.Break(sequence: 4, kind: .sequence))
        var swapped = events
        swapped.swapAt(2, 3)
        #expect(EventChain.verify(swapped) == EventChain.Break(sequence: 3, kind: .sequence))
        var spliced = events
        spliced[3] = RecordedEvent(
            event: Self.changed(Self.trail(6, salt: 8)[3].event), payload: nil)
        #expect(EventChain.verify(spliced) == EventChain.Break(sequence: 4, kind: .link))
    }

    @Test(
        "canonical JSON",
        arguments: [
            (.object(["b": .integer(1), "a": .array([.integer(-2), .text("x")])]), #"{"a":[-2,"x"],"b":1}"#),
            (.object([:]), "{}"), (.array([]), "[]"),
            (.text("清库 \"\\/"), #""清库 \"\\/""#),
            (.text("\u{8}\u{9}\u{A}\u{C}\u{D}\u{0}\u{1F}\u{7F}"), "\"\\b\\t\\n\\f\\r\\u0000\\u001f\u{7F}\""),
            (
                .object(["\u{FB33}": .integer(1), "\u{1F600}": .integer(2), "é": .integer(3)]),
                "{\"é\":3,\"\u{1F600}\":2,\"\u{FB33}\":1}"
            ),
        ] as [(CanonicalJSON, String)])
    func canonical(_ value: CanonicalJSON, _ text: String) {
        #expect(value.bytes == Array(text.utf8))
    }

    @Test func `entries name their subjects without personal data`() {
        let decision = Decision(
            RecordKey(source: "b", recordID: "2"), RecordKey(source: "a", recordID: "1"), .same, by: "wang",
            reason: "same card", at: "2026-11-21T08:00:00Z")
        let entry = AuditEntry.decisionsMade([(4, decision)])
        #expect(entry.subjects == ["decision:4"])
        #expect(
            String(decoding: entry.payload.bytes, as: UTF8.self)
                == #"{"decisions":[{"a":{"record":"1","source":"a"},"at":"2026-11-21T08:00:00Z","b":{"record":"2","source":"b"},"#
                + #""by":"wang","reason":"same card","verdict":"same"}]}"#)
        let quiet = PersonIDs.assign(groups: [0], previous: .none(rows: 1))
        #expect(AuditEntry.identityChanged(run: 1, quiet) == nil)
        let merged = PersonIDs.assign(
            groups: [0, 0], previous: Membership(current: [1, 2], first: [1, 2], highest: 2))
        #expect(AuditEntry.identityChanged(run: 1, merged)?.type == "identity.changed")
    }
}

extension EventChain {
    /// The first break of the whole trail; `nil` when it is sound.
    fileprivate static func verify(_ events: [RecordedEvent]) -> Break? {
        var walk = Walk()
        for event in events {
            if let found = walk.step(event) { return found }
        }
        return nil
    }
}
