/// One column of the edit-distance matrix against a pattern of at most 64 units, as differences between neighbours
/// (Hyyrö 2003), optionally with adjacent transpositions.
struct EditColumn {
    /// Where the value rises, and falls, by one from a row to the next.
    private var rises: UInt64 = ~0
    private var falls: UInt64 = 0
    /// Where the diagonal step into this column costs nothing.
    private var free: UInt64 = 0
    private var mask: UInt64 = 0

    @inline(__always) init() {}

    /// Moves to the column of the next text unit, whose places in the pattern are `mask`.
    @inline(__always)
    mutating func advance(_ mask: UInt64, transpositions: Bool) {
        var diagonal = (((mask & rises) &+ rises) ^ rises) | mask | falls
        if transpositions {
            diagonal |= ((~free & mask) &<< 1) & self.mask
            free = diagonal
            self.mask = mask
        }
        let up = (falls | ~(diagonal | rises)) &<< 1 | 1
        let down = (diagonal & rises) &<< 1
        rises = down | ~(diagonal | up)
        falls = up & diagonal
    }

    /// The same inside a strip of a longer pattern: `carry` brings what leaves the strip above at this text unit and
    /// receives what leaves this one. Bit 0: rise, bit 1: fall, bit 2: half a transposition.
    @inline(__always)
    mutating func advance(_ mask: UInt64, transpositions: Bool, carry: inout UInt8) {
        let riseIn = UInt64(carry & 1)
        let fallIn = UInt64(carry &>> 1 & 1)
        let extended = mask | fallIn
        var diagonal = (((extended & rises) &+ rises) ^ rises) | extended | falls
        var half: UInt64 = 0
        if transpositions {
            half = ~free & mask
            diagonal |= (half &<< 1 | UInt64(carry &>> 2)) & self.mask
            free = diagonal
            self.mask = mask
        }
        let up = falls | ~(diagonal | rises)
        let down = diagonal & rises
        carry = UInt8(truncatingIfNeeded: up &>> 63 | (down &>> 62 & 2) | (half &>> 61 & 4))
        let upIn = up &<< 1 | riseIn
        let downIn = down &<< 1 | fallIn
        rises = downIn | ~(diagonal | upIn)
        falls = upIn & diagonal
    }

    /// The difference between the value in row `count` and the one above row 0.
    @inline(__always)
    func height(_ count: Int) -> Int {
        let rows: UInt64 = ~0 &>> UInt64(truncatingIfNeeded: 64 &- count)
        return (rises & rows).nonzeroBitCount &- (falls & rows).nonzeroBitCount
    }
}
