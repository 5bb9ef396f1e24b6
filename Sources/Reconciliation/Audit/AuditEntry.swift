package import Records

/// What is to be recorded: the event's type, the opaque ids it is about, and its payload.
package struct AuditEntry: Sendable, Hashable {
    package let type: String
    /// `batch:3`, `run:12`, `person:P00000007`: never personal data.
    package let subjects: [String]
    package let payload: CanonicalJSON

    package init(type: String, subjects: [String], payload: CanonicalJSON) {
        self.type = type
        self.subjects = subjects
        self.payload = payload
    }
}

extension AuditEntry {
    /// An export was read into the workspace.
    ///
    /// - Parameters:
    ///   - digest: over the digests of all record versions the batch brought, hex.
    ///   - reassigned: new records whose id somebody else had before.
    package static func batchImported(
        batch: Int, source: String, file: SourceFile, digest: String, records: Int, new: Int, reassigned: Int,
        changed: Int, unchanged: Int, vanished: Int
    ) -> AuditEntry {
        AuditEntry(
            type: "batch.imported", subjects: ["batch:\(batch)"],
            payload: [
                "changed": .integer(changed), "digest": .text(digest), "encoding": .text(file.encoding),
                "file": .text(file.path), "format": .text(file.format.rawValue), "new": .integer(new),
                "reassigned": .integer(reassigned), "records": .integer(records), "sha256": .text(file.sha256),
                "size": .integer(file.size),
                "source": .text(source), "unchanged": .integer(unchanged), "vanished": .integer(vanished),
            ])
    }

    /// A run was finished.
    ///
    /// - Parameters:
    ///   - batches: what it worked on.
    ///   - counts: named counts: records, persons, findings by kind and check, corrections, …
    ///   - digests: SHA-256 by name: inputs, rules, decisions, and of each output file.
    package static func runCompleted(
        run: Int, batches: [Int], counts: [String: Int], digests: [String: String], account: String? = nil
    ) -> AuditEntry {
        AuditEntry(
            type: "run.completed", subjects: ["run:\(run)"] + batches.map { "batch:\($0)" },
            payload: [
                "account": .text(account ?? ""),
                "counts": .object(counts.mapValues { .integer($0) }),
                "digests": .object(digests.mapValues { .text($0) }),
            ])
    }

    /// Somebody decided on pairs of records, all at once: to be taken back together.
    package static func decisionsMade(_ decisions: [(id: Int, decision: Decision)]) -> AuditEntry {
        func record(_ key: RecordKey) -> CanonicalJSON {
            ["record": .text(key.recordID), "source": .text(key.source)]
        }
        return AuditEntry(
            type: "decision.made", subjects: decisions.map { "decision:\($0.id)" },
            payload: [
                "decisions": .array(
                    decisions.map { _, decision in
                        [
                            "a": record(decision.a), "at": .text(decision.at), "b": record(decision.b),
                            "by": .text(decision.by), "reason": .text(decision.reason),
                            "verdict": .text(decision.verdict.rawValue),
                        ]
                    })
            ])
    }

    /// Somebody takes back what an event says.
    ///
    /// - Parameter subjects: those of that event, which count as if they had never been.
    package static func withdrawn(event: Int, subjects: [String], by: String, reason: String) -> AuditEntry {
        AuditEntry(
            type: "word.withdrawn", subjects: ["event:\(event)"] + subjects,
            payload: ["by": .text(by), "event": .integer(event), "reason": .text(reason)])
    }

    /// Findings were made for the first time, came back or were resolved, or waivers ended; nothing to record when none.
    ///
    /// - Parameter counts: by what happened.
    package static func findingsChanged(run: Int, counts: [String: Int]) -> AuditEntry {
        AuditEntry(
            type: "findings.changed", subjects: ["run:\(run)"],
            payload: ["counts": .object(counts.mapValues { .integer($0) }), "run": .integer(run)])
    }

    /// Somebody accepts findings as they are.
    ///
    /// - Parameter findings: their ids, as they are written out.
    package static func findingsWaived(_ findings: [String], by: String, reason: String, until: String?) -> AuditEntry {
        AuditEntry(
            type: "finding.waived", subjects: findings.map { "finding:\($0)" },
            payload: [
                "by": .text(by), "findings": .array(findings.map { .text($0) }), "reason": .text(reason),
                "until": .text(until ?? ""),
            ])
    }

    /// Somebody does not accept findings any more.
    package static func waiversTakenBack(_ findings: [String], by: String, reason: String) -> AuditEntry {
        AuditEntry(
            type: "waiver.taken-back", subjects: findings.map { "finding:\($0)" },
            payload: [
                "by": .text(by), "findings": .array(findings.map { .text($0) }), "reason": .text(reason),
            ])
    }

    /// Persons were merged, split, or came back; nothing to record when nobody was.
    package static func identityChanged(run: Int, _ assignment: PersonAssignment) -> AuditEntry? {
        guard !assignment.merged.isEmpty || !assignment.split.isEmpty || !assignment.returned.isEmpty else {
            return nil
        }
        return AuditEntry(
            type: "identity.changed", subjects: ["run:\(run)"],
            payload: [
                "merged": .array(
                    assignment.merged.map {
                        ["from": .text(PersonID.text($0.from)), "into": .text(PersonID.text($0.into))]
                    }),
                "new": .integer(assignment.new.count),
                "returned": .array(assignment.returned.map { .text(PersonID.text($0)) }),
                "split": .array(
                    assignment.split.map { split in
                        [
                            "from": .text(PersonID.text(split.from)),
                            "into": .array(split.into.map { .text(PersonID.text($0)) }),
                        ]
                    }),
            ])
    }

    /// Files left the workspace.
    ///
    /// - Parameter manifest: SHA-256 of the manifest that closes the folder, hex.
    package static func exportMade(run: Int, folder: String, manifest: String, files: Int) -> AuditEntry {
        AuditEntry(
            type: "export.made", subjects: ["run:\(run)"],
            payload: ["files": .integer(files), "folder": .text(folder), "manifest": .text(manifest)])
    }

    /// Tables of a run were given to somebody outside.
    ///
    /// - Parameters:
    ///   - file: base name of what was written; `sha256` is its digest, hex.
    ///   - pseudonyms: fingerprint of the key, and the columns that were kept as they are; `nil` when values went out as
    ///     they are.
    package static func exportGiven(
        run: Int, tables: [(name: String, rows: Int)], format: String, file: String, sha256: String, purpose: String,
        recipient: String, pseudonyms: (key: String, kept: [String])?, encryptedTo recipients: [String]
    ) -> AuditEntry {
        AuditEntry(
            type: "export.made", subjects: ["run:\(run)"],
            payload: [
                "encrypted_to": .array(recipients.map { .text($0) }), "file": .text(file), "format": .text(format),
                "purpose": .text(purpose),
                "pseudonyms": pseudonyms.map {
                    ["kept": .array($0.kept.map { .text($0) }), "key": .text($0.key)]
                } ?? .object([:]),
                "recipient": .text(recipient), "sha256": .text(sha256),
                "tables": .array(tables.map { ["name": .text($0.name), "rows": .integer($0.rows)] }),
            ])
    }

    /// The rule book is another one than in the run before.
    ///
    /// - Parameter before: SHA-256, hex; empty in the first run.
    package static func rulesChanged(before: String, after: String, title: String) -> AuditEntry {
        AuditEntry(
            type: "rules.changed", subjects: [],
            payload: ["after": .text(after), "before": .text(before), "title": .text(title)])
    }
}
