import Records

/// All pairs that any key brings together, each once, with its pattern of levels.
struct CandidatePairs: Sendable {
    /// In the order of keys, blocks and rows.
    var pairs: [RowPair] = []
    /// Index into `patterns`, parallel to `pairs`.
    var patternOf: [UInt32] = []
    /// Index of the first key that found the pair, parallel to `pairs`.
    var keyOf: [UInt8] = []
    /// Distinct patterns, ascending.
    var patterns: [UInt64] = []
    /// Pairs of each pattern.
    var counts: [Int] = []

    /// Walks the blocks on `threads` threads. The result is the same for any number of them: work is cut by the data
    /// and put together in order.
    init(_ index: BlockingIndex, comparison: PairComparison, columns: MatchColumns, link: MatchPlan.Link, threads: Int) {
        let units = WorkUnit.cut(index)
        let parts = Parallel.map(units.count, threads: threads) { unit in
            Part(units[unit], index, comparison, columns, link)
        }
        let total = parts.reduce(0) { $0 + $1.pairs.count }
        pairs.reserveCapacity(total)
        patternOf.reserveCapacity(total)
        keyOf.reserveCapacity(total)
        let merged = Set(parts.lazy.flatMap(\.table.patterns)).sorted()
        patterns = merged
        counts = [Int](repeating: 0, count: merged.count)
        var place = PatternTable()
        for pattern in merged { _ = place.index(of: pattern) }
        for (unit, part) in zip(units, parts) {
            let global = part.table.patterns.map { place.index(of: $0) }
            pairs += part.pairs
            for local in part.patternOf {
                patternOf.append(global[Int(local)])
                counts[Int(global[Int(local)])] += 1
            }
            keyOf += repeatElement(UInt8(unit.key), count: part.pairs.count)
        }
    }

    /// The pairs one unit of work finds, with patterns numbered in order of appearance.
    private struct Part: Sendable {
        var pairs: [RowPair] = []
        var patternOf: [UInt32] = []
        var table = PatternTable()

        init(
            _ unit: WorkUnit, _ index: BlockingIndex, _ comparison: PairComparison, _ columns: MatchColumns,
            _ link: MatchPlan.Link
        ) {
            let key = index.keys[unit.key]
            var batch: [RowPair] = []
            batch.reserveCapacity(4_096)
            for block in key.blocks[unit.blocks] {
                let lefts = unit.lefts.map { block.lowerBound + $0.lowerBound..<block.lowerBound + $0.upperBound }
                for left in lefts ?? block {
                    let a = key.rows[left]
                    for right in (left + 1)..<max(left + 1, block.upperBound) {
                        let b = key.rows[right]
                        if !Self.isLinked(a, b, columns, link) { continue }
                        if index.isFoundEarlier(a, b, than: unit.key) { continue }
                        batch.append(RowPair(a, b))
                        if batch.count == 4_096 { flush(&batch, comparison) }
                    }
                }
            }
            flush(&batch, comparison)
        }

        private mutating func flush(_ batch: inout [RowPair], _ comparison: PairComparison) {
            pairs += batch
            for pattern in comparison.patterns(of: batch) { patternOf.append(table.index(of: pattern)) }
            batch.removeAll(keepingCapacity: true)
        }

        @inline(__always)
        private static func isLinked(
            _ a: UInt32, _ b: UInt32, _ columns: MatchColumns, _ link: MatchPlan.Link
        ) -> Bool {
            switch link {
            case .all: true
            case .within: columns.sources[Int(a)] == columns.sources[Int(b)]
            case .between: columns.sources[Int(a)] != columns.sources[Int(b)]
            }
        }
    }
}

/// A piece of one key's blocks with about a quarter of a million pairs; a larger block is cut by its left rows.
private struct WorkUnit: Sendable {
    let key: Int
    let blocks: Range<Int>
    /// Left rows within the only block of the unit; `nil`: whole blocks.
    let lefts: Range<Int>?

    private static let target = 1 << 18

    static func cut(_ index: BlockingIndex) -> [WorkUnit] {
        var units: [WorkUnit] = []
        for (number, key) in index.keys.enumerated() {
            var first = 0
            var pairs = 0
            func close(_ end: Int) {
                if end > first { units.append(WorkUnit(key: number, blocks: first..<end, lefts: nil)) }
                first = end
                pairs = 0
            }
            for (place, block) in key.blocks.enumerated() {
                let size = block.count * (block.count - 1) / 2
                if size > target {
                    close(place)
                    units += split(number, place, block)
                    first = place + 1
                    continue
                }
                pairs += size
                if pairs > target { close(place + 1) }
            }
            close(key.blocks.count)
        }
        return units
    }

    private static func split(_ key: Int, _ place: Int, _ block: Range<Int>) -> [WorkUnit] {
        var units: [WorkUnit] = []
        var from = 0
        var pairs = 0
        for left in 0..<block.count {
            pairs += block.count - 1 - left
            if pairs > target || left == block.count - 1 {
                units.append(WorkUnit(key: key, blocks: place..<(place + 1), lefts: from..<(left + 1)))
                from = left + 1
                pairs = 0
            }
        }
        return units
    }
}

/// Numbers distinct patterns in order of appearance. Open addressing; a pattern has at most 16 levels of four bits, and
/// the all-missing pattern 0 is kept apart from a free slot by its stored number.
struct PatternTable: Sendable {
    private(set) var patterns: [UInt64] = []
    private var slots = [UInt32](repeating: 0, count: 1_024)

    mutating func index(of pattern: UInt64) -> UInt32 {
        var slot = Self.slot(pattern, slots.count)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if patterns[Int(number)] == pattern { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        patterns.append(pattern)
        slots[slot] = UInt32(patterns.count)
        if patterns.count * 2 > slots.count { grow() }
        return UInt32(patterns.count - 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (number, pattern) in patterns.enumerated() {
            var slot = Self.slot(pattern, slots.count)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    private static func slot(_ pattern: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (pattern &* 0x9E37_79B9_7F4A_7C15) >> 32) & (size - 1)
    }
}
