import Records

/// How levels fall in pairs of strangers (u), from pairs drawn at random.
///
/// Random pairs hold a few true matches; taking them out changed nothing on six small sets (MODEL §4).
struct RandomPairs: Sendable {
    /// Per compared field, probability of each level; index 0 (missing) is 0, the others sum to 1.
    let levels: [[Double]]

    /// - Parameter draws: pairs drawn; 0.5 is added to every level so that none is impossible.
    init(_ comparison: PairComparison, rows: Int, draws: Int = 1_000_000, threads: Int) {
        guard rows > 1 else {
            levels = comparison.entries.map { Self.shares([Int](repeating: 0, count: $0.comparator.ladder.count)) }
            return
        }
        let wanted = min(draws, rows * (rows - 1) / 2)
        levels = Self.count(comparison, draws: wanted, threads: threads) { random in
            let a = random.below(rows)
            var b = random.below(rows - 1)
            if b >= a { b += 1 }
            return RowPair(UInt32(min(a, b)), UInt32(max(a, b)))
        }
    }

    /// Pairs of rows that share the value of one part of a key, drawn so that every such pair is equally likely.
    init(_ comparison: PairComparison, sharing codes: [UInt64], draws: Int = 30_000, threads: Int) {
        var entries: [KeyedRow] = []
        for (row, code) in codes.enumerated() where code != 0 { entries.append(KeyedRow(key: code, row: UInt32(row))) }
        RadixSort.sort(&entries)
        var runs: [(start: Int, count: Int, pairsBefore: Int)] = []
        var total = 0
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            let count = end - start
            if count > 1 {
                runs.append((start, count, total))
                total += count * (count - 1) / 2
            }
            start = end
        }
        guard total > 0 else {
            levels = comparison.entries.map { Self.shares([Int](repeating: 0, count: $0.comparator.ladder.count)) }
            return
        }
        let sorted = entries
        let blocks = runs
        let all = total
        levels = Self.count(comparison, draws: min(draws, total), threads: threads) { random in
            let target = random.below(all)
            var (low, high) = (0, blocks.count - 1)
            while low < high {
                let middle = (low + high + 1) / 2
                if blocks[middle].pairsBefore <= target { low = middle } else { high = middle - 1 }
            }
            let block = blocks[low]
            let a = random.below(block.count)
            var b = random.below(block.count - 1)
            if b >= a { b += 1 }
            let (x, y) = (sorted[block.start + a].row, sorted[block.start + b].row)
            return RowPair(min(x, y), max(x, y))
        }
    }

    private static func count(
        _ comparison: PairComparison, draws: Int, threads: Int, _ draw: @Sendable (inout SeededRandom) -> RowPair
    ) -> [[Double]] {
        let size = 16_384
        let batches = (draws + size - 1) / size
        let counts = Parallel.map(batches, threads: threads) { batch -> [[Int]] in
            var random = SeededRandom(seed: UInt64(batch) &+ 0x51_4E_47_4B)
            let pairs = (0..<min(size, draws - batch * size)).map { _ in draw(&random) }
            var counts = comparison.entries.map { [Int](repeating: 0, count: $0.comparator.ladder.count) }
            for pattern in comparison.patterns(of: pairs) {
                for field in counts.indices { counts[field][Int(pattern >> UInt64(field * 4) & 15)] += 1 }
            }
            return counts
        }
        return comparison.entries.indices.map { field in
            var sum = [Int](repeating: 0, count: comparison.entries[field].comparator.ladder.count)
            for part in counts { for level in sum.indices { sum[level] += part[field][level] } }
            return shares(sum)
        }
    }

    private static func shares(_ counts: [Int]) -> [Double] {
        let smoothed = counts.enumerated().map {
            $0.offset == 0 ? 0 : Double($0.element) + 0.5 / Double(counts.count - 1)
        }
        let total = smoothed.reduce(0, +)
        return smoothed.map { $0 / total }
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same draws for the same seed on every machine.
struct SeededRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// Uniform in 0 ..< bound, by the high half of a product.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}
