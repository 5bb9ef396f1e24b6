import Reconciliation
package import Records
import Rules
import Standards
import Workspace

/// What somebody says of findings: accepted as they are, or not any more.
package struct WaiverRequest: Sendable {
    package var workspace: String
    /// As they are written out, or as much of the beginning as only one has.
    package var findings: [String]
    package var reason: String
    package var by: String
    /// In which it is said, for the trail.
    package var role = Role.operator
    /// The last day it holds, `YYYY-MM-DD`; `nil`: until the value changes.
    package var until: String?
    package var clock: Clock

    package init(
        workspace: String, findings: [String], reason: String, by: String, until: String? = nil, clock: Clock
    ) {
        self.workspace = workspace
        self.findings = findings
        self.reason = reason
        self.by = by
        self.until = until
        self.clock = clock
    }
}

/// Records waivers of findings, and takes them back. Both are events of the audit trail.
package enum WaiverRun {
    package struct Outcome: Sendable {
        /// Ids of the findings it is about, those that already were so left out.
        package let changed: [String]
        package let unchanged: [String]
        /// That records it; `nil` when all of it held already.
        package var event: Int?
    }

    /// - Throws: `E-FIND-006` for a reason that says nothing, `E-FIND-007` for a last day that is none or has passed,
    ///   `E-FIND-008` for a finding that is not open.
    package static func waive(_ request: WaiverRequest) throws -> Outcome {
        try checkReason(request)
        if let until = request.until {
            guard CivilDate(iso: until) != nil, until >= request.clock.today else {
                throw Failure(
                    .badInput, code: "E-FIND-007",
                    Text(en: "“\(until)” is no day from today on", zh: "“\(until)”不是今天或以后的日期"),
                    advice: Text(en: "Write it like 2027-06-30.", zh: "请写成 2027-06-30 的形式。"))
            }
        }
        return try change(request, word: .waive) { stored in
            if stored.state == .resolved {
                throw Failure(
                    .badInput, code: "E-FIND-008",
                    Text(
                        en: "\(name(stored)) is resolved; there is nothing to waive", zh: "\(name(stored)) 已消除，无需豁免"))
            }
            guard let waiver = stored.waiver else { return true }
            return waiver.reason != request.reason || waiver.by != request.by || waiver.until != request.until
        } entry: {
            .findingsWaived($0, by: request.by, reason: request.reason, until: request.until)
        }
    }

    /// - Throws: `E-FIND-006` for a reason that says nothing.
    package static func takeBack(_ request: WaiverRequest) throws -> Outcome {
        try checkReason(request)
        return try change(request, word: .takeBack) {
            $0.waiver != nil
        } entry: {
            .waiversTakenBack($0, by: request.by, reason: request.reason)
        }
    }

    private static func change(
        _ request: WaiverRequest, word: WaiverWord, applies: (StoredFinding) throws -> Bool,
        entry: ([String]) -> AuditEntry
    ) throws -> Outcome {
        let store = try WorkspaceStore.openExisting(directory: request.workspace)
        let reader = try LedgerReader(store, clock: request.clock)
        var seen: Set<UInt64> = []
        let stored = try request.findings.map { try reader.finding($0) }.filter { seen.insert($0.id).inserted }
        let chosen = try stored.filter(applies)
        let ids = Set(chosen.map(\.id))
        var outcome = Outcome(
            changed: chosen.map(name), unchanged: stored.filter { !ids.contains($0.id) }.map(name))
        if chosen.isEmpty { return outcome }
        let waivers = try reader.accepted(chosen).map { finding, value in
            Waiver(
                finding: finding.id, by: request.by, reason: request.reason, at: request.clock.now,
                until: request.until, value: value)
        }
        let author = TrailCommit.Author(
            actor: request.by, role: request.role, rules: reader.book.sha256, time: request.clock.now)
        outcome.event = try TrailCommit.run(store, by: author) { commit in
            let event = try commit.add(entry(chosen.map(name)))
            try commit.writer.record(word, on: waivers, event: event)
            return event
        }
        return outcome
    }

    private static func name(_ finding: StoredFinding) -> String { "F" + Hex.text(finding.id) }

    private static func checkReason(_ request: WaiverRequest) throws {
        try Reason.check(
            request.reason, code: "E-FIND-006",
            advice: Text(
                en: "Say why the finding is accepted; the audit trail keeps it.", zh: "请说明接受该发现的理由；审计记录会保留。"))
    }
}
