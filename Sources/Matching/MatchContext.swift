package import Records

/// What matching makes of the records before there is a model: compared columns, parts of keys, blocks, and the way
/// through the candidate pairs. Matching, forecasts and explanations start from here.
package struct MatchContext: Sendable {
    package let records: RecordTable
    package let plan: MatchPlan
    let columns: MatchColumns
    let parts: KeyParts
    let comparison: PairComparison
    let walk: CandidateWalk

    var index: BlockingIndex { walk.index }

    /// - Parameters:
    ///   - threads: does not change the result.
    ///   - progress: told the name of each stage as it begins.
    package init(
        _ records: RecordTable, plan: MatchPlan, threads: Int, progress: (Matcher.Stage) -> Void = { _ in }
    ) {
        self.records = records
        self.plan = plan
        progress(.block)
        columns = MatchColumns(records)
        parts = KeyParts(plan, columns: columns, threads: threads)
        let index = BlockingIndex(plan, parts: parts, rows: columns.count, threads: threads)
        walk = CandidateWalk(index, columns: columns, link: plan.link)
        progress(.compare)
        comparison = PairComparison(plan, columns: columns, threads: threads)
    }
}

/// The classes that pairs are scored with, and how they were come by.
package struct FittedModel: Sendable {
    let counts: PatternCounts
    let model: MixtureModel
    let table: ClassTable

    /// Fitted to the records themselves: the same records and rules give the same model.
    package init(_ context: MatchContext, threads: Int, progress: (Matcher.Stage) -> Void = { _ in }) {
        let comparison = context.comparison
        counts = PatternCounts(context.walk, comparison: comparison, threads: threads)
        progress(.score)
        model = MixtureModel(
            classes: ModelStart.classes(
                plan: context.plan, comparison: comparison, columns: context.columns, parts: context.parts,
                threads: threads),
            patterns: counts.patterns, counts: counts.counts, ladders: comparison.entries.map(\.comparator.ladder),
            roles: comparison.entries.map(\.role), threads: threads)
        table = ClassTable(model.classes)
    }
}

extension MatchContext {
    /// Most pairs a model is fitted to.
    package static let pairsForModel = PatternCounts.enough

    /// Compares about so many pairs, for those who want to know how long all will take.
    /// - Returns: pairs compared.
    package func compareSample(of limit: Int, threads: Int) -> Int {
        PatternCounts(walk, comparison: comparison, threads: threads, atMost: limit).pairs
    }
}
