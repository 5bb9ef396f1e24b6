import Foundation
package import Records

extension KeySuggestions {
    /// Keys whose pairs are counted, and keys whose pairs are drawn and scored.
    private static let shortlist = 96
    private static let finalists = 20

    /// Searches keys for the matches that the rule book's keys miss.
    ///
    /// Which keys would catch the missed matches is foretold from how fields agree in the matches that were found
    /// (`FieldCapture`); how many pairs a key would bring, from how often its parts agree. The best of these are counted,
    /// the best of those tried on a sample of their pairs (`KeyTrial`). The cost is bounded whatever the number of
    /// candidates.
    ///
    /// - Parameter most: suggestions at most.
    package init(_ context: MatchContext, fitted: FittedModel, threads: Int, most: Int = 6) {
        let (plan, schema) = (context.plan, context.records.schema)
        let candidates = CandidateKeys(plan, schema: schema)
        let keyParts = KeyParts(
            plan.blocking(on: candidates.parts.map { MatchPlan.Key([$0]) }), columns: context.columns,
            without: context.copies.spares, threads: threads)
        let (met, compared) = MetPair.all(
            context, table: fitted.table, parts: candidates.parts, of: keyParts, threads: threads)
        let matches = met.reduce(0) { $0 + $1.posterior }
        let capture = FieldCapture(
            FieldCapture.patterns(met.map { .init(weight: $0.posterior, keys: $0.keys, parts: $0.parts) }),
            keys: plan.keys.map { $0.mask(among: candidates.parts) },
            groups: FieldCapture.groups(candidates.parts) { context.role(of: $0) })
        let missed = matches / max(capture.found, 1e-6) * (1 - capture.found)

        let forecasts = Self.forecast(
            candidates, missed: capture.missed, expected: missed, keyParts: keyParts, context: context,
            threads: threads)
        let counted = Parallel.map(min(Self.shortlist, forecasts.count), threads: threads) { place in
            let runs = Runs(keyParts.values(of: forecasts[place].candidate.key.parts))
            return (forecast: forecasts[place], pairs: BlockingForecast.linked(runs, context))
        }.filter { $0.pairs <= context.keys.budget }
        let finalists = counted.map { entry in
            (entry.forecast, gain: entry.forecast.catches / Self.cost(entry.pairs, context))
        }.enumerated().sorted { ($1.element.gain, $0.offset) < ($0.element.gain, $1.offset) }
            .prefix(Self.finalists).map(\.element.0)

        let strangers = Self.strangers(
            finalists.map(\.candidate.key), context: context, keyParts: keyParts, counts: fitted.counts,
            threads: threads)
        // The model may have been fitted to a sample of the pairs.
        let sample = Double(compared) / Double(max(1, fitted.counts.pairs))
        let support = fitted.support.map { $0 * sample }
        let trials = Parallel.map(finalists.count, threads: threads) { place -> KeyTrial? in
            guard let strangers = strangers[place] else { return nil }
            return KeyTrial(
                Runs(keyParts.values(of: finalists[place].candidate.key.parts)), context: context,
                classes: fitted.classes + [strangers], support: support, foretold: finalists[place].catches)
        }
        self.init(
            tried: candidates.all.count, pairBudget: context.keys.budget, pairs: compared, matches: matches,
            suggestions: Self.choose(
                zip(finalists, trials).compactMap { finalist, trial in trial.map { (finalist.candidate, $0) } },
                missed: capture.missed, most: most, context: context))
    }

    private struct Forecast {
        let candidate: CandidateKeys.Candidate
        /// Missed matches it would catch.
        let catches: Double
    }

    /// Candidates that would catch at least a twentieth of what is missed, those that cost least for it first.
    private static func forecast(
        _ candidates: CandidateKeys, missed: [UInt64], expected: Double, keyParts: KeyParts, context: MatchContext,
        threads: Int
    ) -> [Forecast] {
        guard !missed.isEmpty, expected >= 1 else { return [] }
        let all = Double(context.records.count) * Double(max(1, context.records.count - 1)) / 2
        let shares = Parallel.map(candidates.parts.count, threads: threads) { place in
            Double(Runs(keyParts.values(of: [candidates.parts[place]])).pairs) / max(1, all)
        }
        return candidates.all.enumerated().compactMap { place, candidate -> (Forecast, gain: Double, place: Int)? in
            let hits = missed.count { candidate.mask & ~$0 == 0 }
            let catches = expected * Double(hits) / Double(missed.count)
            if hits < 3 || catches < 1 || Double(hits) < 0.05 * Double(missed.count) { return nil }
            var pairs = all
            for (part, share) in shares.enumerated() where candidate.mask >> UInt64(part) & 1 == 1 { pairs *= share }
            if pairs > Double(context.keys.budget) { return nil }
            return (Forecast(candidate: candidate, catches: catches), catches / cost(Int(pairs), context), place)
        }.sorted { ($1.gain, $0.place) < ($0.gain, $1.place) }.map(\.0)
    }

    /// What a key costs beside its pairs: making its blocks takes about as long as comparing as many pairs as there are
    /// records.
    private static func cost(_ pairs: Int, _ context: MatchContext) -> Double {
        Double(pairs) + 0.2 * Double(context.records.count) + 1
    }

    /// The class of strangers whom each key brings together, as the model would begin with it.
    private static func strangers(
        _ keys: [MatchPlan.Key], context: MatchContext, keyParts: KeyParts, counts: PatternCounts, threads: Int
    ) -> [ModelClass?] {
        if keys.isEmpty { return [] }
        let classes = ModelStart.classes(
            plan: context.plan.blocking(on: keys).with(model: .mixture), comparison: context.comparison,
            columns: context.columns,
            parts: keyParts, counts: counts, threads: threads)
        return keys.indices.map { place in classes.first { $0.kind == .key(place) } }
    }

    /// One after another the key that brings most for what it costs, of what the chosen ones leave.
    private static func choose(
        _ tried: [(candidate: CandidateKeys.Candidate, trial: KeyTrial)], missed: [UInt64], most: Int,
        context: MatchContext
    ) -> [Suggestion] {
        var left = missed
        var open = tried
        var suggestions: [Suggestion] = []
        while suggestions.count < most {
            var best: (place: Int, further: Double, gain: Double)?
            for (place, entry) in open.enumerated() {
                let all = missed.count { entry.candidate.mask & ~$0 == 0 }
                let now = left.count { entry.candidate.mask & ~$0 == 0 }
                let further = entry.trial.newMatches * Double(now) / Double(max(1, all))
                let gain = further / cost(entry.trial.pairs, context)
                if further >= 0.5, gain > best?.gain ?? 0 { best = (place, further, gain) }
            }
            guard let best else { break }
            let (candidate, trial) = open.remove(at: best.place)
            left.removeAll { candidate.mask & ~$0 == 0 }
            suggestions.append(
                Suggestion(
                    parts: candidate.key.parts.map { MatchPlan.Key([$0]).description(in: context.records.schema) },
                    pairs: trial.pairs, newPairs: Int(trial.newPairs.rounded()), newMatches: trial.newMatches,
                    furtherMatches: best.further,
                    example: trial.best.map { found in
                        .init(
                            a: context.records.key(Int(found.pair.a)), b: context.records.key(Int(found.pair.b)),
                            probability: found.posterior)
                    }))
        }
        return suggestions
    }
}
