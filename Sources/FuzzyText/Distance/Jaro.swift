/// Jaro's similarity of two strings, 0 to 1 (Jaro 1989): equal letters at most half the longer length minus one apart,
/// less half of those that stand in another order. Two empty strings are equal, an empty and any other have nothing
/// alike.
package enum Jaro {
    package static func similarity(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Double {
        if a.isEmpty || b.isEmpty { return a.count == b.count ? 1 : 0 }
        return fraction(a, b, commonPrefix: CommonAffix.prefix(a, b)).jaro
    }

    /// Neither is empty. `commonPrefix`: how many units at the beginning are known to be equal. They match each other
    /// in any case.
    @inline(__always)
    static func fraction(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, commonPrefix: Int
    ) -> JaroFraction {
        let (pattern, text) = a.count < b.count ? (b, a) : (a, b)
        if commonPrefix == text.count {
            return JaroFraction(matches: commonPrefix, transposed: 0, text.count, pattern.count)
        }
        switch pattern.count {
        case ...4:
            return bitParallel(WordMasks(pattern), pattern, text, commonPrefix)
        case ...8:
            return bitParallel(ShortVectorMasks(pattern), pattern, text, commonPrefix)
        case ...16:
            return bitParallel(VectorMasks(pattern), pattern, text, commonPrefix)
        case ...64:
            if ASCIIMasks.fit(pattern, text) {
                return withUnsafeTemporaryAllocation(byteCount: ASCIIMasks.size, alignment: 8) { scratch in
                    guard let base = scratch.baseAddress else { return classic(pattern, text) }
                    return bitParallel(ASCIIMasks(pattern, in: base), pattern, text, commonPrefix)
                }
            }
            return withUnsafeTemporaryAllocation(byteCount: PlaneMasks.size, alignment: 8) { scratch in
                guard let base = scratch.baseAddress else { return classic(pattern, text) }
                return bitParallel(PlaneMasks(pattern, in: base), pattern, text, commonPrefix)
            }
        default:
            return classic(pattern, text)
        }
    }

    /// Both at most 64 units, the text not longer than the pattern or the other way round.
    @inline(__always)
    static func bitParallel(
        _ masks: some PatternMasks, _ pattern: UnsafeBufferPointer<UInt16>, _ text: UnsafeBufferPointer<UInt16>,
        _ commonPrefix: Int
    ) -> JaroFraction {
        let reach = max(max(pattern.count, text.count) / 2 &- 1, 0)
        // A common prefix matches itself unit by unit: nothing earlier is free.
        let settled: UInt64 = commonPrefix >= 64 ? ~0 : 1 &<< UInt64(truncatingIfNeeded: commonPrefix) &- 1
        var inPattern = settled
        var inText = settled
        let last = commonPrefix &+ reach
        var window: UInt64 = last >= 63 ? ~0 : 2 &<< UInt64(truncatingIfNeeded: last) &- 1
        if commonPrefix > reach {
            window &= ~(1 &<< UInt64(truncatingIfNeeded: commonPrefix &- reach) &- 1)
        }
        var index = commonPrefix
        var bit = settled &+ 1
        while index < text.count {
            let found = masks(text[index]) & window & ~inPattern
            inPattern |= found & (0 &- found)
            if found != 0 { inText |= bit }
            window = window &<< 1 | (index < reach ? 1 : 0)
            bit = bit &<< 1
            index &+= 1
        }
        let matches = inText.nonzeroBitCount
        var transposed = 0
        inPattern &= ~settled
        inText &= ~settled
        while inText != 0 {
            let a = pattern[inPattern.trailingZeroBitCount]
            let b = text[inText.trailingZeroBitCount]
            if a != b { transposed &+= 1 }
            inPattern &= inPattern &- 1
            inText &= inText &- 1
        }
        return JaroFraction(matches: matches, transposed: transposed, text.count, pattern.count)
    }

    /// Any length, with a flag per unit.
    private static func classic(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> JaroFraction {
        let reach = max(max(a.count, b.count) / 2 &- 1, 0)
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: a.count &+ b.count) { flags in
            flags.initialize(repeating: false)
            var matches = 0
            for j in 0..<b.count {
                var i = max(0, j &- reach)
                let end = min(a.count, j &+ reach &+ 1)
                while i < end {
                    if !flags[i], a[i] == b[j] {
                        flags[i] = true
                        flags[a.count &+ j] = true
                        matches &+= 1
                        break
                    }
                    i &+= 1
                }
            }
            var transposed = 0
            var i = 0
            for j in 0..<b.count where flags[a.count &+ j] {
                while !flags[i] { i &+= 1 }
                if a[i] != b[j] { transposed &+= 1 }
                i &+= 1
            }
            return JaroFraction(matches: matches, transposed: transposed, b.count, a.count)
        }
    }
}
