/// The share of matches that a set of keys finds, from the matches it found alone.
///
/// Within matches, groups of fields agree independently of each other; how, is one distribution over patterns of agreeing
/// parts for each group. What was found is a biased sample of it, as a key needs agreement: EM adds the matches that were
/// missed with the patterns they must have had (Dempster, Laird & Rubin 1977, on truncated data), until the missed share
/// stays. Patterns are combined by drawing, with the same draws every time.
struct FieldCapture {
    /// Share of all matches that some key finds.
    private(set) var found = 1.0
    /// Agreeing parts of matches as they must have been missed, a sample; empty where none was.
    private(set) var missed: [UInt64] = []

    private static let draws = 40_000
    private static let rounds = 40
    private static let tolerance = 2e-5

    /// - Parameters:
    ///   - patterns: agreeing parts of the matches found, bit p for part p, with their weights.
    ///   - keys: the parts each key needs.
    ///   - groups: the parts of each group; together all parts, none twice.
    init(_ patterns: [(parts: UInt64, weight: Double)], keys: [UInt64], groups: [UInt64]) {
        let observed = groups.map { group in Self.marginal(patterns, group) }
        let total = patterns.reduce(0) { $0 + $1.weight }
        if total <= 0 { return }
        var weights = observed.map { $0.map(\.weight) }
        var last = 1.0
        for _ in 0..<Self.rounds {
            missed = Self.draw(observed.map { $0.map(\.parts) }, weights).filter { parts in
                !keys.contains { $0 & ~parts == 0 }
            }
            let share = Double(missed.count) / Double(Self.draws)
            found = 1 - share
            if abs(found - last) <= Self.tolerance || missed.isEmpty || missed.count == Self.draws { break }
            last = found
            let added = total * share / (1 - share) / Double(missed.count)
            for group in groups.indices {
                var counts: [UInt64: Int] = [:]
                for parts in missed { counts[parts & groups[group], default: 0] += 1 }
                for place in weights[group].indices {
                    let count = counts[observed[group][place].parts] ?? 0
                    weights[group][place] = observed[group][place].weight + added * Double(count)
                }
            }
        }
    }

    private static func marginal(
        _ patterns: [(parts: UInt64, weight: Double)], _ group: UInt64
    ) -> [(parts: UInt64, weight: Double)] {
        var weights: [UInt64: Double] = [:]
        for entry in patterns { weights[entry.parts & group, default: 0] += entry.weight }
        // A match that agrees nowhere in the group is possible, whether or not one was found.
        weights[0, default: 0] += 0.5
        return weights.sorted { $0.key < $1.key }.map { (parts: $0.key, weight: $0.value) }
    }

    /// Agreeing parts of matches, found or not.
    private static func draw(_ values: [[UInt64]], _ weights: [[Double]]) -> [UInt64] {
        var random = SeededRandom(seed: 0x52_45_43_41)
        let bounds = weights.map { weights -> [Double] in
            var sum = 0.0
            let sums = weights.map { weight -> Double in
                sum += weight
                return sum
            }
            return sums.map { $0 / sum }
        }
        return (0..<draws).map { _ in
            var parts: UInt64 = 0
            for group in values.indices {
                let point = Double(random.next() >> 11) * 0x1p-53
                var (low, high) = (0, bounds[group].count - 1)
                while low < high {
                    let middle = (low + high) / 2
                    if bounds[group][middle] > point { high = middle } else { low = middle + 1 }
                }
                parts |= values[group][low]
            }
            return parts
        }
    }
}
