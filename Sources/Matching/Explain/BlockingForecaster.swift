package import Records

extension BlockingForecast {
    /// Counts the pairs of every key without comparing one: exact, and cheap beside comparing.
    package init(_ context: MatchContext, threads: Int) {
        let (plan, records, walk) = (context.plan, context.records, context.walk)
        let keys = plan.keys.count
        let counts = Parallel.map(walk.units.count, threads: threads) { unit in
            var met = 0
            var only = 0
            let own: UInt64 = 1 << UInt64(walk.units[unit].key)
            walk.forEachPair(in: walk.units[unit]) { pair in
                met += 1
                if walk.index.keys(pair.a, pair.b) == own { only += 1 }
            }
            return (met: met, only: only)
        }
        var new = [Int](repeating: 0, count: keys)
        var only = new
        for (unit, count) in zip(walk.units, counts) {
            new[unit.key] += count.met
            only[unit.key] += count.only
        }
        let (newPairs, onlyPairs) = (new, only)
        let rows = Parallel.map(keys, threads: threads) { number in
            let runs = walk.index.keys[number]
            return Key(
                key: plan.keys[number].description(in: records.schema), pairs: Self.linked(runs, context),
                newPairs: newPairs[number],
                onlyPairs: onlyPairs[number], largestBlock: runs.largest?.count ?? 0,
                largestBlockValue: runs.largest.map {
                    plan.keys[number].value(of: Int(runs.rows[$0.lowerBound]), records)
                } ?? "")
        }
        self.init(
            records: records.count, pairBudget: context.keys.budget, keys: rows,
            remarks: context.keys.warnings(records) + context.keys.looseRemarks(records.schema)
        )
    }

    /// Pairs within runs that the rule book's `link` lets through.
    static func linked(_ runs: Runs, _ context: MatchContext) -> Int {
        if context.plan.link == .all { return runs.pairs }
        var within = 0
        var counts = [Int](repeating: 0, count: context.records.sources.count)
        for run in 0..<runs.count {
            for place in runs[run] {
                let source = Int(context.columns.sources[Int(runs.rows[place])])
                within += counts[source]
                counts[source] += 1
            }
            for place in runs[run] { counts[Int(context.columns.sources[Int(runs.rows[place])])] = 0 }
        }
        return context.plan.link == .within ? within : runs.pairs - within
    }
}

extension MatchPlan.Key {
    /// The values of a record that the key is made of, for showing.
    func value(of row: Int, _ records: RecordTable) -> String {
        parts.flatMap { [$0.field, $0.partner].compactMap { $0 } }.map { records.value(row, $0) }
            .joined(separator: " · ")
    }
}
