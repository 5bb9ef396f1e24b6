import Foundation
package import Records
import Standards

/// Finds the records that are there twice (重): blocks, compares, scores and groups, in this order.
package enum Matcher {
    /// - Parameters:
    ///   - decisions: live decisions of people; `different` and `same` are binding.
    ///   - threads: does not change the result.
    ///   - progress: told the name of each stage as it begins.
    package static func match(
        _ records: RecordTable, plan: MatchPlan, decisions: [Decision] = [], threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) -> Matches {
        let context = MatchContext(records, plan: plan, threads: threads, progress: progress)
        let fitted = FittedModel(context, threads: threads, progress: progress)
        return match(context, fitted: fitted, decisions: decisions, threads: threads, progress: progress)
    }

    /// The same, of records and a model that are ready.
    package static func match(
        _ context: MatchContext, fitted: FittedModel, decisions: [Decision] = [], threads: Int,
        progress: (Stage) -> Void = { _ in }
    ) -> Matches {
        let (records, plan, comparison) = (context.records, context.plan, context.comparison)
        let (model, table) = (fitted.model, fitted.table)
        let candidates = ScoredCandidates(
            context.walk, comparison: comparison, table: table, line: min(plan.decide.review, plan.decide.merge ?? 1),
            threads: threads)
        progress(.cluster)
        let outcome = Grouping(
            candidates, walk: context.walk, comparison: comparison, table: table, plan: plan, records: records,
            bindings: Bindings(decisions, records: records), threads: threads)
        return Matches(
            comparisons: comparedFields(comparison, model: model, schema: records.schema),
            blocking: blocking(plan, index: context.index, candidates: candidates, records: records),
            model: summary(
                model, counts: fitted.counts, table: table, candidates: candidates, plan: plan, schema: records.schema),
            pairs: outcome.pairs, groups: outcome.groups)
    }

    package enum Stage: String, Sendable, CaseIterable {
        case block
        case compare
        case score
        case cluster
    }

    private static func comparedFields(
        _ comparison: PairComparison, model: MixtureModel, schema: Schema
    ) -> [ComparedField] {
        comparison.entries.enumerated().map { index, entry in
            ComparedField(
                field: schema.fields[entry.field].name, comparator: entry.comparator.name,
                levels: entry.comparator.ladder.levels, weights: model.weights(of: index))
        }
    }

    private static func blocking(
        _ plan: MatchPlan, index: BlockingIndex, candidates: ScoredCandidates, records: RecordTable
    ) -> [BlockingSummary] {
        plan.keys.indices.map { number in
            let key = index.keys[number]
            let example = key.largest.map { block in
                plan.keys[number].parts.map { records.value(Int(key.rows[block.lowerBound]), $0.field) }
                    .joined(separator: " · ")
            }
            return BlockingSummary(
                key: plan.keys[number].description(in: records.schema), pairs: key.pairs,
                newPairs: candidates.newPairs[number], largestBlock: key.largest?.count ?? 0,
                largestBlockValue: example ?? "", overBudget: key.pairs > plan.pairBudget)
        }
    }

    private static func summary(
        _ model: MixtureModel, counts: PatternCounts, table: ClassTable, candidates: ScoredCandidates,
        plan: MatchPlan, schema: Schema
    ) -> ModelSummary {
        let line = plan.decide.merge ?? 1
        let expected = Expected(counts, table: table, line: line)
        return ModelSummary(
            classes: model.classes.map { entry in
                ModelSummary.Class(
                    name: name(of: entry, plan: plan, schema: schema), isMatch: entry.isMatch, share: entry.share,
                    levels: entry.levels)
            }, iterations: model.iterations, converged: model.converged, candidatePairs: candidates.compared,
            patterns: counts.patterns.count, mergeLine: line, reviewLine: plan.decide.review,
            expectedPrecision: expected.precision, expectedRecall: expected.recall,
            warnings: ModelWarnings.all(model, comparedPairs: candidates.compared, plan: plan, schema: schema))
    }
}

extension Matcher {
    /// As files name a class: `match`, `housemate`, `namesake: surname.sound + city`.
    static func name(of entry: ModelClass, plan: MatchPlan, schema: Schema) -> String {
        if case .key(let number) = entry.kind { return "namesake: \(plan.keys[number].description(in: schema))" }
        return entry.name
    }
}

/// What the model expects of a line, by its own probabilities.
struct Expected: Sendable {
    /// Of the pairs over the line, the share that are matches; 1 where there are none.
    let precision: Double
    /// Of the matches among the candidate pairs, the share over the line; 1 where there are none.
    let recall: Double

    init(_ counts: PatternCounts, table: ClassTable, line: Double) {
        var over = (pairs: 0.0, matches: 0.0)
        var matches = 0.0
        var scratch = table.scratch
        for (pattern, count) in zip(counts.patterns, counts.counts) {
            let posterior = table.posterior(pattern, scratch: &scratch).match
            matches += posterior * Double(count)
            if posterior >= line {
                over.pairs += Double(count)
                over.matches += posterior * Double(count)
            }
        }
        precision = over.pairs > 0 ? over.matches / over.pairs : 1
        recall = matches > 0 ? over.matches / matches : 1
    }
}

/// What people decided, by row.
struct Bindings: Sendable {
    private(set) var same: [RowPair] = []
    private(set) var apart: [RowPair] = []

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
            case .unsure: break
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
