import Reconciliation
import Records
import Reports

extension RunOutputs {
    /// What one piece of the work brings.
    struct Part: Sendable {
        var files: [OutputFile] = []
        var offices: [Office] = []
        var facts: RunFacts?
        var followUp: FollowUpFacts?
        var changedCells = 0
        /// Of persons that the run before has too; `nil` where its master is not there as it was written.
        var cells: [CellShift]?
    }

    /// What one office is sent, but for the page that goes with it.
    struct Office: Sendable {
        let files: [OutputFile]
        let summary: CorrectionsFile.Summary
        let page: String
    }

    func write(_ piece: Piece, with maker: FileMaker) throws -> Part {
        func file(_ name: String, _ body: (inout FileSink) throws -> Void) throws -> Part {
            Part(files: [try maker.file(name, body)])
        }
        return switch piece {
        case .master: try file(MasterFile.name) { try MasterFile.write(master, records, to: &$0) }
        case .members: try file(MembersFile.name) { try MembersFile.write(master, records, to: &$0) }
        case .identityChanges:
            try file(IdentityChangesFile.name) { sink in
                try IdentityChangesFile.write(
                    records,
                    changes: changes.map {
                        ($0.row, $0.kind.rawValue, PersonID.text($0.from), PersonID.text($0.to))
                    }, run: run, to: &sink)
            }
        case .pairs: try file(PairsFile.name) { try PairsFile.write(matches, records, to: &$0) }
        // Who goes on from an earlier run lets no pair go of which it could draw one: the sample of that run stands.
        case .sample:
            matches.model.isContinued
                ? Part() : try file(SampleFile.name) { try SampleFile.write(matches, records, to: &$0) }
        case .findings:
            try file(FindingsFile.name) {
                try FindingsFile.write(
                    findings, ledger: ledger, issues: issues, records, language: language, to: &$0, message: message)
            }
        case .grades:
            try file(GradesFile.name) {
                try GradesFile.write(records, plan: quality, to: &$0, points: grading.points)
            }
        case .cells: Part(cells: before?.master.flatMap { try? MasterDifference.shifts($0, master, records) })
        case .facts: Part(facts: facts())
        case .corrections: try corrections(with: maker)
        case .followUp: try earlier.map { try followUp($0, with: maker) } ?? Part()
        case .changes: try changes(with: maker)
        }
    }

    /// The list of all, and what each office is sent: a correction is made once and goes into both.
    private func corrections(with maker: FileMaker) throws -> Part {
        let corrections = Corrections(
            master: master, records: records, findings: standing, accepted: accepted, pairs: matches.pairs,
            title: title)
        var part = Part()
        part.files = [
            try maker.file(CorrectionsList.name) { sink in
                try CorrectionsList.write(records, language: language, to: &sink) { list in
                    for source in records.sources.indices {
                        var listed = 0
                        let office = try office(source, with: maker) { emit in
                            // An office's file may be begun again, in another encoding.
                            var index = 0
                            try corrections.forEach(inSource: source) { correction in
                                if index == listed {
                                    try list(source, correction)
                                    listed += 1
                                }
                                index += 1
                                try emit(correction)
                            }
                        }
                        part.offices.append(office)
                    }
                }
            }
        ]
        return part
    }

    /// The list in the layout of the office, and for XML the same in its own structure.
    private func office(
        _ source: Int, with maker: FileMaker, corrections: (_ emit: (Correction) throws -> Void) throws -> Void
    ) throws -> Office {
        var (files, summary) = try CorrectionsFile.write(
            records, source: source, recordIDHeader: recordIDHeaders[source], language: language, with: maker,
            corrections: corrections)
        if let layout = layouts[source] {
            let xml = try CorrectionsXML.write(
                records, source: source, layout: layout, language: language, with: maker, corrections: corrections)
            summary.xmlFile = xml.name
            files.append(xml)
        }
        let page = OfficePage.name(summary)
        summary.page = page
        return Office(files: files, summary: summary, page: page)
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
        return Part(files: [file], followUp: facts)
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
        return Part(files: [file], changedCells: count)
    }
}
