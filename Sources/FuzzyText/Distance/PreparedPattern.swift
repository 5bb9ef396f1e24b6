/// One text prepared for comparing with many: the places of its units in two tables, over the low and the high byte of
/// a unit; what the two masks have in common is where the unit stands. Made once and loaded again for each new text.
///
/// Owned by one thread. A text longer than 64 units is only kept: the general functions compare it.
struct PreparedPattern: ~Copyable {
    static let longest = 64

    /// 256 masks by low byte, then 256 by high byte.
    private let masks: UnsafeMutablePointer<UInt64>
    private var text: [UInt16] = []

    init() {
        masks = .allocate(capacity: 512)
        masks.initialize(repeating: 0, count: 512)
    }

    deinit {
        masks.deallocate()
    }

    mutating func load(_ pattern: UnsafeBufferPointer<UInt16>) {
        for unit in text {
            masks[Int(unit & 0xFF)] = 0
            masks[256 &+ Int(unit &>> 8)] = 0
        }
        text.removeAll(keepingCapacity: true)
        text.append(contentsOf: pattern)
        if pattern.count > Self.longest { return }
        var bit: UInt64 = 1
        for unit in pattern {
            masks[Int(unit & 0xFF)] |= bit
            masks[256 &+ Int(unit &>> 8)] |= bit
            bit = bit &<< 1
        }
    }

    @inline(__always)
    func withPattern<Result>(_ body: (UnsafeBufferPointer<UInt16>, Table) -> Result) -> Result {
        text.withUnsafeBufferPointer { body($0, Table(low: masks, high: masks + 256)) }
    }

    /// The tables as the kernels see them, valid while the pattern lives.
    struct Table: PatternMasks {
        fileprivate let low: UnsafeMutablePointer<UInt64>
        fileprivate let high: UnsafeMutablePointer<UInt64>

        @inline(__always)
        func callAsFunction(_ unit: UInt16) -> UInt64 {
            low[Int(unit & 0xFF)] & high[Int(unit &>> 8)]
        }
    }
}
