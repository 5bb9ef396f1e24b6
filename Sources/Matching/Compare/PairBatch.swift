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
    /// - Parameters:
    ///   - ahead: told every value some time before it is needed.
    ///   - levels: told the first value, the other values, and where their levels go.
    mutating func fill(
        _ field: Int, _ rows: CodeRows, ahead: (UInt32) -> Void,
        _ levels: (UInt32, UnsafeBufferPointer<UInt32>, UnsafeMutableBufferPointer<UInt8>) -> Void
    ) {
        let bit: UInt32 = 1 << UInt32(field)
        let shift = UInt64(field * 4)
        let portion = 128
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: portion * 3) { space in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: portion) { found in
                let firsts = UnsafeMutableBufferPointer(rebasing: space[..<portion])
                let others = UnsafeMutableBufferPointer(rebasing: space[portion..<portion * 2])
                let places = UnsafeMutableBufferPointer(rebasing: space[(portion * 2)...])
                var next = 0
                while next < pairs.count {
                    var count = 0
                    while next < pairs.count, count < portion {
                        if open[next] & bit != 0 {
                            firsts[count] = rows.code(pairs[next].a, field)
                            others[count] = rows.code(pairs[next].b, field)
                            places[count] = UInt32(truncatingIfNeeded: next)
                            ahead(firsts[count])
                            ahead(others[count])
                            count += 1
                        }
                        next += 1
                    }
                    var start = 0
                    while start < count {
                        var end = start + 1
                        while end < count, firsts[end] == firsts[start] { end += 1 }
                        levels(
                            firsts[start], UnsafeBufferPointer(rebasing: others[start..<end]),
                            UnsafeMutableBufferPointer(rebasing: found[start..<end]))
                        start = end
                    }
                    for index in 0..<count { patterns[Int(places[index])] |= UInt64(found[index]) << shift }
                }
            }
        }
    }

    /// Takes fields off the open ones. What is set beside the fields, a possible exchange of names, stays.
    mutating func close(_ fields: UInt32) {
        let fields = fields & ~NameExchange.mark
        for index in open.indices { open[index] &= ~fields }
    }
}
