import Records

/// The way through all candidate pairs, each met once: at the first key that brings it together.
struct CandidateWalk: Sendable {
    let index: BlockingIndex
    let columns: MatchColumns
    let link: MatchPlan.Link
    let units: [WorkUnit]

    init(_ index: BlockingIndex, columns: MatchColumns, link: MatchPlan.Link) {
        self.index = index
        self.columns = columns
        self.link = link
        units = WorkUnit.cut(index)
    }

    /// Rows between asking for memory and needing it.
    private static let lead = 12

    /// Pairs of all blocks together: an upper bound of what the walk meets.
    var pairs: Int { index.keys.reduce(0) { $0 + $1.pairs } }

    /// - Parameters:
    ///   - sample: only left rows that are in it.
    ///   - ahead: told a row some time before its first pair.
    @inline(__always)
    func forEachPair(
        in unit: WorkUnit, sample: RowSample = .all, ahead: (UInt32) -> Void = { _ in }, _ body: (RowPair) -> Void
    ) {
        let runs = index.keys[unit.key]
        var earlier = BlockingIndex.Earlier(than: unit.key)
        for run in unit.runs {
            let block = runs[run]
            let lefts = unit.lefts.map { block.lowerBound + $0.lowerBound..<block.lowerBound + $0.upperBound } ?? block
            for left in lefts {
                let a = runs.rows[left]
                // The rows of a block lie far apart in memory: what the next blocks need is asked for in time.
                let later = runs.rows[min(left &+ Self.lead, runs.rows.count &- 1)]
                index.prefetch(later)
                ahead(later)
                if !sample.contains(a) { continue }
                index.turn(&earlier, to: a, than: unit.key)
                for right in (left + 1)..<max(left + 1, block.upperBound) {
                    let b = runs.rows[right]
                    if index.finds(earlier, b) || !isLinked(a, b) { continue }
                    body(RowPair(a, b))
                }
            }
        }
    }

    /// Of the pairs of a piece those with a row that is marked.
    func forEachPair(in unit: WorkUnit, touching marked: [Bool], _ body: (RowPair) -> Void) {
        let runs = index.keys[unit.key]
        var earlier = BlockingIndex.Earlier(than: unit.key)
        var places: [Int] = []
        for run in unit.runs {
            let block = runs[run]
            places.removeAll(keepingCapacity: true)
            for place in block where marked[Int(runs.rows[place])] { places.append(place) }
            if places.isEmpty { continue }
            let lefts = unit.lefts.map { block.lowerBound + $0.lowerBound..<block.lowerBound + $0.upperBound } ?? block
            var next = 0
            for left in lefts {
                while next < places.count, places[next] <= left { next += 1 }
                let a = runs.rows[left]
                let isMarked = marked[Int(a)]
                if !isMarked, next == places.count { continue }
                index.turn(&earlier, to: a, than: unit.key)
                func meet(_ right: Int) {
                    let b = runs.rows[right]
                    if !index.finds(earlier, b), isLinked(a, b) { body(RowPair(a, b)) }
                }
                if isMarked {
                    for right in (left + 1)..<max(left + 1, block.upperBound) { meet(right) }
                } else {
                    for right in places[next...] { meet(right) }
                }
            }
        }
    }

    /// The candidate pairs among some rows, each once, ascending.
    func pairs(among rows: [UInt32]) -> [RowPair] {
        rows.count > Self.few ? pairsByBlock(among: rows) : pairsOneByOne(among: rows)
    }

    /// Among so few rows every two are looked at.
    private static let few = 12

    private func pairsOneByOne(among rows: [UInt32]) -> [RowPair] {
        var pairs: [RowPair] = []
        for (place, a) in rows.enumerated() {
            for b in rows[(place + 1)...] where index.keys(a, b) != 0 && isLinked(a, b) { pairs.append(RowPair(a, b)) }
        }
        return pairs
    }

    private func pairsByBlock(among rows: [UInt32]) -> [RowPair] {
        var pairs: [RowPair] = []
        for key in index.keys.indices {
            let keyed = rows.map { (block: index.block(of: $0, key: key), row: $0) }.filter { $0.block != 0 }
                .sorted { ($0.block, $0.row) < ($1.block, $1.row) }
            var earlier = BlockingIndex.Earlier(than: key)
            for left in keyed.indices {
                let a = keyed[left].row
                index.turn(&earlier, to: a, than: key)
                var right = left + 1
                while right < keyed.count, keyed[right].block == keyed[left].block {
                    let b = keyed[right].row
                    if !index.finds(earlier, b), isLinked(a, b) { pairs.append(RowPair(a, b)) }
                    right += 1
                }
            }
        }
        return pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// The rule book's `link` lets the two be compared at all.
    func links(_ pair: RowPair) -> Bool { isLinked(pair.a, pair.b) }

    @inline(__always)
    private func isLinked(_ a: UInt32, _ b: UInt32) -> Bool {
        switch link {
        case .all: true
        case .within: columns.sources[Int(a)] == columns.sources[Int(b)]
        case .between: columns.sources[Int(a)] != columns.sources[Int(b)]
        }
    }
}
