import Foundation
import Importers
package import Matching
import Reconciliation
package import Records
package import Reports
import Rules
import Workspace

/// What somebody asks of `qingku match`.
package struct MatchRequest: Sendable {
    package var rulesPath: String
    /// Source → path, from the command line; overrides the rule book's.
    package var paths: [String: String]
    /// `nil`: `<rule book's name>.matches` beside the first input.
    package var output: String?
    /// A model of an earlier run to score with; `nil`: one is fitted.
    package var modelPath: String?
    /// Where the model is written to, beside `run.json`.
    package var savedModelPath: String?
    /// For comparison: exact and edit-distance levels only, and Fellegi and Sunter's model in place of the mixture.
    package var hasPlainLevels = false
    package var isFellegiSunter = false
    /// Where pairs are compared; `nil`: in this process. Does not change the result.
    package var scoring: (any PairScoring)?
    /// Bytes that may be used; `nil`: whatever there is.
    package var memory: Int?
    /// Told how far the comparing of pairs has come.
    package var advance: Advance?
    package var threads: Int
    package var language: Language
    package var clock: Clock

    package init(
        rulesPath: String, paths: [String: String] = [:], output: String? = nil, modelPath: String? = nil,
        savedModelPath: String? = nil, threads: Int, language: Language, clock: Clock
    ) {
        self.rulesPath = rulesPath
        self.paths = paths
        self.output = output
        self.modelPath = modelPath
        self.savedModelPath = savedModelPath
        self.threads = threads
        self.language = language
        self.clock = clock
    }
}

extension MatchRequest {
    /// The rule book's, with what the request says of model and levels.
    func plan(_ book: RuleBook) -> MatchPlan {
        book.match.with(model: isFellegiSunter ? .fellegiSunter : nil, levels: hasPlainLevels ? .plain : nil)
    }

    func pinnedModel(_ book: RuleBook) throws -> PinnedModel? {
        try (modelPath ?? book.match.modelPath).map { try ModelReader.read($0) }
    }
}

/// Matching alone, from exports to `members.csv`, `pairs.csv` and `run.json`, for people who keep their own store.
package enum MatchRun {
    package struct Outcome: Sendable {
        package let facts: RunFacts
        /// The folder with the run's files.
        package let output: String
    }

    package static func run(
        _ request: MatchRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        let book = try RuleBook.load(path: request.rulesPath)
        let inputs = try Inputs(book, paths: request.paths, hashing: false)
        let pinned = try request.pinnedModel(book)
        if let path = request.savedModelPath { try ModelFile.check(path) }
        let output = request.output ?? standardOutput(book, inputs)
        var stages = Stages(progress)
        let reading = try Reading(inputs, book, threads: request.threads) { stages.begin($0) }
        let records = reading.records

        let plan = request.plan(book)
        try MatchMemory.check(records, plan: plan, threads: request.threads, limit: request.memory)
        let long = LongComparison(path: output + ".pieces", tool: Version.text, advance: request.advance)
        let matches = try Matcher.match(
            records, plan: plan, pinned: pinned, long: long, scoring: request.scoring, threads: request.threads
        ) { stages.begin(CleaningStage($0)) }
        let assignment = PersonIDs.assign(groups: matches.groups, previous: .none(rows: records.count))

        var facts = RunFacts(book, inputs: inputs, language: request.language, today: request.clock.today)
        facts.take(records)
        facts.take(Array(reading.issues.joined())) { ImportCheck.title($0) }
        facts.take(matches, records)
        facts.persons = assignment.new.count

        stages.begin(.write)
        try Outbox.write(to: output) { outbox in
            let maker = outbox.maker
            let files: [@Sendable () throws -> OutputFile] = [
                {
                    try maker.file(MembersFile.name) { sink in
                        try MembersFile.write(records, to: &sink) { PersonID.text(assignment.persons[$0]) }
                    }
                },
                { try maker.file(PairsFile.name) { try PairsFile.write(matches, records, to: &$0) } },
            ]
            let written = try Parallel.map(files.count, threads: request.threads) { index throws -> OutputFile in
                try files[index]()
            }
            for file in written { outbox.add(file) }
        } manifest: { files, sink in
            facts.measured = stages.measured(threads: request.threads, startedAt: request.clock.now)
            try RunJSON.write(facts, files: files, to: &sink)
        }
        if let path = request.savedModelPath {
            try ModelFile.write(facts, to: path)
        }
        long.delete()
        return Outcome(facts: facts, output: output)
    }

    private static func standardOutput(_ book: RuleBook, _ inputs: Inputs) -> String {
        let name = URL(fileURLWithPath: book.path).deletingPathExtension().lastPathComponent
        let folder = URL(fileURLWithPath: inputs.inputs.first?.path ?? book.path).deletingLastPathComponent().path
        return folder + "/" + name + ".matches"
    }
}

extension CleaningStage {
    init(_ stage: Matcher.Stage) {
        switch stage {
        case .block: self = .block
        case .compare: self = .compare
        case .score: self = .score
        case .cluster: self = .cluster
        }
    }
}
