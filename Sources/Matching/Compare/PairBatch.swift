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

    /// Takes fields off the open ones. What is set beside the fields, a possible exchange of names, stays.
    mutating func close(_ fields: UInt32) {
        let fields = fields & ~NameExchange.mark
        for index in open.indices { open[index] &= ~fields }
    }
}
