import Foundation
import Records
import Reports
import Rules
import Workspace

/// A run that moved further from the one before than `alarms:` allows, and was not published.
struct HeldRun: Error {
    let alarms: [Alarm]
    /// What people are told.
    let failure: Failure
}

/// Holds a run back that moved further from the one before than the rule book's `alarms:` allows, before anything of it is
/// stored or written: what was published last stays.
enum RunGate {
    private static let unreadable = "E-GATE-002"

    /// - Returns: the alarms that hold nothing back.
    /// - Throws: `HeldRun` with every alarm (`E-GATE-001`), or when the run before cannot be read (`E-GATE-002`). A first run
    ///   passes.
    static func check(
        _ gate: CleaningRequest.Gate, _ outputs: RunOutputs, _ cleaned: Cleaned, _ store: WorkspaceStore
    ) throws -> [Alarm] {
        if gate == .open { return [] }
        let plan = cleaned.book.alarms
        do {
            let alarms = try alarms(outputs, cleaned, store)
            let holding = alarms.filter { AlarmPlan.Measure(rawValue: $0.name).map(plan.holds) ?? true }
            if holding.isEmpty || gate == .telling { return alarms }
            throw held(alarms, store)
        } catch let failure as Failure where failure.code == unreadable {
            // Nobody wants it held, so there is nothing to hold it against.
            if gate == .telling { return [] }
            throw HeldRun(alarms: [], failure: failure)
        }
    }

    private static func held(_ alarms: [Alarm], _ store: WorkspaceStore) -> HeldRun {
        let reasons = (
            alarms.map { $0.text.en }.joined(separator: "; "), alarms.map { $0.text.zh }.joined(separator: "；")
        )
        return HeldRun(
            alarms: alarms,
            failure: Failure(
                .notDone, code: "E-GATE-001",
                Text(
                    en: "the run is held back, and the one before stays: \(reasons.0)",
                    zh: "本次运行暂不发布，保留上次结果：\(reasons.1)"),
                at: Place(file: store.directory),
                advice: Text(
                    en: "Look at the exports. If it is right so, run it with --accept-drift.",
                    zh: "请检查导出文件；若情况属实，请加 --accept-drift 运行。")))
    }

    private static func alarms(_ outputs: RunOutputs, _ cleaned: Cleaned, _ store: WorkspaceStore) throws -> [Alarm] {
        let facts = outputs.facts()
        let runs = try store.runs(nil).filter { $0.kind == .clean }
        // One that is stored, and was ended before its files were there, was let through then.
        if runs.last?.id == cleaned.standing.run { return [] }
        // The same may have happened to the one before: then what was published before that is the last.
        let isPublished: (StoredRun) -> Bool = {
            FileManager.default.fileExists(atPath: $0.folder(in: store.directory))
        }
        guard let last = runs.last(where: isPublished) ?? runs.last else { return [] }
        guard
            let data = FileManager.default.contents(
                atPath: last.folder(in: store.directory) + "/" + Outbox.manifestName),
            let before = try? JSONDecoder().decode(RunNumbers.self, from: data),
            let now = try? JSONDecoder().decode(
                RunNumbers.self, from: Data(RunJSON.document(facts, files: []).text.utf8))
        else {
            throw Failure(
                .notDone, code: unreadable,
                Text(
                    en:
                        "the run is held back: the account of run \(last.id), which it is held against, is not there as it was written",
                    zh: "本次运行暂不发布：用于对比的第 \(last.id) 次运行的记录已不在或被改动"),
                at: Place(file: last.folder(in: store.directory) + "/" + Outbox.manifestName),
                advice: Text(
                    en: "Run “qingku reconcile”, or run it with --accept-drift.",
                    zh: "请运行 qingku reconcile，或加 --accept-drift 运行。"))
        }
        let identity = facts.identity
        // Persons that are neither kept nor merged nor split are gone.
        let changed = max(0, before.counts.persons - (identity?.kept ?? before.counts.persons))
        let (ledger, back) = (cleaned.update.ledger, cleaned.update.returned)
        let newErrors = cleaned.findings.indices.count { index in
            cleaned.findings[index].severity == .error && ledger.states[index] != .waived
                && (Int(ledger.firstRuns[index]) == cleaned.standing.run || back.contains(ledger.ids[index]))
        }
        return Alarms.raised(
            by: AlarmMeasures(
                drift: Drift(before, now), records: facts.records, newErrors: newErrors, changedPersons: changed,
                persons: before.counts.persons, corrections: try corrections(outputs, cleaned.book.alarms)),
            cleaned.book.alarms)
    }

    /// What the offices made of the corrections of the run before: counted, not written.
    private static func corrections(_ outputs: RunOutputs, _ plan: AlarmPlan) throws -> [CorrectionShift] {
        guard plan.limits[.ignoredCorrections] != nil else { return [] }
        let answers = try outputs.write(.followUp, with: .hashing).followUp
        return (answers?.sources ?? []).map { CorrectionShift(source: $0.source, counts: $0.counts) }
    }
}
