import Foundation
package import Records
import Standards

/// Finds the records that are there twice (重): blocks, compares, scores and groups, in this order.
package enum Matcher {
    /// - Parameters:
    ///   - decisions: live decisions of people; `different` and `same` are binding.
    ///   - pinned: a model fitted before, used as it is; `nil`: one is fitted to these records.
    ///   - calibration: how its probabilities are read; `nil`: as they are.
    ///   - long: where the pairs compared so far are kept; `nil`: a run that is stopped begins anew.
    ///   - scoring: where the pairs are compared; `nil`: here. Does not change the result.
    ///   - threads: does not change the result.
    ///   - progress: told the name of each stage as it begins.
    /// - Throws: `E-MATCH-001` when the pinned model speaks of other fields or levels; what `scoring` throws.
    package static func match(
        _ records: RecordTable, plan: MatchPlan, decisions: [Decision] = [], pinned: PinnedModel? = nil,
        calibration: Calibration? = nil, long: LongComparison? = nil, scoring: (any PairScoring)? = nil, threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) throws -> Matches {
        try begin(
            records, plan: plan, decisions: decisions, pinned: pinned, calibration: calibration, long: long,
            scoring: scoring,
            threads: threads, progress: progress
        ).matches
    }

    /// The same, of records and a model that are ready.
    package static func match(
        _ context: MatchContext, fitted: FittedModel, decisions: [Decision] = [], threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) -> Matches {
        let scored = scored(context, fitted, threads: threads)
        return begin(context, fitted, scored, decisions: decisions, threads: threads, progress: progress).matches
    }

    /// The same, with what the next run can go on from.
    package static func begin(
        _ records: RecordTable, plan: MatchPlan, decisions: [Decision] = [], pinned: PinnedModel? = nil,
        calibration: Calibration? = nil, long: LongComparison? = nil, scoring: (any PairScoring)? = nil, threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) throws -> MatchOutcome {
        let context = MatchContext(records, plan: plan, threads: threads, progress: progress)
        let fitted = try FittedModel(
            context, pinned: pinned, calibration: calibration, threads: threads, progress: progress)
        let scored =
            try scoring.map { try self.scored(context, fitted, $0) }
            ?? scored(context, fitted, long: long, threads: threads)
        return begin(
            context, fitted, scored, decisions: decisions, threads: threads, progress: progress, written: plan)
    }

    /// The pairs over the lowest line, compared here.
    private static func scored(
        _ context: MatchContext, _ fitted: FittedModel, long: LongComparison? = nil, threads: Int
    ) -> ScoredCandidates {
        let line = DecisionLines.lowest(context.plan.decide)
        return ScoredCandidates(
            context.walk, comparison: context.comparison, table: fitted.table, line: line,
            draws: PairDraws(context.records), log: long?.open(context, fitted, line: line, threads: threads),
            threads: threads, advance: long?.advance)
    }

    /// The same, compared elsewhere.
    private static func scored(
        _ context: MatchContext, _ fitted: FittedModel, _ scoring: any PairScoring
    ) throws -> ScoredCandidates {
        let draws = PairDraws(context.records)
        let job = ScoringJob(context, fitted, line: DecisionLines.lowest(context.plan.decide), draws: draws)
        guard let found = job.checked(try scoring.found(job)) else {
            throw Failure(
                .notDone, code: "E-MATCH-004",
                Text(
                    en: "the pairs that came back from the other processes are not those of this job",
                    zh: "其他进程返回的记录对不属于本次任务"),
                advice: Text(
                    en: "Nothing was written. Check that all machines run the same version, and run it again.",
                    zh: "未写入任何结果。请确认所有机器运行同一版本，然后重新运行。"))
        }
        return ScoredCandidates(found, table: fitted.table, keys: context.plan.keys.count, draws: draws)
    }

    private static func begin(
        _ context: MatchContext, _ fitted: FittedModel, _ scored: ScoredCandidates, decisions: [Decision],
        threads: Int, progress: (Stage) -> Void, written: MatchPlan? = nil
    ) -> MatchOutcome {
        let (records, plan, comparison) = (context.records, context.plan, context.comparison)
        let floor = DecisionLines.lowest(plan.decide)
        let below = Expected.Below(fitted.counts, of: scored.compared, table: fitted.table, floor: floor)
        let basis = MatchBasis(
            plan: (written ?? plan).fingerprint(records.schema), records: records.count,
            blocking: blocking(plan, keys: context.keys, candidates: scored, records: records)
                + context.keys.leftOut(records.schema),
            candidatePairs: scored.compared, cutShort: scored.cutShort, patterns: fitted.counts.patterns.count,
            missed: below.matches, missedVariance: below.variance, levels: levels(scored.pairs, plan))
        return settle(
            Candidates(
                pairs: scored.pairs, below: below, basis: basis, isContinued: false, columns: context.columns,
                copies: context.copies),
            source: CandidatePairs(walk: context.walk, comparison: comparison), records, plan, fitted,
            decisions: decisions, warnings: context.keys.warnings(records), threads: threads, progress: progress
        ) { scored.letGo(under: $0, comparison: comparison, table: fitted.table) }
    }

    /// Goes on with the model and the keys of an earlier run: of the pairs that it kept those of two rows that have not changed
    /// stay as they are, and only pairs with a row that is new or has changed are compared. The result is that of comparing
    /// all.
    ///
    /// - Parameters:
    ///   - pinned: with what was counted when it was fitted.
    ///   - earlier: of a run with the same model and calibration; `nil`: everything is compared.
    /// - Returns: `nil` when the plan is another one than the model was fitted for.
    package static func goOn(
        _ records: RecordTable, plan: MatchPlan, decisions: [Decision] = [], with pinned: PinnedModel,
        from earlier: KeptMatching?, calibration: Calibration? = nil, threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) throws -> MatchOutcome? {
        guard let basis = pinned.basis, let plan = plan.going(onFrom: basis, schema: records.schema) else { return nil }
        progress(.block)
        let fitted = try FittedModel(goingOnWith: pinned, plan: plan, schema: records.schema, calibration: calibration)
        let columns = MatchColumns(records)
        let copies = Copies(columns, plan: plan)
        let prints = RowPrints(columns, copies, records: records, plan: plan, threads: threads)
        let again = ComparedAgain(
            prints, from: earlier, columns: columns, copies: copies, plan: plan, table: fitted.table, threads: threads,
            progress: progress)
        let candidates = Candidates(
            pairs: again.pairs, below: Expected.Below(matches: basis.missed, variance: basis.missedVariance),
            basis: basis,
            isContinued: true, columns: columns, copies: copies, prints: prints, reuse: again.reuse)
        return settle(
            candidates, source: NearbyPairs(columns: columns, plan: plan, exactLevels: prints.exactLevels), records,
            plan, fitted, decisions: decisions, warnings: [], threads: threads, progress: progress
        ) { _ in LetGoSample() }
    }

    /// From the pairs over the lowest line to lines, groups and all that is said of them.
    private static func settle(
        _ candidates: Candidates, source: some PairSource, _ records: RecordTable, _ plan: MatchPlan,
        _ fitted: FittedModel, decisions: [Decision], warnings: [Text], threads: Int, progress: (Stage) -> Void,
        letGo: (_ line: Double) -> LetGoSample
    ) -> MatchOutcome {
        let basis = candidates.basis
        let bindings = Bindings(decisions, records: records)
        let copies = candidates.copies.pairs(among: candidates.pairs)
        let pairs = copies.isEmpty ? candidates.pairs : ScoredCandidates.sorted(candidates.pairs + copies)
        let expected = Expected(pairs, below: candidates.below)
        let lines = DecisionLines(
            plan.decide, candidates: pairs, matches: expected.matches,
            decided: Set(bindings.same + bindings.apart), rows: records.count)
        progress(.cluster)
        let grouping = Grouping(
            candidates.pairs, copies: copies, source: source, table: fitted.table, lines: lines, never: plan.never,
            records: records, bindings: bindings, threads: threads)
        let warnings =
            warnings + candidates.copies.warnings
            + ModelWarnings.all(fitted, comparedPairs: basis.candidatePairs, plan: plan, schema: records.schema)
        let matches = Matches(
            comparisons: comparedFields(plan, model: fitted, schema: records.schema), blocking: basis.blocking,
            model: ModelSummary(
                classes: fitted.classes.map { entry in
                    ModelSummary.Class(
                        name: entry.label(plan, records.schema), isMatch: entry.isMatch, share: entry.share,
                        levels: entry.levels)
                }, iterations: fitted.iterations, converged: fitted.converged, isPinned: fitted.isPinned, basis: basis,
                isContinued: candidates.isContinued, candidatePairs: basis.candidatePairs, cutShort: basis.cutShort,
                patterns: basis.patterns, mergeLine: lines.merge, reviewLine: lines.review,
                expectedPrecision: lines.merge.flatMap { expected.precision(from: $0) },
                expectedRecall: lines.merge.flatMap { expected.recall(from: $0) },
                lines: lines.costs(reviewed: grouping.pairs.count { $0.outcome == .review }),
                calibration: fitted.table.calibration, warnings: warnings),
            pairs: grouping.pairs, groups: grouping.groups, letGo: letGo(lines.review))
        let drift =
            candidates.isContinued
            ? basis.drift(
                records: records.count, levels: levels(candidates.pairs, plan),
                names: plan.comparisons.map { records.schema.fields[$0.field].name }) : nil
        return MatchOutcome(matches: matches, drift: drift, candidates: candidates, records: records, plan: plan)
    }

    /// Pairs on each level of each compared field.
    private static func levels(_ pairs: [ScoredCandidate], _ plan: MatchPlan) -> [[Int]] {
        var levels = plan.comparators.map { [Int](repeating: 0, count: $0.ladder.count) }
        for pair in pairs {
            for field in levels.indices { levels[field][Int(pair.pattern >> UInt64(field * 4) & 15)] += 1 }
        }
        return levels
    }

    package enum Stage: String, Sendable, CaseIterable {
        case block
        case compare
        case score
        case cluster
    }

    private static func comparedFields(_ plan: MatchPlan, model: FittedModel, schema: Schema) -> [ComparedField] {
        zip(plan.comparisons, plan.comparators).enumerated().map { index, entry in
            ComparedField(
                field: schema.fields[entry.0.field].name, comparator: entry.1.name, levels: entry.1.ladder.levels,
                weights: model.weights(of: index))
        }
    }

    private static func blocking(
        _ plan: MatchPlan, keys: BlockingKeys, candidates: ScoredCandidates, records: RecordTable
    ) -> [BlockingSummary] {
        plan.keys.indices.map { number in
            let runs = keys.runs[number]
            return BlockingSummary(
                key: plan.keys[number].description(in: records.schema), pairs: runs.pairs,
                newPairs: candidates.newPairs[number], largestBlock: runs.largest?.count ?? 0)
        }
    }
}
