import Foundation
import Records
import Reports
import Rules
import Workspace

/// The run before the one that is being made, as far as it is still there: what changed is told against it.
struct RunBefore: Sendable {
    /// What the trail keeps of the runs before, the newest last.
    let history: [RunPoint]
    let run: Int
    /// `nil` where its account is not there as it was written.
    let numbers: RunNumbers?
    /// Its master; `nil` likewise.
    let master: StoredTable?
    let alarms: AlarmPlan
    /// What changed, where the run that is being made is stored already: files that are gone since say nothing against it.
    let told: RunShift?
    /// What became of findings since.
    let findings: [FindingShift]

    /// - Parameter facts: complete but for this.
    func shift(_ facts: RunFacts, cells: [CellShift]?) throws -> RunShift? {
        if let told { return told }
        let persons = facts.identity.flatMap { identity in
            history.last.map { RunShift.Persons(identity, before: $0.counts.persons) }
        }
        let drift = try numbers.map { before in
            Drift(
                before,
                try JSONDecoder().decode(
                    RunNumbers.self, from: Data(RunJSON.document(facts, files: []).text.utf8)))
        }
        var raised: [Alarm] = []
        if let drift, let persons {
            let changed = persons.merged + persons.split + persons.gone
            raised = Alarms.raised(
                by: AlarmMeasures(
                    drift: drift, records: facts.records,
                    newErrors: findings.filter { $0.severity == .error }.reduce(0) { $0 + $1.new + $1.returned },
                    changedPersons: changed, persons: changed + persons.kept,
                    corrections: facts.followUp?.sources.map {
                        CorrectionShift(source: $0.source, counts: $0.counts)
                    } ?? []), alarms)
        }
        return RunShift(
            before: run, findings: findings.filter { $0.new + $0.returned + $0.healed + $0.vanished > 0 },
            persons: persons, cells: cells, drift: drift, alarms: raised)
    }
}

extension Standing {
    /// - Parameters:
    ///   - findings: of the run that is being made.
    ///   - update: what it does to the list of findings.
    /// - Returns: `nil` for the first run of a workspace.
    func before(_ findings: [Finding], _ update: LedgerUpdate, _ records: RecordTable, _ book: RuleBook) throws
        -> RunBefore?
    {
        let runs = try store.runs()
        guard let last = runs.last(where: { $0.id < run }) else { return nil }
        let told = try runs.first { $0.id == run }.flatMap { try RunHistory.point(of: $0, store)?.since }
        let files = told == nil ? try? RunFiles(last, store) : nil
        return RunBefore(
            history: try RunHistory.points(store, until: basis), run: last.id, numbers: files?.side.account,
            master: try? files?.table("master"), alarms: book.alarms, told: told,
            findings: told == nil ? try shifts(findings, update, records) : [])
    }

    /// By check and source: new, returned and open ones from the run itself, the others from what is stored of them.
    private func shifts(_ findings: [Finding], _ update: LedgerUpdate, _ records: RecordTable) throws -> [FindingShift]
    {
        struct Key: Hashable {
            let check: String
            let source: String
        }
        var shifts: [Key: FindingShift] = [:]
        func shift(
            _ check: String, _ kind: Finding.Kind, _ severity: Severity, _ source: String,
            _ path: WritableKeyPath<FindingShift, Int>, _ count: Int
        ) {
            let key = Key(check: check, source: source)
            var shift = shifts[key] ?? FindingShift(check: check, kind: kind, severity: severity, source: source)
            shift[keyPath: path] += count
            shifts[key] = shift
        }
        let (ledger, back) = (update.ledger, update.returned)
        for (index, finding) in findings.enumerated() {
            let path: WritableKeyPath<FindingShift, Int> =
                Int(ledger.firstRuns[index]) == run ? \.new : back.contains(ledger.ids[index]) ? \.returned : \.open
            shift(
                finding.check, finding.kind, finding.severity,
                records.sources[records.sourceIndex(of: finding.row)].source, path, 1)
        }
        for part in try store.resolved(by: update) {
            shift(
                part.check, part.kind, part.severity, part.source, part.hasVanished ? \.vanished : \.healed, part.count)
        }
        return shifts.values.sorted { ($0.check, $0.source) < ($1.check, $1.source) }
    }
}
