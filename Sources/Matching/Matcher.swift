import Foundation
package import Records
import Standards

/// Finds the records that are there twice (重): blocks, compares, scores and groups, in this order.
package enum Matcher {
    /// - Parameters:
    ///   - decisions: live decisions of people; `different` and `same` are binding.
    ///   - pinned: a model fitted before, used as it is; `nil`: one is fitted to these records.
    ///   - calibration: how its probabilities are read; `nil`: as they are.
    ///   - threads: does not change the result.
    ///   - progress: told the name of each stage as it begins.
    /// - Throws: `E-MATCH-001` when the pinned model speaks of other fields or levels.
    package static func match(
        _ records: RecordTable, plan: MatchPlan, decisions: [Decision] = [], pinned: PinnedModel? = nil,
        calibration: Calibration? = nil, threads: Int, progress: (Stage) -> Void = { _ in }
    ) throws -> Matches {
        let context = MatchContext(records, plan: plan, threads: threads, progress: progress)
        let fitted = try FittedModel(
            context, pinned: pinned, calibration: calibration, threads: threads, progress: progress)
        return match(context, fitted: fitted, decisions: decisions, threads: threads, progress: progress)
    }

    /// The same, of records and a model that are ready.
    package static func match(
        _ context: MatchContext, fitted: FittedModel, decisions: [Decision] = [], threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) -> Matches {
        let (records, plan, comparison) = (context.records, context.plan, context.comparison)
        let candidates = ScoredCandidates(
            context.walk, comparison: comparison, table: fitted.table, line: DecisionLines.lowest(plan.decide),
            draws: PairDraws(records), threads: threads)
        let bindings = Bindings(decisions, records: records)
        let expected = Expected(
            candidates, counts: fitted.counts, table: fitted.table, floor: DecisionLines.lowest(plan.decide))
        let lines = DecisionLines(
            plan.decide, candidates: candidates, matches: expected.matches,
            decided: Set(bindings.same + bindings.apart), rows: records.count)
        progress(.cluster)
        let outcome = Grouping(
            candidates, walk: context.walk, comparison: comparison, table: fitted.table, lines: lines,
            never: plan.never, records: records, bindings: bindings, threads: threads)
        let warnings =
            context.keys.warnings(records)
            + ModelWarnings.all(fitted, comparedPairs: candidates.compared, plan: plan, schema: records.schema)
        return Matches(
            comparisons: comparedFields(comparison, model: fitted, schema: records.schema),
            blocking: blocking(plan, keys: context.keys, candidates: candidates, records: records)
                + context.keys.leftOut(records.schema),
            model: ModelSummary(
                classes: fitted.classes.map { entry in
                    ModelSummary.Class(
                        name: entry.label(plan, records.schema), isMatch: entry.isMatch, share: entry.share,
                        levels: entry.levels)
                }, iterations: fitted.iterations, converged: fitted.converged, isPinned: fitted.isPinned,
                candidatePairs: candidates.compared, cutShort: candidates.cutShort,
                patterns: fitted.counts.patterns.count, mergeLine: lines.merge, reviewLine: lines.review,
                expectedPrecision: lines.merge.flatMap { expected.precision(from: $0) },
                expectedRecall: lines.merge.flatMap { expected.recall(from: $0) },
                lines: lines.costs(reviewed: outcome.pairs.count { $0.outcome == .review }),
                calibration: fitted.table.calibration, warnings: warnings),
            pairs: outcome.pairs, groups: outcome.groups,
            letGo: candidates.letGo(under: lines.review, comparison: comparison, table: fitted.table))
    }

    package enum Stage: String, Sendable, CaseIterable {
        case block
        case compare
        case score
        case cluster
    }

    private static func comparedFields(
        _ comparison: PairComparison, model: FittedModel, schema: Schema
    ) -> [ComparedField] {
        comparison.entries.enumerated().map { index, entry in
            ComparedField(
                field: schema.fields[entry.field].name, comparator: entry.comparator.name,
                levels: entry.comparator.ladder.levels, weights: model.weights(of: index))
        }
    }

    private static func blocking(
        _ plan: MatchPlan, keys: BlockingKeys, candidates: ScoredCandidates, records: RecordTable
    ) -> [BlockingSummary] {
        plan.keys.indices.map { number in
            let runs = keys.runs[number]
            let example = runs.largest.map { block in
                plan.keys[number].value(of: Int(runs.rows[block.lowerBound]), records)
            }
            return BlockingSummary(
                key: plan.keys[number].description(in: records.schema), pairs: runs.pairs,
                newPairs: candidates.newPairs[number], largestBlock: runs.largest?.count ?? 0,
                largestBlockValue: example ?? "")
        }
    }
}

/// What people decided, by row.
struct Bindings: Sendable {
    private(set) var same: [RowPair] = []
    /// Different, or not to be merged before somebody decides.
    private(set) var apart: [RowPair] = []
    /// Those of `apart` that are still to be decided.
    private(set) var unsure: Set<RowPair> = []

    init(_ decisions: [Decision], records: RecordTable) {
        guard !decisions.isEmpty else { return }
        let wanted = Set(decisions.flatMap { [$0.a, $0.b] })
        var rows: [RecordKey: UInt32] = [:]
        for row in 0..<records.count {
            let key = records.key(row)
            if wanted.contains(key) { rows[key] = UInt32(row) }
        }
        for decision in decisions {
            guard let a = rows[decision.a], let b = rows[decision.b], a != b else { continue }
            let pair = RowPair(min(a, b), max(a, b))
            switch decision.verdict {
            case .same: same.append(pair)
            case .different: apart.append(pair)
            case .unsure:
                apart.append(pair)
                unsure.insert(pair)
            }
        }
        same.sort { ($0.a, $0.b) < ($1.a, $1.b) }
        apart.sort { ($0.a, $0.b) < ($1.a, $1.b) }
    }
}

extension MatchPlan.Key {
    /// As a rule book writes it, parts joined by a plus sign.
    package func description(in schema: Schema) -> String {
        parts.map { part in
            let name = schema.fields[part.field].name
            if let partner = part.partner {
                let other = schema.fields[partner].name
                return part.transform.map { "\(name).\($0) <> \(other).\($0)" } ?? "\(name) <> \(other)"
            }
            return part.transform.map { "\(name).\($0)" } ?? name
        }.joined(separator: " + ")
    }
}
