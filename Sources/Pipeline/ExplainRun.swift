import Foundation
import Importers
import Matching
package import Records
import Rules
import Workspace

/// What somebody asks of `qingku explain`.
package struct ExplainRequest: Sendable {
    /// Record ids, `source:id` where the ids of sources coincide.
    package var first: String
    package var second: String
    package var origin: Origin
    package var threads: Int

    /// Where the records and the rules come from.
    package enum Origin: Sendable {
        /// Rule book, and source → path from the command line.
        case exports(rulesPath: String, paths: [String: String])
        /// The newest run of a workspace: its records, rules and decisions.
        case workspace(String)
    }

    package init(first: String, second: String, origin: Origin, threads: Int) {
        self.first = first
        self.second = second
        self.origin = origin
        self.threads = threads
    }
}

/// Why two records are, or are not, taken for one person. Nothing is written.
package enum ExplainRun {
    package static func run(
        _ request: ExplainRequest, progress: (CleaningStage) -> Void = { _ in }
    ) throws -> PairExplanation {
        let (book, records, standing, model) = try read(request, progress)
        let decisions = standing?.decisions ?? []
        let finder = RecordFinder(records)
        let (first, second) = (try finder.row(request.first), try finder.row(request.second))
        guard first != second else {
            throw Failure(
                .badInput, code: "E-EXP-003",
                Text(
                    en: "“\(request.first)” and “\(request.second)” are one and the same record",
                    zh: "“\(request.first)”与“\(request.second)”是同一条记录"))
        }
        // A model that the rule book names says nothing of keys.
        let isContinued = model != nil && book.match.modelPath == nil
        let plan =
            (isContinued ? model.flatMap { book.match.going(onWith: $0, schema: book.schema) } : nil) ?? book.match
        let context = MatchContext(records, plan: plan, threads: request.threads) { progress(CleaningStage($0)) }
        let fitted = try FittedModel(
            context, pinned: model,
            calibration: standing?.calibration, threads: request.threads
        ) { progress(CleaningStage($0)) }
        let matches = Matcher.match(context, fitted: fitted, decisions: decisions, threads: request.threads) {
            progress(CleaningStage($0))
        }
        return PairExplanation(
            first, second, context: context, fitted: fitted, matches: matches, decisions: decisions)
    }

    private static func read(
        _ request: ExplainRequest, _ progress: (CleaningStage) -> Void
    ) throws -> (RuleBook, RecordTable, Standing?, PinnedModel?) {
        switch request.origin {
        case .exports(let rulesPath, let paths):
            let book = try RuleBook.load(path: rulesPath)
            let inputs = try Inputs(book, paths: paths, hashing: false)
            let reading = try Reading(inputs, book, threads: request.threads, begin: progress)
            return (book, reading.records, nil, try book.match.modelPath.map { try ModelReader.read($0) })
        case .workspace(let directory):
            let store = try WorkspaceStore.openReadOnly(directory: directory)
            guard let run = try store.lastRun(), let rules = try store.ruleBook() else {
                throw Failure(
                    .notDone, code: "E-EXP-004",
                    Text(en: "the workspace has no run yet", zh: "工作区中还没有运行记录"), at: Place(file: directory))
            }
            // The rules as they stood at the run, whatever became of the file since.
            let book = try RuleBook.parse(rules.text, path: rules.path)
            let standing = try Standing(store, of: run)
            let inputs = try Inputs(book, batches: try store.batches().filter { run.batches.contains($0.id) })
            let reading = try Reading(inputs, book, standing: standing, threads: request.threads, begin: progress)
            return (book, reading.records, standing, try StandingModel.of(run, book, store)?.text.read())
        }
    }
}
