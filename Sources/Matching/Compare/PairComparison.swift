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
        /// Level of a value with itself, per code.
        let exactLevels: [UInt8]
    }

    let entries: [Entry]
    private let rows: CodeRows
    private let exchange: NameExchange?
    /// The fields in the order in which they are compared, bit f being field f: first those that cost little, then the
    /// dear ones one after another, what belongs to a person before what a household shares: it settles more pairs.
    /// After each a pair may turn out to be hopeless. Names that may be exchanged are settled with the last.
    let stages: [UInt32]

    /// - Parameter exactLevels: per compared field the level of each of its values with itself, where the columns are a part
    ///   of a table and do not show how common a value is; `nil`: as common as in these columns.
    init(_ plan: MatchPlan, columns: MatchColumns, exactLevels: [[UInt8]]? = nil, threads: Int) {
        let comparators = plan.comparators
        let entries = Parallel.map(plan.comparisons.count, threads: threads) { index in
            let (comparison, comparator) = (plan.comparisons[index], comparators[index])
            let column = columns[comparison.field]
            return Entry(
                field: comparison.field, comparator: comparator, role: comparison.role ?? comparator.role,
                column: comparator.prepare(column, comparator.ladder), codes: column.codes,
                exactLevels: exactLevels?[index] ?? comparator.ladder.exactLevels(of: column))
        }
        self.entries = entries
        let names = NameExchange.make(entries, columns: columns)
        exchange = names?.exchange
        rows = CodeRows(
            plan.comparisons.map { columns[$0.field] }, exactPatterns: Self.exactPatterns(entries, rows: columns.count),
            names: names?.names ?? [], threads: threads)
        stages = Self.stages(entries)
    }

    private static func stages(_ entries: [Entry]) -> [UInt32] {
        let dear = entries.indices.filter { entries[$0].column.isDear }.sorted { left, right in
            (isPersonal(entries[left]) ? 0 : 1, left) < (isPersonal(entries[right]) ? 0 : 1, right)
        }
        let cheap = entries.indices.filter { !entries[$0].column.isDear }
        return [cheap.reduce(0) { $0 | 1 << UInt32($1) }] + dear.map { 1 << UInt32($0) }
    }

    private static func isPersonal(_ entry: Entry) -> Bool { entry.role == .person || entry.role == .family }

    /// By row, its pattern with itself.
    var exactPatterns: [UInt64] { Self.exactPatterns(entries, rows: entries.first?.codes.count ?? 0) }

    private static func exactPatterns(_ entries: [Entry], rows: Int) -> [UInt64] {
        var patterns = [UInt64](repeating: 0, count: rows)
        for (field, entry) in entries.enumerated() {
            let levels = entry.exactLevels
            for row in patterns.indices { patterns[row] |= UInt64(levels[Int(entry.codes[row])]) << UInt64(field * 4) }
        }
        return patterns
    }

    /// Asks for what comparing a row begins with.
    @inline(__always)
    func prefetch(_ row: UInt32) { rows.prefetch(row) }

    /// Takes a pair into a batch with what equal codes tell of it.
    @inline(__always)
    func open(_ pair: RowPair, in batch: inout PairBatch) {
        var entry = rows.open(pair)
        // Names that may stand in each other's field are settled together.
        if let exchange, exchange.isPossible(rows.names(of: pair.a), rows.names(of: pair.b), entry.open) {
            entry.open |= NameExchange.mark
        }
        batch.append(entry)
    }

    /// Finds the levels of the open fields that are in `fields`, of the pairs that are still compared.
    func compare(_ batch: inout PairBatch, fields: UInt32) {
        for (index, entry) in entries.enumerated() where fields >> UInt32(index) & 1 == 1 {
            entry.column.fill(&batch, field: index)
        }
        if let last = stages.last, fields & last == last { exchange?.settle(&batch, rows) }
    }

    /// The whole pattern of each pair, made of so many at a time as stay in the processor's memory.
    func patterns(of pairs: [RowPair]) -> [UInt64] {
        var patterns: [UInt64] = []
        patterns.reserveCapacity(pairs.count)
        var rest = pairs[...]
        while !rest.isEmpty {
            var batch = PairBatch()
            for pair in rest.prefix(PairBatch.size) { open(pair, in: &batch) }
            compare(&batch, fields: .max)
            patterns += batch.entries.map(\.pattern)
            rest = rest.dropFirst(PairBatch.size)
        }
        return patterns
    }
}
