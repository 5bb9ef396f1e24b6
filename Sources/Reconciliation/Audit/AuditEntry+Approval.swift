/// What the trail says of words that need two people.
extension AuditEntry {
    /// Type of the event of a word → that of the same word when it waits for a second person.
    package static let proposals = [
        "decision.made": "decision.proposed", "cell.overridden": "override.proposed",
        "word.withdrawn": "withdrawal.proposed", "erasure.executed": "erasure.proposed",
        "rules.changed": "rules.proposed", "calibration.applied": "calibration.proposed",
    ]

    private static let prefix = "class:"

    /// The same word as a proposal.
    ///
    /// - Parameter classes: why it needs a second person; among the subjects, which are never erased.
    package func proposed(for classes: [String]) -> AuditEntry {
        AuditEntry(
            type: Self.proposals[type] ?? type, subjects: subjects + classes.map { Self.prefix + $0 }, payload: payload)
    }

    /// Why a word needed a second person.
    package static func classes(_ subjects: [String]) -> [String] {
        subjects.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// Somebody asks for an erasure.
    package static func erasureProposed(
        records: [Int64], persons: [String], classes: [String], reason: String, by: String
    ) -> AuditEntry {
        AuditEntry(
            type: "erasure.executed", subjects: persons.map { "person:\($0)" } + records.map { "record:\($0)" },
            payload: ["by": .text(by), "reason": .text(reason)]
        ).proposed(for: classes)
    }

    /// Somebody asks to work under another rule book.
    package static func rulesProposed(
        before: String, after: String, title: String, classes: [String]
    ) -> AuditEntry {
        let entry = rulesChanged(before: before, after: after, title: title)
        return AuditEntry(type: entry.type, subjects: ["rules:\(after)"], payload: entry.payload).proposed(for: classes)
    }

    /// The second person's answer to the word of an event.
    package static func approval(of event: Int, isGranted: Bool, by: String, reason: String) -> AuditEntry {
        AuditEntry(
            type: isGranted ? "approval.granted" : "approval.refused", subjects: ["event:\(event)"],
            payload: ["by": .text(by), "event": .integer(event), "reason": .text(reason)])
    }
}
