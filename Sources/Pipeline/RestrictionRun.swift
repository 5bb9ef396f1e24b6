import Reconciliation
import Records
import Workspace

/// Takes records out of use, or puts them back: they stay stored, and the next run leaves them out.
package enum RestrictionRun {
    package struct Outcome: Sendable {
        /// `source:record`.
        package let changed: [String]
        /// Those that already were so.
        package let unchanged: [String]
    }

    /// - Parameters:
    ///   - names: persons, or `SOURCE:RECORD`.
    ///   - isLifted: put them back to use.
    /// - Throws: `E-SUB-001`, `E-SUB-002` for a name; `E-SUB-003` for a reason that says nothing.
    package static func run(
        workspace: String, names: [String], isLifted: Bool, reason: String, actor: String, clock: Clock
    ) throws -> Outcome {
        try Subjects.checkReason(reason)
        let store = try WorkspaceStore.openExisting(directory: workspace)
        let records = try Subjects.records(names, in: store).filter { !$0.isErased }
        let changed = records.filter { $0.isRestricted == isLifted }
        let outcome = Outcome(
            changed: changed.map(Subjects.name),
            unchanged: records.filter { $0.isRestricted != isLifted }.map(Subjects.name))
        if changed.isEmpty { return outcome }
        try TrailCommit.run(store, by: .init(actor: actor, role: .approver, time: clock.now)) { commit in
            let event = try commit.add(
                .restricted(records: changed.map(\.id), isLifted: isLifted, reason: reason, by: actor))
            try commit.writer.restrict(
                changed, isLifted: isLifted, by: actor, reason: reason, time: clock.now, event: event)
        }
        return outcome
    }
}

/// What people call the subjects of a request.
enum Subjects {
    /// Each record once, in the order of the names.
    static func records(_ names: [String], in store: WorkspaceStore) throws -> [SubjectRecord] {
        var seen: Set<Int64> = []
        return try names.flatMap { try store.subject($0) }.filter { seen.insert($0.id).inserted }
    }

    static func name(_ record: SubjectRecord) -> String { "\(record.source):\(record.recordID)" }

    static func checkReason(_ reason: String) throws {
        try Reason.check(
            reason, code: "E-SUB-003",
            advice: Text(
                en: "Say why; the audit trail keeps it, so name no person in it.",
                zh: "请说明理由；审计记录会保存，请勿写入个人信息。"))
    }
}
