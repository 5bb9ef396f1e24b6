import Records

/// The comparing of all candidate pairs as a job for other processes: rows with what the whole table decides of them, and what
/// a process has to know.
package struct ScoringJob: Sendable {
    package let count: Int
    /// Names of the keys with the pairs of their blocks.
    package let keys: [(name: String, pairs: Int)]
    private let context: MatchContext
    private let fitted: FittedModel
    private let line: Double
    private let draws: PairDraws
    private let exact: [UInt64]
    private let used: [RecordTable.Column]

    init(_ context: MatchContext, _ fitted: FittedModel, line: Double, draws: PairDraws) {
        count = context.columns.count
        keys = zip(context.plan.keys, context.index.keys).map { key, runs in
            (key.description(in: context.records.schema), runs.pairs)
        }
        self.context = context
        self.fitted = fitted
        self.line = line
        self.draws = draws
        exact = context.comparison.exactPatterns
        used = context.plan.usedFields.sorted().map { context.columns[$0] }
    }

    /// Pairs of all blocks together: what comparing will meet, at most.
    package var pairs: Int { context.walk.pairs }

    /// What a process has to know.
    ///
    /// - Parameters:
    ///   - cap: blocks with more rows are compared in parts of about so many.
    ///   - hash: of the job with its records.
    package func description(cap: Int, hash: String) -> PairJob {
        PairJob(
            context.plan, schema: context.records.schema, table: fitted, line: line, splits: splits(over: cap),
            hash: hash)
    }

    private func splits(over cap: Int) -> [PairJob.Split] {
        context.index.keys.enumerated().flatMap { key, runs -> [PairJob.Split] in
            let large = (0..<runs.count).map { runs[$0] }.filter { $0.count > cap }
            if large.isEmpty { return [] }
            let values = context.parts.values(of: context.plan.keys[key].parts)
            return large.map { block in
                PairJob.Split(
                    key: key, block: values[Int(runs.rows[block.lowerBound])] >> Runs.ignoredBits,
                    parts: Self.parts(of: block.count, cap: cap))
            }
        }
    }

    /// The keys under which a row shares a block with another one; bit k is key k. Of the others nothing has to go out.
    package func sharedKeys(of row: Int) -> UInt64 {
        keys.indices.reduce(0) { bits, key in
            context.index.block(of: UInt32(row), key: key) == 0 ? bits : bits | 1 << UInt64(key)
        }
    }

    /// Lines that the rows make, one for each of these keys, more for rows of blocks that are compared in parts.
    package func keyedLines(cap: Int) -> Int {
        context.index.keys.reduce(0) { lines, runs in
            (0..<runs.count).reduce(lines) { $0 + runs[$1].count * Self.parts(of: runs[$1].count, cap: cap) }
        }
    }

    private static func parts(of rows: Int, cap: Int) -> Int { max(1, (rows + cap - 1) / cap) }

    /// What `RowBatch` takes of a row, without its values.
    package func head(of row: Int) -> (source: UInt16, draw: UInt64, exact: UInt64) {
        (context.columns.sources[row], draws[UInt32(row)], exact[row])
    }

    /// Calls `body` with the row's value in each used field, as UTF-8.
    package func forEachValue(of row: Int, _ body: (ArraySlice<UInt8>) -> Void) {
        for column in used { body(column.values.bytes[column.values.range(of: column.codes[row])]) }
    }

    /// - Returns: `nil` when what was found cannot be of this job: rows, keys or levels that are not there, or wrong sums.
    func checked(_ found: FoundPairs) -> FoundPairs? {
        let ladders = context.comparison.entries.map { UInt64($0.comparator.ladder.count) }
        func isPattern(_ pattern: UInt64) -> Bool {
            ladders.enumerated().allSatisfy { field, count in pattern >> UInt64(field * 4) & 15 < count }
        }
        func arePairs(_ a: UInt32, _ b: UInt32) -> Bool { a < b && Int(b) < count }
        guard found.pairs.allSatisfy({ arePairs($0.a, $0.b) && Int($0.key) < keys.count && isPattern($0.pattern) }),
            found.drawn.allSatisfy({ arePairs($0.a, $0.b) }),
            found.newPairs.allSatisfy({ keys.indices.contains($0.key) && (0...keys[$0.key].pairs).contains($0.value) })
        else { return nil }
        // Every pair that was compared was kept or let go.
        let letGo = found.totals.values.reduce(0, +)
        return letGo + found.pairs.count == found.newPairs.values.reduce(0, +) ? found : nil
    }
}
