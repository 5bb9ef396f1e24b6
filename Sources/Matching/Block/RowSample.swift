/// A share of the rows that depends on nothing but their numbers.
struct RowSample: Sendable {
    /// One row in `2^power`.
    private let mask: UInt32

    static let all = RowSample(power: 0)

    var isEverything: Bool { mask == 0 }

    init(power: Int) { mask = 1 << UInt32(power) - 1 }

    /// Multiplied by an odd constant (Fibonacci hashing), so that neighbours in a file fall into different samples.
    @inline(__always)
    func contains(_ row: UInt32) -> Bool {
        (row &* 0x9E37_79B9) >> 16 & mask == 0
    }

    /// The largest sample in which at most `limit` of `pairs` are expected.
    static func holding(_ limit: Int, of pairs: Int) -> RowSample {
        var power = 0
        while power < 12, pairs >> power > limit { power += 1 }
        return RowSample(power: power)
    }
}
