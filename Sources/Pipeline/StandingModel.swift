import Matching
import Records
import Reports
import Rules
import Workspace

/// The model that a run finds: one that its rule book names, or that of the run before.
struct StandingModel {
    let text: ModelText
    /// It is that of the run before: its keys and counts hold too, and only what has changed is compared.
    let isContinued: Bool

    /// - Throws: `E-RUN-003` when the model that the rule book names cannot be read.
    static func find(_ book: RuleBook, _ store: WorkspaceStore, before: StoredRun?, retrains: Bool) throws -> Self? {
        if let path = book.match.modelPath { return StandingModel(text: try ModelText(path: path), isContinued: false) }
        // Another version of the tool may compare otherwise.
        guard !retrains, book.match.retrain != .always, let before, before.tool == Version.text,
            let sha256 = before.model(ModelFile.name), let text = try store.model(sha256: sha256)
        else { return nil }
        return StandingModel(
            text: ModelText(path: before.folder(in: store.directory) + "/" + ModelFile.name, text: text),
            isContinued: true)
    }

    /// That of a stored run; `nil` when it fitted its own.
    ///
    /// - Throws: `E-RPL-002` when the workspace lacks it.
    static func of(_ run: StoredRun, _ book: RuleBook, _ store: WorkspaceStore) throws -> Self? {
        try run.model.map { sha256 in
            guard let text = try store.model(sha256: sha256) else { throw ReplayRun.incomplete(run, store) }
            // What a run goes on with it hands on as it is.
            let isContinued = run.model(ModelFile.name) == sha256
            return StandingModel(
                text: ModelText(path: isContinued ? ModelFile.name : book.match.modelPath ?? "", text: text),
                isContinued: isContinued)
        }
    }
}

extension StoredRun {
    /// SHA-256 of one of its files, hex.
    fileprivate func model(_ name: String) -> String? { outputs.first { $0.path == name }?.sha256 }
}

/// How a run came to its pairs and groups.
struct MatchedRecords {
    let outcome: MatchOutcome
    /// `nil`: it fitted one.
    let model: StandingModel?
    /// Why it did not go on with the model that it found.
    let drift: ModelDrift?

    /// With the model that it finds as long as that fits the records, else with one of its own.
    ///
    /// - Parameters:
    ///   - kept: of an earlier run with this model; `nil`: everything is compared, and the same is found.
    ///   - long: where a run that compares everything keeps what it has finished.
    ///   - scoring: where all pairs are compared; those of a few records that have changed are compared here.
    init(
        _ records: RecordTable, _ book: RuleBook, _ standing: Standing, _ model: StandingModel?, kept: KeptMatching?,
        long: LongComparison?, scoring: (any PairScoring)?, threads: Int, begin: (CleaningStage) -> Void
    ) throws {
        func progress(_ stage: Matcher.Stage) { begin(CleaningStage(stage)) }
        let pinned = try model?.text.read()
        var drift: ModelDrift?
        if let model, let pinned, model.isContinued {
            let outcome = try Matcher.goOn(
                records, plan: book.match, decisions: standing.decisions, with: pinned, from: kept,
                calibration: standing.calibration, threads: threads, progress: progress)
            drift = book.match.retrain == .never ? nil : outcome?.drift
            if let outcome, drift == nil {
                (self.outcome, self.model, self.drift) = (outcome, model, nil)
                return
            }
        }
        let given = model?.isContinued == false ? model : nil
        outcome = try Matcher.begin(
            records, plan: book.match, decisions: standing.decisions, pinned: given == nil ? nil : pinned,
            calibration: standing.calibration, long: long, scoring: scoring, threads: threads, progress: progress)
        self.model = given
        self.drift = drift
    }
}
