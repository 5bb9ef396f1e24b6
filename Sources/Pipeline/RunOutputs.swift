import Reconciliation
import Records
import Reports

/// The files of a run but for the manifest.
struct RunOutputs: Sendable {
    let records: RecordTable
    let matches: Matches
    let master: Master
    /// All of them; those that the ledger does not call waived count.
    let findings: [Finding]
    let ledger: Ledger
    let grading: Grading
    let quality: QualityPlan
    let issues: [ImportIssue]
    /// The office's name for its record id, per source.
    let recordIDHeaders: [String]
    let language: Language
    let message: @Sendable (Finding) -> Text

    struct Written: Sendable {
        /// In the order of the manifest.
        var files: [OutputFile] = []
        /// With what only the writing of the files tells.
        var facts: RunFacts
        var finished: ContinuousClock.Instant
    }

    /// Files do not know each other: up to `threads` of them are written at a time.
    func write(with maker: FileMaker, facts: RunFacts, threads: Int) throws -> Written {
        let corrections = Corrections(
            master: master, records: records, findings: ledger.standing(findings),
            accepted: ledger.accepted(findings, in: records), pairs: matches.pairs)
        var parts: [@Sendable () throws -> Part] = [
            { try Part(maker.file(MasterFile.name) { try MasterFile.write(master, records, to: &$0) }) },
            { try Part(maker.file(MembersFile.name) { try MembersFile.write(master, records, to: &$0) }) },
            { try Part(maker.file(PairsFile.name) { try PairsFile.write(matches, records, to: &$0) }) },
            {
                try Part(
                    maker.file(FindingsFile.name) {
                        try FindingsFile.write(
                            findings, ledger: ledger, issues: issues, records, language: language, to: &$0,
                            message: message)
                    })
            },
            {
                try Part(
                    maker.file(GradesFile.name) {
                        try GradesFile.write(records, plan: quality, to: &$0, points: grading.points)
                    })
            },
            { try Part(maker.file(QualityFile.name) { try QualityFile.write(facts, to: &$0) }) },
        ]
        for source in records.sources.indices {
            parts.append {
                let (file, summary) = try CorrectionsFile.write(
                    records, source: source, recordIDHeader: recordIDHeaders[source], language: language, with: maker
                ) { emit in try corrections.forEach(inSource: source, emit) }
                return Part(file, corrections: summary)
            }
        }
        parts.append { try changes(with: maker) }
        let all = parts
        let written = try Parallel.map(all.count, threads: threads) { index throws -> Part in try all[index]() }

        var facts = facts
        facts.corrections = written.compactMap(\.corrections)
        facts.changedCells = written.reduce(0) { $0 + $1.changedCells }
        let known = facts
        let report = try maker.file("report.html") { try HTMLReport.write(known, to: &$0) }
        return Written(files: written.map(\.file) + [report], facts: facts, finished: ContinuousClock().now)
    }

    private struct Part: Sendable {
        let file: OutputFile
        var corrections: CorrectionsFile.Summary?
        var changedCells = 0

        init(_ file: OutputFile, corrections: CorrectionsFile.Summary? = nil, changedCells: Int = 0) {
            self.file = file
            self.corrections = corrections
            self.changedCells = changedCells
        }
    }

    private func changes(with maker: FileMaker) throws -> Part {
        var count = 0
        let file = try maker.file(ChangesFile.name) { sink in
            try ChangesFile.write(records, to: &sink) { emit in
                try Changes(master: master, records: records).each { change in
                    count += 1
                    try emit(
                        ChangesFile.Change(
                            personID: master.personIDs[change.person], row: change.row, field: change.field,
                            rule: change.rule, repair: change.repair))
                }
            }
        }
        return Part(file, changedCells: count)
    }
}
