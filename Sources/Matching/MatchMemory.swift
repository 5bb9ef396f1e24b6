package import Records

/// What matching will need beside the records, foretold from their number and that of their distinct values.
package enum MatchMemory {
    /// - Throws: `E-MATCH-003` when more than `limit` bytes would be needed.
    package static func check(_ records: RecordTable, plan: MatchPlan, threads: Int, limit: Int?) throws {
        guard let limit else { return }
        let needed = bytes(records, plan: plan, threads: threads)
        guard needed > limit else { return }
        func megabytes(_ bytes: Int) -> String { "\((bytes + 999_999) / 1_000_000) MB" }
        throw Failure(
            .notDone, code: "E-MATCH-003",
            Text(
                en:
                    "matching \(records.count) records needs about \(megabytes(needed)), and \(megabytes(limit)) are allowed",
                zh: "匹配 \(records.count) 条记录约需 \(megabytes(needed))，而允许的上限是 \(megabytes(limit))"),
            advice: Text(
                en: "Allow more with --memory, or leave out blocking keys or compared fields.",
                zh: "请用 --memory 放宽上限，或减少分块键或比较字段。"))
    }

    /// The table of records with its distinct values, and on top of it block numbers, codes row by row, prepared values
    /// and the pairs that are kept.
    static func bytes(_ records: RecordTable, plan: MatchPlan, threads: Int) -> Int {
        let rows = records.count
        var total = 64_000_000
        for column in records.columns { total += rows * 4 + column.values.bytes.count + column.values.count * 9 }
        for source in records.sources {
            total += source.count * 16
            for column in source.columns.compactMap({ $0 }) {
                total += column.values.bytes.count + column.values.count * 8 + source.count * 4
            }
        }
        total += rows * (32 * ((plan.keys.count + 7) / 8) + 4 * plan.keys.count)
        // A line of codes a row, another half for more than eight fields; while they are made, patterns and names beside.
        total += rows * ((plan.comparisons.count > 8 ? 96 : 64) + 24)
        // While keys are sorted each thread holds the words, their copy and the rows.
        total += rows * 24 * min(threads, plan.keys.count)
        for comparison in plan.comparisons {
            let values = records.columns[comparison.field].values
            total += values.count * 18 + values.bytes.count * 2
        }
        return total + rows * 40
    }
}
