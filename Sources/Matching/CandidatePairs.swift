import Records

/// Pairs of rows as blocking finds and comparing sees them.
struct CandidatePairs: Sendable {
    let walk: CandidateWalk
    let comparison: PairComparison

    /// The candidate pairs within each of some sets of rows, with their patterns.
    func met(among sets: [[UInt32]], threads: Int) -> [(pair: RowPair, pattern: UInt64)] {
        let piece = 512
        let parts = Parallel.map((sets.count + piece - 1) / piece, threads: threads) { index in
            let pairs = sets[index * piece..<min(sets.count, (index + 1) * piece)].flatMap { walk.pairs(among: $0) }
            return Array(zip(pairs, comparison.patterns(of: pairs)))
        }
        return parts.flatMap { $0.map { (pair: $0.0, pattern: $0.1) } }
    }

    /// Pairs whether or not a key brings them together, with that key: `.max` for none.
    func compared(_ pairs: [RowPair]) -> [(pattern: UInt64, key: UInt8)] {
        zip(pairs, comparison.patterns(of: pairs)).map { pair, pattern in
            (pattern, walk.index.firstKey(pair.a, pair.b).map { UInt8($0) } ?? .max)
        }
    }
}

/// Where grouping asks for pairs that are not among those over the line.
protocol PairSource: Sendable {
    func met(among sets: [[UInt32]], threads: Int) -> [(pair: RowPair, pattern: UInt64)]
    func compared(_ pairs: [RowPair], threads: Int) -> [(pattern: UInt64, key: UInt8)]
}

extension CandidatePairs: PairSource {
    func compared(_ pairs: [RowPair], threads: Int) -> [(pattern: UInt64, key: UInt8)] { compared(pairs) }
}

/// The same of a table of which only the rows that are asked for are made ready.
struct NearbyPairs: PairSource {
    let columns: MatchColumns
    let plan: MatchPlan
    let exactLevels: [[UInt8]]

    func met(among sets: [[UInt32]], threads: Int) -> [(pair: RowPair, pattern: UInt64)] {
        if sets.isEmpty { return [] }
        let near = neighbourhood(sets.joined(), threads)
        return near.pairs.met(among: sets.map { $0.map { near.place(of: $0) } }, threads: threads).map {
            (near.pair($0.pair), $0.pattern)
        }
    }

    func compared(_ pairs: [RowPair], threads: Int) -> [(pattern: UInt64, key: UInt8)] {
        if pairs.isEmpty { return [] }
        let near = neighbourhood(pairs.flatMap { [$0.a, $0.b] }, threads)
        return near.pairs.compared(pairs.map { RowPair(near.place(of: $0.a), near.place(of: $0.b)) })
    }

    private func neighbourhood(_ rows: some Sequence<UInt32>, _ threads: Int) -> Neighbourhood {
        Neighbourhood(
            of: Set(rows).sorted(), in: columns, plan: plan, exactLevels: exactLevels, threads: threads)
    }
}
