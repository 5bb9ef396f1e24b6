import Foundation
import Reconciliation
import Records
import Rules
import Workspace

/// Removes from a workspace what the rule book says is over its time.
package enum RetentionRun {
    package struct Outcome: Sendable {
        /// What the rules say, in words; empty when they say nothing.
        package let rules: [(what: String, time: String)]
        /// Folders of the runs whose files go.
        package let runs: [String]
        package let vanished: Int
        package let superseded: Int
        /// What a hold or a restriction keeps.
        package let heldRuns: Int
        package let heldVersions: Int
        /// `nil` when nothing was removed.
        package let event: Int?
        package let isFinished: Bool
    }

    /// - Parameters:
    ///   - rulesPath: `nil`: the rules of the newest run.
    ///   - isRehearsal: say what would go.
    /// - Throws: `E-FIND-001` when nothing has run yet, `E-RET-001` when the rules keep everything.
    package static func run(
        workspace: String, rulesPath: String?, isRehearsal: Bool, actor: String, clock: Clock
    ) throws -> Outcome {
        let store =
            isRehearsal
            ? try WorkspaceStore.openReadOnly(directory: workspace)
            : try WorkspaceStore.openExisting(directory: workspace)
        let book = try rulesPath.map { try RuleBook.load(path: $0) } ?? LedgerReader(store, clock: clock).book
        let plan = book.retention
        let rules = [
            ("runs", plan.runs), ("vanished_records", plan.vanishedRecords),
            ("superseded_versions", plan.supersededVersions),
        ].compactMap { name, period in period.map { (what: name, time: $0.text) } }
        guard !rules.isEmpty else {
            throw Failure(
                .notDone, code: "E-RET-001",
                Text(en: "the rule book says of nothing how long it is kept", zh: "规则文件没有规定任何保存期限"),
                at: Place(file: book.path),
                advice: Text(
                    en: "Write for example:  retention: { runs: 26 weeks, vanished_records: 2 years }",
                    zh: "例如写明：retention: { runs: 26周, vanished_records: 2年 }"))
        }
        func day(_ period: RetentionPlan.Period?) -> String? { period.flatMap { Self.day($0, before: clock.now) } }
        let cut = try store.retentionCut(
            RetentionCut.Limits(
                runs: day(plan.runs), vanished: day(plan.vanishedRecords), superseded: day(plan.supersededVersions),
                hold: plan.hold))
        let folders = try store.runs(nil).filter { cut.runs.contains($0.id) }.map(\.folder)
        func outcome(event: Int?, isFinished: Bool) -> Outcome {
            Outcome(
                rules: rules, runs: folders, vanished: cut.vanished.count, superseded: cut.superseded.count,
                heldRuns: cut.heldRuns, heldVersions: cut.heldVersions, event: event, isFinished: isFinished)
        }
        if isRehearsal || cut.isEmpty { return outcome(event: nil, isFinished: true) }
        try store.beginErasure()
        let author = TrailCommit.Author(actor: actor, time: clock.now)
        let event = try TrailCommit.run(store, by: author) { commit in
            let event = try commit.add(
                .retained(
                    runs: cut.runs,
                    counts: [
                        "runs": cut.runs.count, "superseded_versions": cut.superseded.count,
                        "vanished_records": cut.vanished.count,
                    ], rules: Dictionary(rules.map { ($0.what, $0.time) }) { $1 }))
            try commit.writer.remove(cut, event: event)
            return event
        }
        return outcome(event: event, isFinished: try store.finishErasure())
    }

    /// The day so long before a time, `YYYY-MM-DD`.
    static func day(_ period: RetentionPlan.Period, before time: String) -> String? {
        let formatter = ISO8601DateFormatter()
        guard let now = formatter.date(from: time), let zone = TimeZone(secondsFromGMT: 0) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (component, count): (Calendar.Component, Int) =
            switch period.unit {
            case .day: (.day, period.count)
            case .week: (.day, period.count * 7)
            case .month: (.month, period.count)
            case .year: (.year, period.count)
            }
        return calendar.date(byAdding: component, value: -count, to: now).map {
            String(formatter.string(from: $0).prefix(10))
        }
    }
}
