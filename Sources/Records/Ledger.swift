/// What the workspace knows of the findings of a run: since when each is there, and which ones somebody has waived.
///
/// A finding keeps its id from run to run, so a run can say what is new, what came back and what has healed.
package struct Ledger: Sendable {
    /// Of a finding that a run made. `resolved` is the fourth state, of one that it did not make any more.
    package enum State: String, Sendable, CaseIterable {
        case open
        case resolved
        /// Was resolved in an earlier run and is there again.
        case returned
        /// Somebody accepts it, with a reason; it counts nowhere.
        case waived
    }

    /// Parallel to the findings of the run; what `Finding.id(in:)` writes in hex.
    package let ids: [UInt64]
    package let states: [State]
    /// The first run that made the finding; 0 where no workspace remembers runs.
    package let firstRuns: [Int32]
    /// By index of the finding; of waived ones only.
    package let waivers: [Int: Waiver]
    /// Against the run before; `nil` in a first run and where nothing is remembered.
    package let changes: LedgerChanges?

    package init(
        ids: [UInt64], states: [State], firstRuns: [Int32], waivers: [Int: Waiver] = [:], changes: LedgerChanges? = nil
    ) {
        self.ids = ids
        self.states = states
        self.firstRuns = firstRuns
        self.waivers = waivers
        self.changes = changes
    }

    /// Where nothing is remembered: every finding is open.
    package init(_ findings: [Finding], in records: RecordTable) {
        self.init(
            ids: findings.ids(in: records),
            states: Array(repeating: .open, count: findings.count),
            firstRuns: Array(repeating: 0, count: findings.count))
    }

    /// What waivers alone say, before a run knows all of its findings.
    ///
    /// - Parameter waivers: those that hold on the day of the run.
    package init(_ findings: [Finding], accepting waivers: [Waiver], in records: RecordTable) {
        if waivers.isEmpty {
            self.init(ids: [], states: [], firstRuns: [])
            return
        }
        let known = Dictionary(waivers.map { ($0.finding, $0) }) { first, _ in first }
        self = records.withView { view in
            let ids = findings.ids(in: records)
            let held = findings.indices.compactMap { index in
                known[ids[index]].flatMap { $0.value == findings[index].accepted(in: view) ? (index, $0) : nil }
            }
            var states = [State](repeating: .open, count: findings.count)
            for (index, _) in held { states[index] = .waived }
            return Ledger(
                ids: ids, states: states, firstRuns: Array(repeating: 0, count: findings.count),
                waivers: Dictionary(uniqueKeysWithValues: held))
        }
    }

    package var hasWaived: Bool { !waivers.isEmpty }

    /// The findings that count: all but the waived ones.
    package func standing(_ findings: [Finding]) -> [Finding] {
        if !hasWaived { return findings }
        return findings.indices.lazy.filter { states[$0] != .waived }.map { findings[$0] }
    }

    /// Cells with a value that a check finds wrong and somebody accepts, unless another check still finds them wrong: they
    /// count as right. `nil` when there are none.
    package func accepted(_ findings: [Finding], in records: RecordTable) -> CellSet? {
        if !hasWaived { return nil }
        var accepted = CellSet(records)
        var wrong = CellSet(records)
        for (index, finding) in findings.enumerated() where finding.kind == .error {
            guard let field = finding.field, !records.isMissing(finding.row, field) else { continue }
            if states[index] == .waived {
                accepted.insert(finding.row, field)
            } else if finding.severity > .info {
                wrong.insert(finding.row, field)
            }
        }
        return accepted.subtracting(wrong)
    }
}

/// What a run did to the findings that were there before it.
package struct LedgerChanges: Sendable, Hashable {
    /// Made for the first time.
    package var new = 0
    /// Resolved before, and there again.
    package var returned = 0
    /// There before and still there, without those waived.
    package var open = 0
    package var waived = 0
    /// Not made any more of a record that is still there.
    package var healed = 0
    /// Resolved because a record is no longer in its export.
    package var vanished = 0
    /// Waivers that ended because the value they were given for has changed.
    package var lapsed = 0
    /// Waivers that ended on their last day.
    package var expired = 0

    package init(
        new: Int = 0, returned: Int = 0, open: Int = 0, waived: Int = 0, healed: Int = 0, vanished: Int = 0,
        lapsed: Int = 0, expired: Int = 0
    ) {
        self.new = new
        self.returned = returned
        self.open = open
        self.waived = waived
        self.healed = healed
        self.vanished = vanished
        self.lapsed = lapsed
        self.expired = expired
    }
}
