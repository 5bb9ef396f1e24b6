import Foundation
import Matching
package import Records
import Rules

/// What the keys of a rule book bring, and what they miss; nothing is matched and nothing written.
package enum ForecastRun {
    package struct Outcome: Sendable {
        package let forecast: BlockingForecast
        /// That comparing all pairs takes on this machine.
        package let seconds: Double
        package let estimate: BlockingRecallEstimate
    }

    /// Pairs compared to see how fast this machine compares.
    private static let sample = 100_000

    /// - Parameter counted: told the counts and the seconds before comparing begins.
    package static func run(
        _ request: MatchRequest, progress: (CleaningStage) -> Void = { _ in },
        counted: (BlockingForecast, Double) -> Void = { _, _ in }
    ) throws -> Outcome {
        let book = try RuleBook.load(path: request.rulesPath)
        let records = try Reading(
            Inputs(book, paths: request.paths, hashing: false), book, threads: request.threads, begin: progress
        ).records
        let plan = request.plan(book)
        try MatchMemory.check(records, plan: plan, threads: request.threads, limit: request.memory)
        let context = MatchContext(records, plan: plan, threads: request.threads) { progress(CleaningStage($0)) }
        let forecast = BlockingForecast(context, threads: request.threads)
        let clock = ContinuousClock()
        let start = clock.now
        let compared = context.compareSample(of: sample, threads: request.threads)
        let time = start.duration(to: clock.now).components
        let pace = (Double(time.seconds) + Double(time.attoseconds) / 1e18) / Double(max(1, compared))
        // The pairs are gone through once to be scored, and before it a sample of them to fit the model.
        let seconds = pace * Double(forecast.pairs + min(forecast.pairs, MatchContext.pairsForModel))
        counted(forecast, seconds)
        let fitted = try FittedModel(context, pinned: try request.pinnedModel(book), threads: request.threads) {
            progress(CleaningStage($0))
        }
        return Outcome(
            forecast: forecast, seconds: seconds,
            estimate: BlockingRecallEstimate(context, fitted: fitted, threads: request.threads))
    }
}

/// Keys that a rule book does not have and that would find what its keys miss.
package enum SuggestionRun {
    package static func run(
        _ request: MatchRequest, progress: (CleaningStage) -> Void = { _ in }
    ) throws -> KeySuggestions {
        let book = try RuleBook.load(path: request.rulesPath)
        let records = try Reading(
            Inputs(book, paths: request.paths, hashing: false), book, threads: request.threads, begin: progress
        ).records
        let plan = request.plan(book)
        try MatchMemory.check(records, plan: plan, threads: request.threads, limit: request.memory)
        let context = MatchContext(records, plan: plan, threads: request.threads) { progress(CleaningStage($0)) }
        let fitted = try FittedModel(context, pinned: try request.pinnedModel(book), threads: request.threads) {
            progress(CleaningStage($0))
        }
        return KeySuggestions(context, fitted: fitted, threads: request.threads)
    }
}
