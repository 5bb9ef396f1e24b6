/// How much two texts have in common in runs of `q` units.
package enum QGrams {
    /// Dice's coefficient over the multisets of q-grams, 0 to 1; nothing is padded. Texts shorter than `q` have no
    /// q-grams: they are alike when equal, else not at all. `q` below 1 counts as 1.
    package static func dice(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, q: Int) -> Double {
        let q = max(q, 1)
        let (m, n) = (a.count &- q &+ 1, b.count &- q &+ 1)
        if m <= 0 || n <= 0 { return a.elementsEqual(b) ? 1 : 0 }
        let common = q <= 4 ? packed(a, b, m, n, q) : ofAnyLength(a, b, m, n, q)
        return 2 * Double(common) / Double(m &+ n)
    }

    /// Up to four units fit in one word, so the grams are sorted as numbers.
    private static func packed(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, _ m: Int, _ n: Int, _ q: Int
    ) -> Int {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: m &+ n) { grams in
            fill(UnsafeMutableBufferPointer(rebasing: grams[..<m]), a, q)
            fill(UnsafeMutableBufferPointer(rebasing: grams[m...]), b, q)
            var (i, j, common) = (0, m, 0)
            while i < m, j < m &+ n {
                let (x, y) = (grams[i], grams[j])
                if x == y { common &+= 1 }
                if x <= y { i &+= 1 }
                if y <= x { j &+= 1 }
            }
            return common
        }
    }

    @inline(__always)
    private static func fill(_ room: UnsafeMutableBufferPointer<UInt64>, _ text: UnsafeBufferPointer<UInt16>, _ q: Int)
    {
        var grams = room
        let keep: UInt64 = ~0 &>> UInt64(truncatingIfNeeded: 64 &- 16 &* q)
        var gram: UInt64 = 0
        for index in 0..<text.count {
            gram = (gram &<< 16 | UInt64(text[index])) & keep
            let place = index &- q &+ 1
            if place >= 0 { grams.initializeElement(at: place, to: gram) }
        }
        if grams.count > 48 {
            grams.sort()
        } else {
            insertionSort(grams)
        }
    }

    @inline(__always)
    private static func insertionSort(_ grams: UnsafeMutableBufferPointer<UInt64>) {
        for index in 1..<max(grams.count, 1) {
            let gram = grams[index]
            var place = index
            while place > 0, grams[place &- 1] > gram {
                grams[place] = grams[place &- 1]
                place &-= 1
            }
            grams[place] = gram
        }
    }

    private static func ofAnyLength(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, _ m: Int, _ n: Int, _ q: Int
    ) -> Int {
        func sorted(_ text: UnsafeBufferPointer<UInt16>, _ count: Int) -> [Slice<UnsafeBufferPointer<UInt16>>] {
            (0..<count).map { text[$0..<($0 + q)] }.sorted { $0.lexicographicallyPrecedes($1) }
        }
        let (x, y) = (sorted(a, m), sorted(b, n))
        var (i, j, common) = (0, 0, 0)
        while i < m, j < n {
            if x[i].elementsEqual(y[j]) {
                common += 1
                i += 1
                j += 1
            } else if x[i].lexicographicallyPrecedes(y[j]) {
                i += 1
            } else {
                j += 1
            }
        }
        return common
    }
}
