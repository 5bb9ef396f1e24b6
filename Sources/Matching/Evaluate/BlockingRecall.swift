package import Records

/// How many of the true pairs the blocking keys bring together at all: what no score can make good.
package enum BlockingRecall {
    /// - Parameter persons: rows of each true person.
    /// - Returns: share of the pairs within persons that some key finds; 1 without such pairs.
    package static func share(of persons: [[Int]], records: RecordTable, plan: MatchPlan, threads: Int) -> Double {
        let columns = MatchColumns(records)
        let parts = KeyParts(plan, columns: columns, threads: threads)
        let keys = BlockingKeys(plan, parts: parts, rows: columns.count, threads: threads)
        let walk = CandidateWalk(
            BlockingIndex(keys.runs, rows: columns.count, threads: threads), columns: columns, link: plan.link)
        var pairs = 0
        var met = 0
        for rows in persons {
            for (position, a) in rows.enumerated() {
                for b in rows[(position + 1)...] {
                    pairs += 1
                    let pair = RowPair(UInt32(min(a, b)), UInt32(max(a, b)))
                    if walk.links(pair), walk.index.firstKey(pair.a, pair.b) != nil { met += 1 }
                }
            }
        }
        return pairs == 0 ? 1 : Double(met) / Double(pairs)
    }
}
