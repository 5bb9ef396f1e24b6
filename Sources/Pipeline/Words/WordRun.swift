import Matching
import Reconciliation
package import Records
import Rules
import Workspace

/// Takes in what somebody says, and makes the master anew. Nothing that was said is ever deleted.
package enum WordRun {
    package struct Outcome: Sendable {
        /// What it means, one each.
        package let meaning: [Text]
        /// Sequences of the events that record it; none in a dry run, or when all of it held already.
        package let events: [Int]
        /// Records that stand for another person because of it; `nil` when the master was not made anew.
        package let moves: [IdentityMove]?
        /// The folder with the files of the run that followed.
        package let output: String?
        /// Exports with a recipient, oldest first, when persons change: whoever has them has to be told.
        package let given: [String]
        /// Events among them that do not count until a second person approves them.
        package var waiting: [Int] = []
        /// Decisions that cannot hold beside each other because of it, a sentence each.
        package var contradictions: [Text] = []
        /// Of a dry run: why it would wait for a second person.
        package var classes: [String] = []
    }

    /// - Throws: `E-WRD-001` to `E-WRD-012` and `E-UND-001` to `E-UND-004` for a word that cannot be meant; as a run.
    package static func run(
        _ request: WordRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        try checkReason(request.reason)
        // Reading first: a workspace that is not there is not made.
        let reader = try WorkspaceStore.openReadOnly(directory: request.workspace)
        if request.isDryRun { return try preview(request, reader, progress) }
        let (speech, events, waiting, contradictions) = try record(request)
        let isDone = !events.isEmpty && events.count == waiting.count
        if isDone || !request.isReconciled {
            return Outcome(
                meaning: speech.meaning, events: events, moves: nil, output: nil, given: [], waiting: waiting,
                contradictions: contradictions)
        }
        let outcome = try reconcile(
            request.workspace, by: request.by, threads: request.threads, language: request.language,
            clock: request.clock, after: events, progress)
        if speech.isEmpty, outcome.facts == nil {
            return Outcome(meaning: [], events: [], moves: nil, output: nil, given: [])
        }
        return Outcome(
            meaning: speech.meaning, events: events, moves: outcome.moves, output: outcome.output,
            given: outcome.moves.isEmpty ? [] : try given(reader), waiting: waiting, contradictions: contradictions)
    }

    /// The master from what is stored.
    ///
    /// - Parameters:
    ///   - language: of the files where there is no run yet; else they stay in that of the run before.
    ///   - events: what was just recorded, and stays so whatever becomes of the run.
    static func reconcile(
        _ workspace: String, by: String, threads: Int, language: Language, clock: Clock, after events: [Int],
        _ progress: @escaping (CleaningStage) -> Void
    ) throws -> CleaningRun.Outcome {
        let before = try WorkspaceStore.openReadOnly(directory: workspace).lastRun()
        var again = CleaningRequest(
            rulesPath: nil, workspace: workspace, threads: threads, language: before?.language ?? language, actor: by,
            clock: clock)
        again.isFromExports = false
        do {
            return try CleaningRun.run(again, progress: progress)
        } catch let failure as Failure where !events.isEmpty {
            throw unfinished(failure, workspace, events)
        }
    }

    /// The same command would say it a second time, or be told that it holds: another one is left to do.
    private static func unfinished(_ failure: Failure, _ workspace: String, _ events: [Int]) -> Failure {
        let list = events.map(String.init).joined(separator: ", ")
        return Failure(
            failure.kind, code: failure.code, failure.message, at: failure.place,
            advice: Text(
                en:
                    "What you said is recorded (event \(list)); only the master was not made anew. Once that is mended: qingku reconcile --workspace \(workspace)",
                zh: "所作判定已记录（第 \(list) 号事件），只是主数据尚未重新生成。排除故障后请运行：qingku reconcile --workspace \(workspace)"))
    }

    private static func record(_ request: WordRequest) throws -> (Speech, [Int], [Int], [Text]) {
        let store = try WorkspaceStore.open(directory: request.workspace)
        let speech = try Speaker(store: store, request: request).speech()
        let contradictions = try speech.contradictions(store)
        let (events, waiting) = try record(speech, request, in: store)
        return (speech, events, waiting, contradictions)
    }

    /// - Parameter known: a rule book that was read already, which may be the one in force.
    /// - Returns: the sequences of the events, and of those that wait for a second person.
    static func record(
        _ speech: Speech, _ request: WordRequest, in store: WorkspaceStore, known: RuleBook? = nil
    ) throws -> (events: [Int], waiting: [Int]) {
        if speech.isEmpty { return ([], []) }
        // Before the commit, which has the only connection to itself.
        let dangers = try speech.dangers(try Dangers(store, today: request.clock.today, known: known))
        let author = TrailCommit.Author(actor: request.by, role: request.role, time: request.clock.now)
        return try TrailCommit.run(store, by: author, isSmall: true) { try speech.record(in: &$0, request, dangers) }
    }

    /// What would come of it, worked out and thrown away.
    private static func preview(
        _ request: WordRequest, _ store: WorkspaceStore, _ progress: @escaping (CleaningStage) -> Void
    ) throws -> Outcome {
        let speech = try Speaker(store: store, request: request).speech()
        let runs = try store.runs(nil)
        guard let rules = try store.ruleBook() else { throw Speaker.noRun(store) }
        let book = try RuleBook.parse(rules.text, path: rules.path)
        let moment = Moment(withdrawing: speech.withdrawals.map(\.event))
        let standing = try Standing(
            store, run: (runs.last?.id ?? 0) + 1, day: request.clock.today, rules: book.sha256, moment: moment,
            assuming: speech.decisions)
        let inputs = try Inputs(book, batches: try store.newestBatches(at: standing.moment))
        var stages = Stages(progress)
        let reading = try Reading(inputs, book, standing: standing, threads: request.threads) { stages.begin($0) }
        let model = try StandingModel.find(
            book, store, before: runs.last { $0.kind == .clean }, retrains: false)
        let cleaned = try Cleaned(
            reading, inputs, book, standing, model: model, kept: MatchCache.read(store, model, standing),
            threads: request.threads
        ) { stages.begin($0) }
        return Outcome(
            meaning: speech.meaning, events: [], moves: cleaned.moves, output: nil,
            given: cleaned.moves.isEmpty ? [] : try given(store), contradictions: try speech.contradictions(store),
            classes: try speech.dangers(try Dangers(store, today: request.clock.today)).all)
    }

    /// Exports with a recipient, newest last.
    private static func given(_ store: WorkspaceStore) throws -> [String] {
        try Disclosure.all(in: store).map { "\($0.time.prefix(10)) \($0.recipient): \($0.file)" }
    }

    static func checkReason(_ reason: String) throws {
        try Reason.check(
            reason, code: "E-WRD-009",
            advice: Text(en: "Say why; the audit trail keeps it.", zh: "请说明理由；审计记录会保留。"))
    }
}
