import Records

/// What the trail says of people's rights: subjects are opaque numbers, and no payload says anything about a person but what
/// an officer wrote as a reason.
extension AuditEntry {
    /// Records are used for nothing from here on, or are used again.
    package static func restricted(records: [Int64], isLifted: Bool, reason: String, by: String) -> AuditEntry {
        AuditEntry(
            type: isLifted ? "restriction.lifted" : "restriction.set", subjects: records.map { "record:\($0)" },
            payload: ["by": .text(by), "reason": .text(reason), "records": .integer(records.count)])
    }

    /// The words of records were erased, in the same commit.
    ///
    /// - Parameters:
    ///   - events: whose payloads went too, all before this event.
    ///   - counts: by what was erased.
    ///   - key: subject by which the key that recognises the records is known again; empty: none.
    package static func erased(
        records: [Int64], persons: [UInt32], events: [Int], runs: [Int], counts: [String: Int], reason: String,
        key: String = ""
    ) -> AuditEntry {
        AuditEntry(
            type: "erasure.executed",
            subjects: persons.map { "person:\(PersonID.text($0))" } + records.map { "record:\($0)" }
                + events.map { "event:\($0)" } + runs.map { "run:\($0)" } + (key.isEmpty ? [] : [key]),
            payload: ["counts": .object(counts.mapValues { .integer($0) }), "reason": .text(reason)])
    }

    /// What was over its time was removed, in the same commit.
    package static func retained(runs: [Int], counts: [String: Int], rules: [String: String]) -> AuditEntry {
        AuditEntry(
            type: "retention.executed", subjects: runs.map { "run:\($0)" },
            payload: [
                "counts": .object(counts.mapValues { .integer($0) }),
                "rules": .object(rules.mapValues { .text($0) }),
            ])
    }

    /// Somebody was told everything that is held about a person.
    package static func subjectReported(person: UInt32?, records: [Int64], by: String, purpose: String) -> AuditEntry {
        AuditEntry(
            type: "subject.reported",
            subjects: (person.map { ["person:\(PersonID.text($0))"] } ?? []) + records.map { "record:\($0)" },
            payload: ["by": .text(by), "purpose": .text(purpose), "records": .integer(records.count)])
    }

    /// A copy of the database was written.
    ///
    /// - Parameters:
    ///   - file: its base name; `sha256` is its digest, hex.
    ///   - head: the newest event it has, and that event's hash.
    ///   - recipients: the keys that it was encrypted to; empty: it is not.
    package static func backupMade(
        file: String, sha256: String, size: Int, head: (sequence: Int, hash: String), encryptedTo recipients: [String]
    ) -> AuditEntry {
        AuditEntry(
            type: "backup.made", subjects: [],
            payload: [
                "encrypted_to": .array(recipients.map { .text($0) }), "events": .integer(head.sequence),
                "file": .text(file), "head": .text(head.hash), "sha256": .text(sha256), "size": .integer(size),
            ])
    }

    /// Subject of an event whose commit has no checkpoint of its own: the next one stands for it.
    static let unsigned = "unsigned"

    /// A copy took the place of the database.
    ///
    /// - Parameters:
    ///   - events: how many the copy has; the ones after it up to `known`, as far as they are known by type, are lost.
    ///   - persons: the highest number that the database which was replaced had given out: nobody gets one up to it again.
    ///   - aside: where the database that was replaced is kept; empty when there was none.
    ///   - isSigned: whether the key that signs is there.
    package static func backupRestored(
        file: String, sha256: String, events: Int, known: Int, lost: [String: Int], persons: UInt32, isUnread: Bool,
        aside: String, isSigned: Bool
    ) -> AuditEntry {
        AuditEntry(
            type: "backup.restored", subjects: isSigned ? [] : [unsigned],
            payload: [
                "aside": .text(aside), "events": .integer(events), "file": .text(file), "known": .integer(known),
                "lost": .object(lost.mapValues { .integer($0) }), "persons": .integer(Int(persons)),
                "sha256": .text(sha256), "unread": .bool(isUnread),
            ])
    }
}
