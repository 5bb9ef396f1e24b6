/// What the trail says of itself.
extension AuditEntry {
    /// The first key that signs checkpoints, and where its secret half is. Both stand among the subjects, which are never
    /// erased.
    package static func keyCreated(_ key: VerifierKey, file: String) -> AuditEntry {
        AuditEntry(type: "key.created", subjects: ["key:\(key)", "file:\(file)"], payload: [:])
    }

    /// Another key signs from here on; the checkpoint that ends with this event bears both signatures.
    package static func keyRotated(from old: VerifierKey, to new: VerifierKey, file: String) -> AuditEntry {
        AuditEntry(type: "key.rotated", subjects: ["key:\(new)", "key:\(old)", "file:\(file)"], payload: [:])
    }

    /// Another key signs from here on because the old one was lost: nothing but the word of people connects the two.
    package static func keyReplaced(from old: VerifierKey, to new: VerifierKey, file: String, reason: String)
        -> AuditEntry
    {
        AuditEntry(
            type: "key.replaced", subjects: ["key:\(new)", "key:\(old)", "file:\(file)"],
            payload: ["reason": .text(reason)])
    }

    /// What the commit added to the append-only tables. Goes last in a commit.
    package static func rowsSealed(
        _ tables: [(table: String, to: Int, rows: Int, digest: String)], bounds: [String: Int]
    ) -> AuditEntry {
        AuditEntry(
            type: "rows.sealed", subjects: [],
            payload: [
                "bounds": .object(bounds.mapValues { .integer($0) }),
                "tables": .array(
                    tables.map {
                        [
                            "digest": .text($0.digest), "rows": .integer($0.rows), "table": .text($0.table),
                            "to": .integer($0.to),
                        ]
                    }),
            ])
    }
}
