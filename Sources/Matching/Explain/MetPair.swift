import Records

/// A likely match among the candidate pairs, with every key that finds it and every part of a key on which it agrees.
struct MetPair: Sendable {
    let pair: RowPair
    let posterior: Double
    /// Bit k is key k of the plan.
    let keys: UInt64
    /// Bit p is part p of those asked for.
    let parts: UInt64

    /// Pairs below this probability are not looked at: what they weigh together hardly counts, and they would be many.
    static let line = 0.05

    /// - Parameters:
    ///   - parts: at most 64.
    ///   - keyParts: hold these parts.
    /// - Returns: pairs over the line, in the order of keys, blocks and rows, and the number of all pairs compared.
    static func all(
        _ context: MatchContext, table: ClassTable, parts: [MatchPlan.Part], of keyParts: KeyParts, threads: Int
    ) -> (pairs: [MetPair], compared: Int) {
        let candidates = ScoredCandidates(
            context.walk, comparison: context.comparison, table: table, line: line, threads: threads)
        let scored = candidates.pairs
        let agreeing = Parallel.map(parts.count, threads: threads) { part in
            let values = keyParts.values(of: [parts[part]])
            return scored.map { entry in
                let value = values[Int(entry.pair.a)]
                return value != 0 && value == values[Int(entry.pair.b)]
            }
        }
        let pairs = scored.enumerated().map { place, entry in
            var mask: UInt64 = 0
            for (part, agrees) in agreeing.enumerated() where agrees[place] { mask |= 1 << UInt64(part) }
            return MetPair(
                pair: entry.pair, posterior: entry.posterior, keys: context.index.keys(entry.pair.a, entry.pair.b),
                parts: mask)
        }
        return (pairs, candidates.compared)
    }
}

extension MatchPlan {
    /// The parts of all keys, each once, in order of appearance; at most 64 of them.
    var distinctParts: [Part] {
        var found: [Part] = []
        for part in keys.flatMap(\.parts) where !found.contains(part) && found.count < 64 { found.append(part) }
        return found
    }
}
