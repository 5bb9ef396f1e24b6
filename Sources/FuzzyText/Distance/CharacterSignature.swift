/// Which units a text has once and which more than once, in 64 bits: bounds a comparison before it is made.
///
/// 32 buckets; bit k: some unit of bucket k, bit 32 + k: at least two. What one text has and the other lacks cannot
/// match.
package struct CharacterSignature: Sendable, Hashable {
    package let bits: UInt64

    package init(_ text: UnsafeBufferPointer<UInt16>) {
        var once: UInt64 = 0
        var twice: UInt64 = 0
        for unit in text {
            // Folded so that neither the letters of an alphabet nor neighbouring Han characters share a bucket.
            let bucket = UInt64((unit ^ unit &>> 5 ^ unit &>> 10) & 31)
            let bit: UInt64 = 1 &<< bucket
            twice |= once & bit
            once |= bit
        }
        bits = once | twice &<< 32
    }

    @inlinable
    package init(bits: UInt64) {
        self.bits = bits
    }

    /// No fewer edits, of `Levenshtein` or `OSA`, turn one text into the other.
    @inlinable @inline(__always)
    package func editsAtLeast(_ other: CharacterSignature) -> Int {
        max((bits & ~other.bits).nonzeroBitCount, (other.bits & ~bits).nonzeroBitCount)
    }

    /// No more units of the two texts, of `count` and `otherCount` units, match in Jaro's sense.
    @inlinable @inline(__always)
    package func matchesAtMost(_ other: CharacterSignature, count: Int, otherCount: Int) -> Int {
        min(
            count &- (bits & ~other.bits).nonzeroBitCount, otherCount &- (other.bits & ~bits).nonzeroBitCount)
    }

    /// Jaro-Winkler's similarity is no greater. `commonPrefix`: equal units at the beginning, those after the fourth do
    /// not count.
    @inlinable @inline(__always)
    package func jaroWinklerAtMost(
        _ other: CharacterSignature, count: Int, otherCount: Int, commonPrefix: Int
    ) -> Double {
        if count == 0 || otherCount == 0 { return count == otherCount ? 1 : 0 }
        let matches = max(matchesAtMost(other, count: count, otherCount: otherCount), 0)
        return JaroFraction(matches: matches, transposed: 0, count, otherCount)
            .jaroWinkler(commonPrefix: commonPrefix)
    }
}
