/// Texts as sets of words divided by blanks: word order and a word more or less matter little.
package enum TokenSet {
    /// Twice the number of words that can be paired, over the number of words of both, 0 to 1. Two words pair when they
    /// are equal or, if both have at least four units and no digit, one edit (`OSA`) apart; each word pairs once, and
    /// as many are paired as can be. Two texts without words are equal.
    package static func similarity(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Double {
        let x = words(a)
        let y = words(b)
        if x.isEmpty || y.isEmpty { return x.isEmpty && y.isEmpty ? 1 : 0 }
        return 2 * Double(pairs(x, y)) / Double(x.count + y.count)
    }

    private static func words(_ text: UnsafeBufferPointer<UInt16>) -> [UnsafeBufferPointer<UInt16>] {
        text.split(separator: 0x20).map { UnsafeBufferPointer(rebasing: $0) }
    }

    private static func pair(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Bool {
        if a.count == b.count, a.elementsEqual(b) { return true }
        if a.count < 4 || b.count < 4 || hasDigit(a) || hasDigit(b) { return false }
        return OSA.distance(a, b, atMost: 1) != nil
    }

    private static func hasDigit(_ word: UnsafeBufferPointer<UInt16>) -> Bool {
        word.contains { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// The greatest number of pairs, by augmenting paths; from 64 words on, only equal words are paired.
    private static func pairs(_ x: [UnsafeBufferPointer<UInt16>], _ y: [UnsafeBufferPointer<UInt16>]) -> Int {
        if x.count >= 64 || y.count >= 64 { return equalPairs(x, y) }
        var candidates = [UInt64](repeating: 0, count: x.count)
        for i in x.indices {
            for j in y.indices where pair(x[i], y[j]) { candidates[i] |= 1 << UInt64(j) }
        }
        var partner = [Int](repeating: -1, count: y.count)
        func place(_ i: Int, _ tried: inout UInt64) -> Bool {
            while true {
                let open = candidates[i] & ~tried
                if open == 0 { return false }
                let j = open.trailingZeroBitCount
                tried |= 1 << UInt64(j)
                if partner[j] < 0 || place(partner[j], &tried) {
                    partner[j] = i
                    return true
                }
            }
        }
        var count = 0
        for i in x.indices {
            var tried: UInt64 = 0
            if place(i, &tried) { count += 1 }
        }
        return count
    }

    private static func equalPairs(_ x: [UnsafeBufferPointer<UInt16>], _ y: [UnsafeBufferPointer<UInt16>]) -> Int {
        let x = x.sorted { $0.lexicographicallyPrecedes($1) }
        let y = y.sorted { $0.lexicographicallyPrecedes($1) }
        var (i, j, count) = (0, 0, 0)
        while i < x.count, j < y.count {
            if x[i].elementsEqual(y[j]) {
                count += 1
                i += 1
                j += 1
            } else if x[i].lexicographicallyPrecedes(y[j]) {
                i += 1
            } else {
                j += 1
            }
        }
        return count
    }
}
