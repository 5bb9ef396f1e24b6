import Records

/// Compares the pairs of blocks that are handed to a process, as if the whole table were there. What it keeps from one batch to
/// the next are answers it has found.
package struct BlockComparer {
    /// A block, or two of its parts.
    package struct Block: Sendable {
        package let key: Int
        /// Only pairs of two parts are compared.
        package let isCross: Bool
        /// Places of its rows in the batch, each with its part.
        package var members: [(place: Int, part: UInt32)] = []

        package init(key: Int, isCross: Bool) {
            self.key = key
            self.isCross = isCross
        }
    }

    private let work: PairWork
    private var scorer: PairScorer?

    package init(_ work: PairWork) { self.work = work }

    /// - Parameters:
    ///   - rows: each once.
    ///   - blocks: every block in which two of the rows are together under an earlier key shows there, whether or not it is
    ///     among these.
    package mutating func compare(_ rows: RowBatch, _ blocks: [Block]) -> FoundPairs {
        let table = BlockTable(rows, work)
        var scorer = self.scorer ?? PairScorer(table.comparison, work.table, work.line, table.draws)
        scorer.turn(to: table.comparison, draws: table.draws)
        var found = FoundPairs()
        var part = ScoredPiece()
        var key = blocks.first?.key ?? 0
        for block in blocks {
            if block.key != key {
                scorer.flush(into: &part, key: UInt8(key))
                found.add(part, key: key, rows: table.rows)
                (part, key) = (ScoredPiece(), block.key)
            }
            let members = block.members.map { (row: table.ranks[$0.place], part: $0.part) }.sorted { $0.row < $1.row }
            table.walk.forEachPair(of: block.key, in: members, isCross: block.isCross) { pair in
                scorer.take(pair, into: &part, key: UInt8(key))
            }
        }
        scorer.flush(into: &part, key: UInt8(key))
        found.add(part, key: key, rows: table.rows)
        self.scorer = scorer
        return found
    }
}

/// The rows of a batch as a table, ascending, with what it takes to compare them.
private struct BlockTable {
    /// Numbers in the whole table.
    let rows: [UInt32]
    /// By place in the batch, the row here.
    let ranks: [UInt32]
    let draws: PairDraws
    let walk: CandidateWalk
    let comparison: PairComparison

    init(_ batch: RowBatch, _ work: PairWork) {
        let order = batch.rows.indices.sorted { batch.rows[$0] < batch.rows[$1] }
        var ranks = [UInt32](repeating: 0, count: order.count)
        for (rank, place) in order.enumerated() { ranks[place] = UInt32(rank) }
        self.ranks = ranks
        rows = order.map { batch.rows[$0] }
        draws = PairDraws(order.map { batch.draws[$0] })
        let columns = batch.columns(fields: work.fields, in: order)
        let parts = KeyParts(work.plan, columns: columns, threads: 1)
        let runs = work.plan.keys.map { Runs(parts.values(of: $0.parts)) }
        walk = CandidateWalk(
            BlockingIndex(runs, rows: columns.count, threads: 1), columns: columns, link: work.plan.link)
        let exact = order.map { batch.exact[$0] }
        let levels = work.plan.comparisons.enumerated().map { index, comparison in
            let column = columns[comparison.field]
            var levels = [UInt8](repeating: 0, count: column.values.count)
            for (row, code) in column.codes.enumerated() {
                levels[Int(code)] = UInt8(truncatingIfNeeded: exact[row] >> UInt64(index * 4) & 15)
            }
            return levels
        }
        comparison = PairComparison(work.plan, columns: columns, exactLevels: levels, threads: 1)
    }
}

extension CandidateWalk {
    /// The pairs of rows that have a block in common and no earlier one.
    ///
    /// - Parameters:
    ///   - members: ascending.
    ///   - isCross: only pairs of two parts.
    fileprivate func forEachPair(
        of key: Int, in members: [(row: UInt32, part: UInt32)], isCross: Bool, _ body: (RowPair) -> Void
    ) {
        var earlier = BlockingIndex.Earlier(than: key)
        for (place, left) in members.enumerated() {
            index.turn(&earlier, to: left.row, than: key)
            for right in members[(place + 1)...] {
                if isCross && left.part == right.part || index.finds(earlier, right.row) { continue }
                let pair = RowPair(left.row, right.row)
                if links(pair) { body(pair) }
            }
        }
    }
}
