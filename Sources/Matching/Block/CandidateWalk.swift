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

/// A share of the rows that depends on nothing but their numbers.
struct RowSample: Sendable {
    /// One row in `2^power`.
    private let mask: UInt32

    static let all = RowSample(power: 0)

    var isEverything: Bool { mask == 0 }

    init(power: Int) { mask = 1 << UInt32(power) - 1 }

    /// Multiplied by an odd constant (Fibonacci hashing), so that neighbours in a file fall into different samples.
    @inline(__always)
    func contains(_ row: UInt32) -> Bool {
        (row &* 0x9E37_79B9) >> 16 & mask == 0
    }

    /// The largest sample in which at most `limit` of `pairs` are expected.
    static func holding(_ limit: Int, of pairs: Int) -> RowSample {
        var power = 0
        while power < 12, pairs >> power > limit { power += 1 }
        return RowSample(power: power)
    }
}

/// A piece of one key's blocks with about a quarter of a million pairs; a larger block is cut by its left rows.
struct WorkUnit: Sendable {
    let key: Int
    let runs: Range<Int>
    /// Left rows within the only block of the unit; `nil`: whole blocks.
    let lefts: Range<Int>?

    private static let target = 1 << 18

    static func cut(_ index: BlockingIndex) -> [WorkUnit] {
        var units: [WorkUnit] = []
        for (number, key) in index.keys.enumerated() {
            var first = 0
            var pairs = 0
            func close(_ end: Int) {
                if end > first { units.append(WorkUnit(key: number, runs: first..<end, lefts: nil)) }
                first = end
                pairs = 0
            }
            for run in 0..<key.count {
                let count = key[run].count
                let size = count * (count - 1) / 2
                if size > target {
                    close(run)
                    units += split(number, run, count)
                    first = run + 1
                    continue
                }
                pairs += size
                if pairs > target { close(run + 1) }
            }
            close(key.count)
        }
        return units
    }

    private static func split(_ key: Int, _ run: Int, _ count: Int) -> [WorkUnit] {
        var units: [WorkUnit] = []
        var from = 0
        var pairs = 0
        for left in 0..<count {
            pairs += count - 1 - left
            if pairs > target || left == count - 1 {
                units.append(WorkUnit(key: key, runs: run..<(run + 1), lefts: from..<(left + 1)))
                from = left + 1
                pairs = 0
            }
        }
        return units
    }
}
