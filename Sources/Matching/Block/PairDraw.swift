/// Draws pairs of rows that share a run, each with the same chance and put back.
struct PairDraw: Sendable {
    private let runs: Runs
    /// Pairs in the runs before each.
    private let before: [Int]
    /// All pairs; nothing can be drawn of 0.
    let pairs: Int

    init(_ runs: Runs) {
        self.runs = runs
        var before: [Int] = []
        var pairs = 0
        for run in 0..<runs.count {
            before.append(pairs)
            pairs += runs[run].count * (runs[run].count - 1) / 2
        }
        self.before = before
        self.pairs = pairs
    }

    func next(_ random: inout SeededRandom) -> RowPair {
        let target = random.below(pairs)
        var (low, high) = (0, before.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if before[middle] <= target { low = middle } else { high = middle - 1 }
        }
        let run = runs[low]
        let a = random.below(run.count)
        var b = random.below(run.count - 1)
        if b >= a { b += 1 }
        let (x, y) = (runs.rows[run.lowerBound + a], runs.rows[run.lowerBound + b])
        return RowPair(min(x, y), max(x, y))
    }
}
