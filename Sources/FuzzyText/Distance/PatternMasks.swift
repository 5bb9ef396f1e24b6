/// Where in a pattern of at most 64 units a unit stands: bit i is set when unit i of the pattern is equal to it.
///
/// The bit-parallel distances are written once over this; each way of finding the mask is a small value that the
/// compiler folds into the loop. Keep every use inside this module and specialised: generic calls cost a factor of
/// three.
protocol PatternMasks {
    func callAsFunction(_ unit: UInt16) -> UInt64
}

/// A pattern of one to four units in one word, compared by arithmetic.
struct WordMasks: PatternMasks {
    private let word: UInt64
    private let valid: UInt64

    @inline(__always)
    init(_ pattern: UnsafeBufferPointer<UInt16>) {
        let count = pattern.count
        var word = UInt64(pattern[0])
        if count > 1 { word |= UInt64(pattern[1]) &<< 16 }
        if count > 2 { word |= UInt64(pattern[2]) &<< 32 }
        if count > 3 { word |= UInt64(pattern[3]) &<< 48 }
        self.word = word
        valid = 1 &<< UInt64(truncatingIfNeeded: count) &- 1
    }

    @inline(__always)
    func callAsFunction(_ unit: UInt16) -> UInt64 {
        let low: UInt64 = 0x7FFF_7FFF_7FFF_7FFF
        let difference = word ^ (UInt64(unit) &* 0x0001_0001_0001_0001)
        // The high bit of each lane is set exactly where the lane is zero.
        let equal = ~(((difference & low) &+ low) | difference | low)
        // Gathers the four high bits: bit 15 goes to 0, 31 to 1, 47 to 2, 63 to 3.
        return ((equal &>> 15) &* 0x0001_0002_0004_0008) &>> 48 & 0xF & valid
    }
}

/// A pattern of five to sixteen units in two vectors that may overlap: an overlapping unit sets the same bit twice.
struct VectorMasks: PatternMasks {
    private let head: SIMD8<UInt16>
    private let tail: SIMD8<UInt16>
    private let shift: UInt64

    /// Needs at least eight units.
    @inline(__always)
    init(_ pattern: UnsafeBufferPointer<UInt16>) {
        let raw = UnsafeRawBufferPointer(pattern)
        head = raw.loadUnaligned(fromByteOffset: 0, as: SIMD8<UInt16>.self)
        tail = raw.loadUnaligned(fromByteOffset: (pattern.count &- 8) &* 2, as: SIMD8<UInt16>.self)
        shift = UInt64(truncatingIfNeeded: pattern.count &- 8)
    }

    @inline(__always)
    func callAsFunction(_ unit: UInt16) -> UInt64 {
        let wanted = SIMD8<UInt16>(repeating: unit)
        let weights = SIMD8<UInt16>(1, 2, 4, 8, 16, 32, 64, 128)
        let high = SIMD8<UInt16>(1 << 8, 2 << 8, 4 << 8, 8 << 8, 16 << 8, 32 << 8, 64 << 8, 128 << 8)
        let zero = SIMD8<UInt16>()
        let bits =
            zero.replacing(with: weights, where: head .== wanted)
            | zero.replacing(with: high, where: tail .== wanted)
        let words = unsafeBitCast(bits, to: SIMD2<UInt64>.self)
        let sum = ((words[0] | words[1]) &* 0x0001_0001_0001_0001) &>> 48
        return (sum & 0xFF) | (sum &>> 8) &<< shift
    }
}

/// A pattern of five to eight units in one vector: the first four and the last four, which may overlap.
struct ShortVectorMasks: PatternMasks {
    private let units: SIMD8<UInt16>
    private let shift: UInt64

    /// Needs at least four units.
    @inline(__always)
    init(_ pattern: UnsafeBufferPointer<UInt16>) {
        let raw = UnsafeRawBufferPointer(pattern)
        let head = raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        let tail = raw.loadUnaligned(fromByteOffset: (pattern.count &- 4) &* 2, as: UInt64.self)
        units = unsafeBitCast(SIMD2<UInt64>(head, tail), to: SIMD8<UInt16>.self)
        shift = UInt64(truncatingIfNeeded: pattern.count &- 4)
    }

    @inline(__always)
    func callAsFunction(_ unit: UInt16) -> UInt64 {
        let weights = SIMD8<UInt16>(1, 2, 4, 8, 16, 32, 64, 128)
        let bits = SIMD8<UInt16>().replacing(with: weights, where: units .== SIMD8<UInt16>(repeating: unit))
        let words = unsafeBitCast(bits, to: SIMD2<UInt64>.self)
        let sum = ((words[0] | words[1]) &* 0x0001_0001_0001_0001) &>> 48
        return (sum & 0xF) | (sum &>> 4) &<< shift
    }
}

/// A pattern of up to 64 units in a table over ASCII, for a text that is ASCII as well.
struct ASCIIMasks: PatternMasks {
    /// Bytes of scratch memory the table needs: as much as Swift will take from the stack.
    static let size = 128 * 8

    private let masks: UnsafeMutablePointer<UInt64>

    @inline(__always)
    static func fit(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Bool {
        var all: UInt16 = 0
        for unit in a { all |= unit }
        for unit in b { all |= unit }
        return all < 128
    }

    @inline(__always)
    init(_ pattern: UnsafeBufferPointer<UInt16>, in scratch: UnsafeMutableRawPointer) {
        masks = scratch.bindMemory(to: UInt64.self, capacity: 128)
        masks.update(repeating: 0, count: 128)
        var bit: UInt64 = 1
        for unit in pattern {
            masks[Int(unit & 127)] |= bit
            bit = bit &<< 1
        }
    }

    @inline(__always)
    func callAsFunction(_ unit: UInt16) -> UInt64 {
        masks[Int(unit & 127)]
    }
}

/// A pattern of up to 64 units in three small tables, over the low six, middle five and high five bits of a unit: the
/// masks of the three parts have in common the places where the whole unit stands. No hashing and no branch.
struct PlaneMasks: PatternMasks {
    /// Bytes of scratch memory the tables need: as much as Swift will take from the stack.
    static let size = (64 + 32 + 32) * 8

    private let low: UnsafeMutablePointer<UInt64>
    private let middle: UnsafeMutablePointer<UInt64>
    private let high: UnsafeMutablePointer<UInt64>

    @inline(__always)
    init(_ pattern: UnsafeBufferPointer<UInt16>, in scratch: UnsafeMutableRawPointer) {
        low = scratch.bindMemory(to: UInt64.self, capacity: 128)
        low.update(repeating: 0, count: 128)
        middle = low + 64
        high = low + 96
        var bit: UInt64 = 1
        for unit in pattern {
            low[Int(unit & 63)] |= bit
            middle[Int(unit &>> 6 & 31)] |= bit
            high[Int(unit &>> 11)] |= bit
            bit = bit &<< 1
        }
    }

    @inline(__always)
    func callAsFunction(_ unit: UInt16) -> UInt64 {
        low[Int(unit & 63)] & middle[Int(unit &>> 6 & 31)] & high[Int(unit &>> 11)]
    }
}
