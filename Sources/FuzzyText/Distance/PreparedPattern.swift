/// One text prepared for comparing with many: the places of its units in a table over all 16-bit units, where two
/// loads find a mask. Made once and loaded again for each block's pattern; 64 KiB, of which an alphabet touches a few lines.
///
/// Owned by one thread. Longer than 64 units, the text is kept and compared by the general functions.
struct PreparedPattern: ~Copyable {
    static let longest = 64

    /// Per unit the number of its mask; mask 0 is empty.
    private let numbers: UnsafeMutablePointer<UInt8>
    private let masks: UnsafeMutablePointer<UInt64>
    private var text: [UInt16] = []

    init() {
        numbers = .allocate(capacity: 1 << 16)
        numbers.initialize(repeating: 0, count: 1 << 16)
        masks = .allocate(capacity: Self.longest + 1)
        masks.initialize(repeating: 0, count: Self.longest + 1)
    }

    deinit {
        numbers.deallocate()
        masks.deallocate()
    }

    mutating func load(_ pattern: UnsafeBufferPointer<UInt16>) {
        for unit in text { numbers[Int(unit)] = 0 }
        text.removeAll(keepingCapacity: true)
        text.append(contentsOf: pattern)
        if pattern.count > Self.longest { return }
        var count = 0
        var bit: UInt64 = 1
        for unit in pattern {
            if numbers[Int(unit)] == 0 {
                count &+= 1
                numbers[Int(unit)] = UInt8(truncatingIfNeeded: count)
                masks[count] = 0
            }
            masks[Int(numbers[Int(unit)])] |= bit
            bit = bit &<< 1
        }
    }

    @inline(__always)
    func withPattern<Result>(_ body: (UnsafeBufferPointer<UInt16>, Table) -> Result) -> Result {
        text.withUnsafeBufferPointer { body($0, Table(numbers: numbers, masks: masks)) }
    }

    /// The table as the kernels see it, valid while the pattern lives.
    struct Table: PatternMasks {
        fileprivate let numbers: UnsafeMutablePointer<UInt8>
        fileprivate let masks: UnsafeMutablePointer<UInt64>

        @inline(__always)
        func callAsFunction(_ unit: UInt16) -> UInt64 {
            masks[Int(numbers[Int(unit)])]
        }
    }
}
