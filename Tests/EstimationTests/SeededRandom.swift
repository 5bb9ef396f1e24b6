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

    /// True with probability `share`.
    mutating func draw(_ share: Double) -> Bool {
        Double(next() >> 11) * 0x1p-53 < share
    }
}
