import Records

/// A few thousand pairs on their way through the comparison, field by field: one dynamic call serves them all.
struct PairBatch {
    private(set) var pairs: [RowPair] = []
    /// Levels found so far, four bits a field.
    var patterns: [UInt64] = []
    /// Fields that hold two different values whose level is not known yet; bit f is field f.
    private(set) var open: [UInt32] = []

    static let size = 4_096

    init() {
        pairs.reserveCapacity(Self.size)
        patterns.reserveCapacity(Self.size)
        open.reserveCapacity(Self.size)
    }

    var count: Int { pairs.count }

    mutating func append(_ pair: RowPair, pattern: UInt64, open: UInt32) {
        pairs.append(pair)
        patterns.append(pattern)
        self.open.append(open)
    }

    mutating func removeAll() {
        pairs.removeAll(keepingCapacity: true)
        patterns.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
    }

    /// Drops the pairs that `isWanted` refuses, given their levels so far and their open fields.
    mutating func keep(where isWanted: (UInt64, UInt32) -> Bool) {
        var kept = 0
        for index in pairs.indices where isWanted(patterns[index], open[index]) {
            pairs[kept] = pairs[index]
            patterns[kept] = patterns[index]
            open[kept] = open[index]
            kept += 1
        }
        pairs.removeLast(pairs.count - kept)
        patterns.removeLast(patterns.count - kept)
        open.removeLast(open.count - kept)
    }

    /// Writes the levels of a field into the pairs in which it is open. Pairs whose first rows hold the same value go
    /// together.
    ///
    /// - Parameter levels: told the first value, the other values, and where their levels go.
    mutating func fill(
        _ field: Int, _ rows: CodeRows,
        _ levels: (UInt32, UnsafeBufferPointer<UInt32>, UnsafeMutableBufferPointer<UInt8>) -> Void
    ) {
        let bit: UInt32 = 1 << UInt32(field)
        let shift = UInt64(field * 4)
        let portion = 256
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: portion * 2) { space in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: portion) { found in
                let others = UnsafeMutableBufferPointer(rebasing: space[..<portion])
                let places = UnsafeMutableBufferPointer(rebasing: space[portion...])
                var first: UInt32 = 0
                var count = 0
                func flush() {
                    if count == 0 { return }
                    levels(first, UnsafeBufferPointer(rebasing: others[..<count]), found)
                    for place in 0..<count { patterns[Int(places[place])] |= UInt64(found[place]) << shift }
                    count = 0
                }
                for index in pairs.indices where open[index] & bit != 0 {
                    let own = rows.code(pairs[index].a, field)
                    if own != first || count == portion {
                        flush()
                        first = own
                    }
                    others[count] = rows.code(pairs[index].b, field)
                    places[count] = UInt32(truncatingIfNeeded: index)
                    count += 1
                }
                flush()
            }
        }
    }

    /// Takes fields off the open ones. What is set beside the fields, a possible exchange of names, stays.
    mutating func close(_ fields: UInt32) {
        let fields = fields & ~NameExchange.mark
        for index in open.indices { open[index] &= ~fields }
    }
}
