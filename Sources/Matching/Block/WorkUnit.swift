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
