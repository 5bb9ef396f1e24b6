/// SplitMix64: the same numbers in every run.
struct SeededRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// 64 draws at once: each bit is set with probability `sixtyFourths / 64`.
    mutating func draws(_ sixtyFourths: Int) -> UInt64 {
        // The bits of six words are 64 numbers of six bits; each is compared with the threshold from its lowest bit on.
        var isLess: UInt64 = 0
        for bit in 0..<6 {
            let word = next()
            isLess = sixtyFourths >> bit & 1 == 1 ? ~word | isLess : ~word & isLess
        }
        return sixtyFourths >= 64 ? .max : isLess
    }

    /// How many of `count` draws succeed.
    mutating func count(_ sixtyFourths: Int, of count: Int) -> Int {
        var left = count
        var sum = 0
        while left > 0 {
            let mask = left >= 64 ? UInt64.max : 1 << UInt64(left) - 1
            sum += (draws(sixtyFourths) & mask).nonzeroBitCount
            left -= 64
        }
        return sum
    }
}

/// Persons of an imaginary register on two or three lists, 64 at a time.
struct Register {
    var cells: [Int]

    /// - Parameters:
    ///   - shares: of 64, that are on the first list; on the second if they are on the first, or else; on the third.
    init(words: Int, lists: Int, first: Int, second: (Int, Int), third: Int, _ random: inout SeededRandom) {
        cells = Array(repeating: 0, count: 1 << lists)
        for _ in 0..<words {
            let on = Self.persons(lists, first, second, third, &random)
            for cell in 1..<cells.count {
                let mask = on.indices.reduce(UInt64.max) { $0 & (cell >> $1 & 1 == 1 ? on[$1] : ~on[$1]) }
                cells[cell] += mask.nonzeroBitCount
            }
        }
    }

    static func persons(
        _ lists: Int, _ first: Int, _ second: (Int, Int), _ third: Int, _ random: inout SeededRandom
    ) -> [UInt64] {
        let a = random.draws(first)
        let b = a & random.draws(second.0) | ~a & random.draws(second.1)
        return lists == 2 ? [a, b] : [a, b, random.draws(third)]
    }
}
