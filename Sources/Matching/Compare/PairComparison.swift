import Records

/// Everything that is needed to turn a pair of rows into its pattern of levels: four bits a compared field, the first
/// field lowest.
struct PairComparison: Sendable {
    struct Entry: Sendable {
        let field: Int
        let comparator: Comparator
        let role: MatchPlan.Role
        let column: any PreparedColumn
        let codes: [UInt32]
    }

    let entries: [Entry]
    private let exchange: NameExchange?

    init(_ plan: MatchPlan, columns: MatchColumns, threads: Int) {
        entries = Parallel.map(plan.comparisons.count, threads: threads) { index in
            let comparison = plan.comparisons[index]
            guard let comparator = Comparator.named(comparison.comparator) else {
                preconditionFailure("the rule book reader lets only known comparators through")
            }
            let column = columns[comparison.field]
            return Entry(
                field: comparison.field, comparator: comparator, role: comparison.role ?? comparator.role,
                column: comparator.prepare(column, comparator.ladder), codes: column.codes)
        }
        exchange = NameExchange(entries, columns: columns)
    }

    func patterns(of pairs: [RowPair]) -> [UInt64] {
        var patterns = [UInt64](repeating: 0, count: pairs.count)
        for (index, entry) in entries.enumerated() {
            entry.column.fill(&patterns, shift: UInt64(index * 4), pairs: pairs, codes: entry.codes)
        }
        exchange?.mark(&patterns, pairs: pairs)
        return patterns
    }
}
