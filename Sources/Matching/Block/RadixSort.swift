/// Sorts words by their upper bits: several times as fast as `sort` for a million of them.
enum RadixSort {
    private static let digitBits: UInt64 = 11
    private static let digits = 1 << Int(digitBits)

    /// Sorts words whose upper bits are well mixed. Words with equal upper bits have to come in ascending order.
    ///
    /// Two passes over the uppermost digits, the lower one first, leave few words side by side that differ below these;
    /// they are put in order where they stand.
    static func sort(_ words: inout [UInt64]) {
        if words.count < 512 {
            words.sort()
            return
        }
        var scratch = [UInt64](repeating: 0, count: words.count)
        scatter(words, into: &scratch, by: 64 - 2 * digitBits)
        scatter(scratch, into: &words, by: 64 - digitBits)
        finish(&words, below: 64 - 2 * digitBits)
    }

    /// Stable, by the digit from bit `shift` up.
    private static func scatter(_ source: [UInt64], into target: inout [UInt64], by shift: UInt64) {
        let mask = UInt64(digits - 1)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: digits) { next in
            next.initialize(repeating: 0)
            for word in source { next[Int(truncatingIfNeeded: word >> shift & mask)] &+= 1 }
            var start = 0
            for digit in next.indices {
                let count = next[digit]
                next[digit] = start
                start += count
            }
            source.withUnsafeBufferPointer { source in
                target.withUnsafeMutableBufferPointer { target in
                    for word in source {
                        let digit = Int(truncatingIfNeeded: word >> shift & mask)
                        target[next[digit]] = word
                        next[digit] &+= 1
                    }
                }
            }
        }
    }

    /// Orders words that are equal from bit `shift` up.
    private static func finish(_ words: inout [UInt64], below shift: UInt64) {
        words.withUnsafeMutableBufferPointer { words in
            var start = 0
            while start < words.count {
                var end = start + 1
                var isSorted = true
                while end < words.count, (words[end] ^ words[start]) >> shift == 0 {
                    if words[end] < words[end - 1] { isSorted = false }
                    end += 1
                }
                if !isSorted { words[start..<end].sort() }
                start = end
            }
        }
    }
}
