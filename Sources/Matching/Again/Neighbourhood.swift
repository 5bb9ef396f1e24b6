import Records

/// Some rows of a table with all that it takes to compare them, as if they were in it with all others.
struct Neighbourhood: Sendable {
    /// Ascending; the rows of the table by their numbers here.
    let rows: [UInt32]
    let pairs: CandidatePairs

    /// - Parameters:
    ///   - rows: ascending.
    ///   - plan: with the keys that are used.
    ///   - exactLevels: per compared field, of all values of the table.
    init(of rows: [UInt32], in columns: MatchColumns, plan: MatchPlan, exactLevels: [[UInt8]], threads: Int) {
        self.rows = rows
        var (part, levels) = (columns, exactLevels)
        if rows.count < columns.count {
            let fields = plan.comparisons.map(\.field)
            let taken = columns.part(rows, fields: plan.usedFields, threads: threads)
            part = taken.columns
            levels = zip(fields, exactLevels).map { field, levels in taken.codes[field].map { levels[Int($0)] } }
        }
        let columns = part
        let parts = KeyParts(plan, columns: columns, threads: threads)
        let runs = Parallel.map(plan.keys.count, threads: threads) { Runs(parts.values(of: plan.keys[$0].parts)) }
        pairs = CandidatePairs(
            walk: CandidateWalk(
                BlockingIndex(runs, rows: columns.count, threads: threads), columns: columns, link: plan.link),
            comparison: PairComparison(plan, columns: columns, exactLevels: levels, threads: threads))
    }

    /// The row's number here; it has to be one of them.
    func place(of row: UInt32) -> UInt32 {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return UInt32(low)
    }

    func pair(_ pair: RowPair) -> RowPair { RowPair(rows[Int(pair.a)], rows[Int(pair.b)]) }
}

/// The rows that share a key with one of those that have changed, these included.
enum Neighbours {
    /// - Returns: ascending.
    static func rows(of changed: [UInt32], keys: [MatchPlan.Key], parts: KeyParts, count: Int, threads: Int) -> [UInt32]
    {
        let found = Parallel.map(keys.count, threads: threads) { key in
            let values = parts.values(of: keys[key].parts)
            let wanted = ValueSet(changed.lazy.map { values[Int($0)] }, atMost: changed.count)
            return values.indices.filter { wanted.contains(values[$0]) }.map { UInt32($0) }
        }
        var isNear = [Bool](repeating: false, count: count)
        for row in changed { isNear[Int(row)] = true }
        for row in found.joined() { isNear[Int(row)] = true }
        return isNear.indices.filter { isNear[$0] }.map { UInt32($0) }
    }

    /// Values of a key, as far as blocks tell them apart. 0 is no value and never in it.
    private struct ValueSet {
        private let mask: Int
        /// The upper bits plus one; 0 is free.
        private var slots: [UInt64]

        init(_ values: some Sequence<UInt64>, atMost count: Int) {
            var size = 1_024
            while size < count * 4 { size *= 2 }
            mask = size - 1
            slots = [UInt64](repeating: 0, count: size)
            for value in values where value != 0 { slots[place(of: value)] = value >> Runs.ignoredBits + 1 }
        }

        @inline(__always)
        func contains(_ value: UInt64) -> Bool { value != 0 && slots[place(of: value)] != 0 }

        @inline(__always)
        private func place(of value: UInt64) -> Int {
            let upper = value >> Runs.ignoredBits + 1
            var slot = Int(truncatingIfNeeded: value >> 36) & mask
            while slots[slot] != 0, slots[slot] != upper { slot = (slot + 1) & mask }
            return slot
        }
    }
}
