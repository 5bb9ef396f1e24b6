import Records

/// How levels fall in pairs of strangers (u).
///
/// Random pairs hold a few true matches; taking them out changed nothing on six small sets (MODEL §4).
struct RandomPairs: Sendable {
    /// Per compared field, probability of each level; index 0 (missing) is 0, the others sum to 1.
    let levels: [[Double]]

    /// Equal values are counted over all pairs of rows, the levels of different values in pairs drawn at random.
    ///
    /// - Parameter draws: pairs drawn; 0.5 is added to every level so that none is impossible.
    init(_ comparison: PairComparison, rows: Int, draws: Int = 100_000, threads: Int) {
        guard rows > 1 else {
            levels = comparison.entries.map { Self.shares([Int](repeating: 0, count: $0.comparator.ladder.count)) }
            return
        }
        let wanted = min(draws, rows * (rows - 1) / 2)
        let counts = Self.count(comparison, draws: wanted, differentOnly: true, threads: threads) { random in
            let a = random.below(rows)
            var b = random.below(rows - 1)
            if b >= a { b += 1 }
            return RowPair(UInt32(min(a, b)), UInt32(max(a, b)))
        }
        levels = Parallel.map(counts.count, threads: threads) { field in
            let equal = Self.equalPairs(comparison.entries[field])
            let share = equal.reduce(0, +)
            return zip(Self.shares(counts[field]), equal).map { $0 * (1 - share) + $1 }
        }
    }

    /// Pairs of rows that share the value of one part of a key, drawn so that every such pair is equally likely.
    init(_ comparison: PairComparison, sharing runs: Runs, draws: Int = 12_000, threads: Int) {
        let draw = PairDraw(runs)
        guard draw.pairs > 0 else {
            levels = comparison.entries.map { Self.shares([Int](repeating: 0, count: $0.comparator.ladder.count)) }
            return
        }
        levels = Self.count(comparison, draws: min(draws, draw.pairs), differentOnly: false, threads: threads) {
            draw.next(&$0)
        }.map(Self.shares)
    }

    /// Of the pairs in which a field is filled on both sides, the share that agrees exactly, by exact level.
    private static func equalPairs(_ entry: PairComparison.Entry) -> [Double] {
        let exact = entry.exactLevels
        var rows = [Int](repeating: 0, count: exact.count)
        for code in entry.codes { rows[Int(code)] += 1 }
        let filled = Double(entry.codes.count - (rows.first ?? 0))
        var shares = [Double](repeating: 0, count: entry.comparator.ladder.count)
        guard filled > 1 else { return shares }
        for code in rows.indices.dropFirst() {
            shares[Int(exact[code])] += Double(rows[code]) * Double(rows[code] - 1) / (filled * (filled - 1))
        }
        return shares
    }

    /// Pairs on each level of each field.
    ///
    /// - Parameter differentOnly: pairs with equal values are left out.
    private static func count(
        _ comparison: PairComparison, draws: Int, differentOnly: Bool, threads: Int,
        _ draw: @Sendable (inout SeededRandom) -> RowPair
    ) -> [[Int]] {
        let size = 4_096
        let batches = (draws + size - 1) / size
        let parts = Parallel.map(batches, threads: threads) { batch -> [[Int]] in
            var random = SeededRandom(seed: UInt64(batch) &+ 0x51_4E_47_4B)
            let pairs = (0..<min(size, draws - batch * size)).map { _ in draw(&random) }
            let patterns = comparison.patterns(of: pairs)
            return comparison.entries.enumerated().map { field, entry in
                let codes = entry.codes
                var counts = [Int](repeating: 0, count: entry.comparator.ladder.count)
                for (pair, pattern) in zip(pairs, patterns) {
                    if differentOnly, codes[Int(pair.a)] == codes[Int(pair.b)] { continue }
                    counts[Int(pattern >> UInt64(field * 4) & 15)] += 1
                }
                return counts
            }
        }
        return comparison.entries.indices.map { field in
            var sum = [Int](repeating: 0, count: comparison.entries[field].comparator.ladder.count)
            for part in parts { for level in sum.indices { sum[level] += part[field][level] } }
            return sum
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
