import Records

/// The likeliest unmerged partner of a record.
struct UnmergedPairs: Sendable {
    private struct Partner {
        let row: UInt32
        let other: UInt32
        let probability: Double
    }

    private let pairs: [Partner]

    init(_ pairs: [UnmergedPair]) {
        var partners: [Partner] = []
        partners.reserveCapacity(pairs.count * 2)
        for pair in pairs {
            partners.append(Partner(row: pair.a, other: pair.b, probability: pair.probability))
            partners.append(Partner(row: pair.b, other: pair.a, probability: pair.probability))
        }
        partners.sort { left, right in
            if left.row != right.row { return left.row < right.row }
            if left.probability != right.probability { return left.probability > right.probability }
            return left.other < right.other
        }
        self.pairs = partners
    }

    /// By falling probability.
    func partners(of row: Int) -> [(row: Int, probability: Double)] {
        var low = 0
        var high = pairs.count
        while low < high {
            let middle = (low + high) / 2
            if Int(pairs[middle].row) < row { low = middle + 1 } else { high = middle }
        }
        return pairs[low...].prefix { Int($0.row) == row }.map { (Int($0.other), $0.probability) }
    }
}
