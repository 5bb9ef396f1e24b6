import Foundation
import Records
import Reports
import Rules
import Workspace

/// Holds a run back that moved further from the one before than the rule book's `alarms:` allows, before anything of it is
/// stored or written: what was published last stays.
enum RunGate {
    /// - Throws: `E-GATE-001` with every alarm. A first run passes.
    static func check(_ facts: RunFacts, _ cleaned: Cleaned, _ store: WorkspaceStore) throws {
        let alarms = try alarms(facts, cleaned, store)
        if alarms.isEmpty { return }
        let reasons = (
            alarms.map { $0.text.en }.joined(separator: "; "), alarms.map { $0.text.zh }.joined(separator: "；")
        )
        throw Failure(
            .notDone, code: "E-GATE-001",
            Text(
                en: "the run is held back, and the one before stays: \(reasons.0)",
                zh: "本次运行暂不发布，保留上次结果：\(reasons.1)"),
            at: Place(file: store.directory),
            advice: Text(
                en: "Look at the exports. If it is right so, run it with --accept-drift.",
                zh: "请检查导出文件；若情况属实，请加 --accept-drift 运行。"))
    }

    private static func alarms(_ facts: RunFacts, _ cleaned: Cleaned, _ store: WorkspaceStore) throws -> [Alarm] {
        guard let last = try store.runs(nil).last(where: { $0.kind == .clean }),
            let data = FileManager.default.contents(
                atPath: last.folder(in: store.directory) + "/" + Outbox.manifestName),
            let before = try? JSONDecoder().decode(RunNumbers.self, from: data),
            let now = try? JSONDecoder().decode(
                RunNumbers.self, from: Data(RunJSON.document(facts, files: []).text.utf8))
        else { return [] }
        let identity = facts.identity
        let changed = (identity?.merged ?? 0) + (identity?.split ?? 0)
        let ledger = cleaned.update.ledger
        let newErrors = cleaned.findings.indices.count { index in
            cleaned.findings[index].severity == .error && ledger.states[index] == .open
                && Int(ledger.firstRuns[index]) == cleaned.standing.run
        }
        return Alarms.raised(
            by: AlarmMeasures(
                drift: Drift(before, now), records: facts.records, newErrors: newErrors, changedPersons: changed,
                persons: before.counts.persons, corrections: []), cleaned.book.alarms)
    }
}
