import Records

/// What a key that a rule book does not have would bring: its pairs are drawn, those that other keys find are left out,
/// the rest compared and scored.
struct KeyTrial: Sendable {
    /// Pairs the key produces, exactly.
    let pairs: Int
    /// Of these, the pairs that no key of the rule book produces, estimated where there are many.
    let newPairs: Double
    /// Matches expected among the new pairs.
    let newMatches: Double
    /// The likeliest new pair.
    let best: (pair: RowPair, posterior: Double)?

    /// Pairs looked at; fewer are looked at one and all.
    private static let draws = 40_000

    /// - Parameters:
    ///   - classes: the model's, and last the class of the strangers whom the new key brings together.
    ///   - support: pairs of the rule book's keys in each of the model's classes.
    ///   - foretold: missed matches the key should catch, by how the fields agree in those that were found. Strangers
    ///     alike by chance are not told from matches without it: at most twice as many are believed.
    init(_ runs: Runs, context: MatchContext, classes: [ModelClass], support: [Double], foretold: Double) {
        pairs = BlockingForecast.linked(runs, context)
        let drawn = Self.pairs(of: runs)
        let new = drawn.pairs.filter { pair in
            context.walk.links(pair) && context.index.keys(pair.a, pair.b) == 0
        }
        newPairs = Double(new.count) * drawn.scale
        var patterns: [UInt64] = []
        var start = 0
        while start < new.count {
            patterns += context.comparison.patterns(of: Array(new[start..<min(new.count, start + PairBatch.size)]))
            start += PairBatch.size
        }
        let table = Self.table(classes, support: support, patterns: patterns, scale: drawn.scale, atMost: 2 * foretold)
        var scratch = table.scratch
        var matches = 0.0
        var best: (pair: RowPair, posterior: Double)?
        for (pair, pattern) in zip(new, patterns) {
            let posterior = table.posterior(pattern, scratch: &scratch).match
            matches += posterior
            if posterior > best?.posterior ?? 0 { best = (pair, posterior) }
        }
        newMatches = min(matches * drawn.scale, 2 * foretold)
        self.best = best
    }

    /// All pairs within runs, or as many drawn with equal chances; `scale`: pairs that each stands for.
    private static func pairs(of runs: Runs) -> (pairs: [RowPair], scale: Double) {
        if runs.pairs <= draws {
            var pairs: [RowPair] = []
            for run in 0..<runs.count {
                for left in runs[run] {
                    for right in (left + 1)..<max(left + 1, runs[run].upperBound) {
                        pairs.append(RowPair(runs.rows[left], runs.rows[right]))
                    }
                }
            }
            return (pairs, 1)
        }
        let draw = PairDraw(runs)
        var random = SeededRandom(seed: 0x54_52_49_41)
        let pairs = (0..<draws).map { _ in draw.next(&random) }
        return (pairs, Double(runs.pairs) / Double(pairs.count))
    }

    /// The model as it would become with the new pairs, without going through the old ones again (incremental EM, Neal &
    /// Hinton 1998). Among pairs that no key found matches are rarer, so the shares of the classes are found anew. And
    /// they differ in fields where those that were found had to agree, so the new ones count for what matches are like.
    private static func table(
        _ fitted: [ModelClass], support: [Double], patterns: [UInt64], scale: Double, atMost limit: Double
    ) -> ClassTable {
        var counts: [UInt64: Int] = [:]
        for pattern in patterns { counts[pattern, default: 0] += 1 }
        let sorted = counts.sorted { $0.key < $1.key }
        var classes = fitted
        // The new class begins as large as all others together.
        for index in classes.indices { classes[index].share *= index == classes.count - 1 ? 1 : 0.5 }
        if let last = classes.indices.last { classes[last].share = 0.5 }
        for _ in 0..<60 {
            let sums = Expectation(classes, patterns: sorted.map(\.key), counts: sorted.map(\.value), threads: 1)
            let total = sums.mass.reduce(0, +) + Double(classes.count) * 0.01
            for index in classes.indices { classes[index].share = (sums.mass[index] + 0.01) / total }
            let matches = classes.indices.reduce(0) { classes[$1].isMatch ? $0 + sums.mass[$1] : $0 } * scale
            let weight = matches > limit ? scale * limit / matches : scale
            for index in classes.indices where classes[index].isMatch && index < support.count {
                for field in classes[index].levels.indices {
                    let levels = zip(fitted[index].levels[field], sums.levels[index][field]).enumerated().map {
                        $0.offset == 0 ? 0 : $0.element.0 * support[index] + $0.element.1 * weight
                    }
                    let sum = levels.reduce(0, +)
                    if sum > 0 { classes[index].levels[field] = levels.map { $0 / sum } }
                }
            }
        }
        return ClassTable(classes)
    }
}
