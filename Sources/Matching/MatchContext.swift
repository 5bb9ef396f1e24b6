package import Records

/// What matching makes of the records before there is a model: compared columns, parts of keys, blocks, and the way
/// through the candidate pairs. Matching, forecasts and explanations start from here.
package struct MatchContext: Sendable {
    package let records: RecordTable
    /// With the keys that are used.
    package let plan: MatchPlan
    let keys: BlockingKeys
    let columns: MatchColumns
    let copies: Copies
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
        progress(.block)
        columns = MatchColumns(records)
        copies = Copies(columns, plan: plan)
        parts = KeyParts(plan, columns: columns, without: copies.spares, threads: threads)
        keys = BlockingKeys(plan, parts: parts, rows: columns.count, threads: threads)
        self.plan = plan.blocking(on: keys.keys)
        walk = CandidateWalk(
            BlockingIndex(keys.runs, rows: columns.count, threads: threads), columns: columns, link: plan.link)
        progress(.compare)
        comparison = PairComparison(self.plan, columns: columns, threads: threads)
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
