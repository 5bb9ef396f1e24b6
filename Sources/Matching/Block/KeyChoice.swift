import Records

/// Which of a plan's keys are used: a key with a bound is left out where it would bring more pairs.
struct KeyChoice: Sendable {
    /// With the keys that are used, in their order.
    let plan: MatchPlan
    private let leftOut: [(key: MatchPlan.Key, pairs: Int, largest: Int)]

    init(_ plan: MatchPlan, parts: KeyParts, rows: Int, threads: Int) {
        let bounded = plan.keys.indices.filter { plan.keys[$0].atMost != nil }
        let runs = Parallel.map(bounded.count, threads: threads) { index in
            let runs = Runs(parts.values(of: plan.keys[bounded[index]].parts))
            return (pairs: runs.pairs, largest: runs.largest?.count ?? 0)
        }
        var leftOut: [(key: MatchPlan.Key, pairs: Int, largest: Int)] = []
        for (index, found) in zip(bounded, runs) {
            if let bound = plan.keys[index].atMost, found.pairs > bound * rows {
                leftOut.append((plan.keys[index], found.pairs, found.largest))
            }
        }
        self.leftOut = leftOut
        let used = plan.keys.filter { key in !leftOut.contains { $0.key == key } }
        self.plan = used.count == plan.keys.count ? plan : plan.with(keys: used)
    }

    /// The keys that were left out, with the pairs they would have brought.
    func summaries(_ schema: Schema) -> [BlockingSummary] {
        leftOut.map { entry in
            BlockingSummary(
                key: entry.key.description(in: schema), pairs: entry.pairs, newPairs: 0, largestBlock: entry.largest,
                largestBlockValue: "", overBudget: true)
        }
    }
}
