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
    /// The model that it goes on with, as it stands; `nil`: the one it fitted, or was given.
    let model: String?
    /// The run before, for what changed since; `nil` for the first.
    let before: RunBefore?
    let language: Language
    /// A check's name → what it looks for, in a few words.
    let title: @Sendable (String) -> Text
    let message: @Sendable (Finding, RecordView, Language) -> Phrase
    /// What is known without the files.
    let facts: @Sendable () -> RunFacts

    struct Written: Sendable {
        /// In the order of the manifest.
        var files: [OutputFile] = []
        /// With what only the writing of the files tells.
        var facts: RunFacts
        /// What the next run can go on with.
        var model: String
        var finished: Stopwatch.Moment
    }

    /// What can be done at the same time, the longest first.
    enum Piece: CaseIterable {
        case findings, corrections, cells, facts, master, pairs, changes, grades, members, sample, identityChanges,
            followUp
    }

    /// Helpers begin to write at once.
    func writing(with maker: FileMaker, helpers: Int) -> Writing {
        Writing(
            outputs: self, maker: maker,
            pieces: SharedWork(
                Piece.allCases.map { piece in { try write(piece, with: maker) } }, helpers: helpers))
    }

    /// The files on their way.
    struct Writing {
        fileprivate let outputs: RunOutputs
        fileprivate let maker: FileMaker
        fileprivate let pieces: SharedWork<Part>

        /// Returns when nobody writes any more.
        func settle() throws { _ = try pieces.values() }

        /// Takes part in the writing, and ends it with the files that sum up what the others say.
        func finish() throws -> Written {
            let parts = Dictionary(uniqueKeysWithValues: zip(Piece.allCases, try pieces.values()))
            guard var facts = parts[.facts]?.facts else { preconditionFailure("the facts are one of the pieces") }
            let offices = parts[.corrections]?.offices ?? []
            let known = facts
            let quality = try maker.file(QualityFile.name) { try QualityFile.write(known, to: &$0) }
            let letters = try offices.flatMap { office in
                try office.files + [
                    maker.file(office.page) { try OfficePage.write(known, office.summary, to: &$0) }
                ]
            }
            facts.corrections = offices.map(\.summary)
            facts.followUp = parts[.followUp]?.followUp
            facts.changedCells = parts[.changes]?.changedCells ?? 0
            facts.since = try outputs.before?.shift(facts, cells: parts[.cells]?.cells)
            // The page is drawn from what the two accounts say, as that of a stored run is.
            let complete = facts
            let examples = try maker.file(ExamplesFile.name) { try ExamplesFile.write(complete, to: &$0) }
            var shown = try RunFacts(account: Array(RunJSON.document(complete, files: []).text.utf8))
            (shown.history, shown.since) = (complete.history, complete.since)
            shown.takeExamples(Array(ExamplesFile.text(complete).utf8))
            let page = shown
            let model = outputs.model ?? ModelFile.document(known).text
            let modelFile = try maker.file(ModelFile.name) { $0.append(model) }
            let report = try maker.file(HTMLReport.name) { try HTMLReport.write(page, to: &$0) }
            func files(_ pieces: Piece...) -> [OutputFile] { pieces.flatMap { parts[$0]?.files ?? [] } }
            return Written(
                files: files(.master, .members, .identityChanges, .pairs, .sample, .findings, .grades) + [quality]
                    + letters
                    + files(.corrections, .followUp, .changes) + [modelFile, examples, report],
                facts: facts, model: model, finished: .now)
        }
    }
}
