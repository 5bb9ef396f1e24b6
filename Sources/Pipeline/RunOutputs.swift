import Reconciliation
import Records
import Reports

/// The files of a run but for the manifest.
struct RunOutputs: Sendable {
    /// Number of the run.
    let run: Int
    let records: RecordTable
    let matches: Matches
    let master: Master
    /// Records that stand for another person than in the run before.
    let changes: [IdentityChange]
    /// All of them; those that the ledger does not call waived count.
    let findings: [Finding]
    let ledger: Ledger
    /// The findings that count, and the cells whose findings somebody has waived.
    let standing: [Finding]
    let accepted: CellSet?
    let grading: Grading
    let quality: QualityPlan
    let issues: [ImportIssue]
    /// The office's name for its record id, per source.
    let recordIDHeaders: [String]
    /// Per source, of those that export XML.
    let layouts: [OfficeXML?]
    /// The corrections of the run before, and the offices whose answer has come.
    let earlier: EarlierCorrections?
    let language: Language
    /// A check's name → what it looks for, in a few words.
    let title: @Sendable (String) -> Text
    let message: @Sendable (Finding, RecordView, Language) -> String

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
            master: master, records: records, findings: standing, accepted: accepted, pairs: matches.pairs,
            title: title)
        var parts: [@Sendable () throws -> Part] = [
            { try Part(maker.file(MasterFile.name) { try MasterFile.write(master, records, to: &$0) }) },
            { try Part(maker.file(MembersFile.name) { try MembersFile.write(master, records, to: &$0) }) },
            {
                try Part(
                    maker.file(IdentityChangesFile.name) { sink in
                        try IdentityChangesFile.write(
                            records,
                            changes: changes.map {
                                ($0.row, $0.kind.rawValue, PersonID.text($0.from), PersonID.text($0.to))
                            }, run: run, to: &sink)
                    })
            },
            { try Part(maker.file(PairsFile.name) { try PairsFile.write(matches, records, to: &$0) }) },
            { try Part(maker.file(SampleFile.name) { try SampleFile.write(matches, records, to: &$0) }) },
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
            parts.append { try officeFiles(source, corrections, facts: facts, with: maker) }
        }
        parts.append {
            try Part(
                maker.file(CorrectionsList.name) { sink in
                    try CorrectionsList.write(records, language: language, to: &sink) {
                        try corrections.forEach(inSource: $0, $1)
                    }
                })
        }
        if let earlier { parts.append { try followUp(earlier, with: maker) } }
        parts.append { try changes(with: maker) }
        let all = parts
        let written = try Parallel.map(all.count, threads: threads) { index throws -> Part in try all[index]() }

        var facts = facts
        facts.corrections = written.compactMap(\.corrections)
        facts.followUp = written.lazy.compactMap(\.followUp).first
        facts.changedCells = written.reduce(0) { $0 + $1.changedCells }
        let known = facts
        let report = try maker.file("report.html") { try HTMLReport.write(known, to: &$0) }
        return Written(files: written.flatMap(\.files) + [report], facts: facts, finished: ContinuousClock().now)
    }

    private struct Part: Sendable {
        var files: [OutputFile]
        var corrections: CorrectionsFile.Summary?
        var followUp: FollowUpFacts?
        var changedCells = 0

        init(_ file: OutputFile, corrections: CorrectionsFile.Summary? = nil, changedCells: Int = 0) {
            files = [file]
            self.corrections = corrections
            self.changedCells = changedCells
        }
    }

    /// What one office is sent: the list, for XML the same in its own structure, and the page that goes with them.
    private func officeFiles(
        _ source: Int, _ corrections: Corrections, facts: RunFacts, with maker: FileMaker
    ) throws -> Part {
        func each(_ emit: (Correction) throws -> Void) throws { try corrections.forEach(inSource: source, emit) }
        let (list, counted) = try CorrectionsFile.write(
            records, source: source, recordIDHeader: recordIDHeaders[source], language: language, with: maker,
            corrections: each)
        var (part, summary) = (Part(list), counted)
        if let layout = layouts[source] {
            let xml = try CorrectionsXML.write(
                records, source: source, layout: layout, language: language, with: maker, corrections: each)
            summary.xmlFile = xml.name
            part.files.append(xml)
        }
        let page = OfficePage.name(summary)
        summary.page = page
        let letter = summary
        part.files.append(try maker.file(page) { try OfficePage.write(facts, letter, to: &$0) })
        part.corrections = summary
        return part
    }

    private func followUp(_ earlier: EarlierCorrections, with maker: FileMaker) throws -> Part {
        var facts = FollowUpFacts(
            run: earlier.run,
            sources: records.sources.filter { earlier.answered.contains($0.source) }.map {
                FollowUpFacts.Source(source: $0.source, counts: [:])
            })
        let file = try maker.file(FollowUpFile.name) { sink in
            try FollowUpFile.write(to: &sink) { emit in
                let follow = CorrectionFollowUp(records, master: master, unnamed: earlier.unnamed)
                try earlier.each { given in
                    guard let place = facts.sources.firstIndex(where: { $0.source == given.source }) else { return }
                    let outcome = follow.outcome(of: given)
                    facts.sources[place].counts[outcome.status, default: 0] += 1
                    try emit(
                        FollowUpFile.Row(
                            given: given, status: outcome.status, line: outcome.row.map { records.origin($0).line },
                            now: outcome.now))
                }
            }
        }
        var part = Part(file)
        part.followUp = facts
        return part
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
                            rule: change.rule, replacement: change.replacement))
                }
            }
        }
        return Part(file, changedCells: count)
    }
}
