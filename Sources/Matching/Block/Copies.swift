import Records

/// Large sets of records that hold the same in all that is compared, blocked on or forbids a merge: a test entry made
/// again and again, a name without anything else.
///
/// What is found of the first two of a set holds for each of its records. The others, the spares, are in no block, or ten
/// thousand of them would bring fifty million pairs that all say one thing: each makes one pair, with the first.
struct Copies: Sendable {
    /// Sets of so many records are compared like any others.
    static let most = 100

    /// Of each set the rows, ascending.
    let sets: [[UInt32]]
    /// Ascending.
    let spares: [UInt32]

    init(_ columns: MatchColumns, plan: MatchPlan) {
        // Within a source, or only between two, not every two of a set are compared.
        guard plan.link == .all, columns.count > Self.most else {
            (sets, spares) = ([], [])
            return
        }
        let fields = plan.usedFields.union(plan.never.map(\.field)).sorted()
        // Few values are as common as that, so that few rows are left after the first fields.
        var rows: [UInt32]?
        for field in fields {
            let codes = columns[field].codes
            var uses = [UInt32](repeating: 0, count: columns[field].values.count)
            for code in codes { uses[Int(code)] += 1 }
            func isCommon(_ row: UInt32) -> Bool { uses[Int(codes[Int(row)])] > UInt32(Self.most) }
            rows = rows?.filter(isCommon) ?? (0..<UInt32(columns.count)).filter(isCommon)
        }
        let sets = Dictionary(grouping: rows ?? []) { row in fields.map { columns[$0].codes[Int(row)] } }.values
            .filter { $0.count > Self.most }.sorted { $0[0] < $1[0] }
        self.sets = sets
        spares = sets.flatMap { $0.dropFirst(2) }.sorted()
    }

    /// The pair of each spare, like that of the first two of its set, where these are among the pairs.
    ///
    /// - Parameter pairs: by (a, b).
    func pairs(among pairs: [ScoredCandidate]) -> [ScoredCandidate] {
        sets.flatMap { rows -> [ScoredCandidate] in
            var (low, high) = (0, pairs.count)
            while low < high {
                let middle = (low + high) / 2
                if (pairs[middle].pair.a, pairs[middle].pair.b) < (rows[0], rows[1]) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low < pairs.count, pairs[low].pair == RowPair(rows[0], rows[1]) else { return [] }
            let model = pairs[low]
            return rows.dropFirst(2).map { row in
                ScoredCandidate(
                    pair: RowPair(rows[0], row), pattern: model.pattern, posterior: model.posterior,
                    likeliest: model.likeliest, key: model.key)
            }
        }
    }

    var warnings: [Text] {
        if sets.isEmpty { return [] }
        let records = sets.reduce(0) { $0 + $1.count }
        return [
            Text(
                en: """
                    \(records.grouped) records are in \(sets.count.grouped) \(sets.count == 1 ? "set" : "sets") of more than \
                    \(Self.most) that hold the same in every field; each of these is compared with the first of its set only.
                    """,
                zh: """
                    \(records.grouped) 条记录属于 \(sets.count.grouped) 组各字段完全相同、每组超过 \(Self.most) 条的记录；组内各条只与首条比对。
                    """)
        ]
    }
}
