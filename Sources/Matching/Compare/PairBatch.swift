import Records

/// A pair on its way through the comparison.
struct OpenPair {
    /// Codes of the compared fields, as far as there are lanes; the others stand in `moreLeft` and `moreRight`.
    let left: SIMD8<UInt32>
    let right: SIMD8<UInt32>
    let moreLeft: SIMD8<UInt32>
    let moreRight: SIMD8<UInt32>
    /// Levels found so far, four bits a field.
    var pattern: UInt64
    let pair: RowPair
    /// Fields that hold two different values whose level is not known yet; bit f is field f.
    var open: UInt32

    @inline(__always)
    func codes(_ field: Int) -> (UInt32, UInt32) {
        field < 8 ? (left[field], right[field]) : (moreLeft[field & 7], moreRight[field & 7])
    }
}

/// A thousand pairs on their way through the comparison, field by field: one dynamic call serves them all.
struct PairBatch {
    /// In the order in which they came.
    private(set) var entries: [OpenPair] = []
    /// Places of the entries that are still compared.
    private(set) var alive: [UInt32] = []

    static let size = 1_024

    init() {
        entries.reserveCapacity(Self.size)
        alive.reserveCapacity(Self.size)
    }

    var count: Int { entries.count }

    @inline(__always)
    mutating func append(_ pair: OpenPair) {
        alive.append(UInt32(truncatingIfNeeded: entries.count))
        entries.append(pair)
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        alive.removeAll(keepingCapacity: true)
    }

    /// Lets go the pairs that `isWanted` refuses, given their levels so far and their open fields.
    mutating func keep(where isWanted: (UInt64, UInt32) -> Bool) {
        var kept = 0
        for place in alive where isWanted(entries[Int(place)].pattern, entries[Int(place)].open) {
            alive[kept] = place
            kept += 1
        }
        alive.removeLast(alive.count - kept)
    }

    /// Calls `body` with each pair that is still compared.
    @inline(__always)
    mutating func update(_ body: (inout OpenPair) -> Void) {
        alive.withUnsafeBufferPointer { alive in
            entries.withUnsafeMutableBufferPointer { entries in
                for place in alive { body(&entries[Int(place)]) }
            }
        }
    }

    /// Writes the levels of a field into the pairs in which it is open. Pairs whose first rows hold the same value go
    /// together.
    ///
    /// - Parameters:
    ///   - ahead: told every value some time before it is needed.
    ///   - levels: told the first value, the other values, and where their levels go.
    mutating func fill(
        _ field: Int, ahead: (UInt32) -> Void,
        _ levels: (UInt32, UnsafeBufferPointer<UInt32>, UnsafeMutableBufferPointer<UInt8>) -> Void
    ) {
        let bit: UInt32 = 1 << UInt32(field)
        let shift = UInt64(field * 4)
        let portion = 128
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: portion * 3) { space in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: portion) { found in
                let firsts = UnsafeMutableBufferPointer(rebasing: space[..<portion])
                let others = UnsafeMutableBufferPointer(rebasing: space[portion..<portion * 2])
                let places = UnsafeMutableBufferPointer(rebasing: space[(portion * 2)...])
                var count = 0
                func settle(_ entries: UnsafeMutableBufferPointer<OpenPair>) {
                    var start = 0
                    while start < count {
                        var end = start + 1
                        while end < count, firsts[end] == firsts[start] { end += 1 }
                        levels(
                            firsts[start], UnsafeBufferPointer(rebasing: others[start..<end]),
                            UnsafeMutableBufferPointer(rebasing: found[start..<end]))
                        start = end
                    }
                    for index in 0..<count {
                        entries[Int(places[index])].pattern |= UInt64(found[index]) << shift
                        entries[Int(places[index])].open &= ~bit
                    }
                    count = 0
                }
                alive.withUnsafeBufferPointer { alive in
                    entries.withUnsafeMutableBufferPointer { entries in
                        for place in alive where entries[Int(place)].open & bit != 0 {
                            let codes = entries[Int(place)].codes(field)
                            ahead(codes.0)
                            ahead(codes.1)
                            (firsts[count], others[count], places[count]) = (codes.0, codes.1, place)
                            count += 1
                            if count == portion { settle(entries) }
                        }
                        settle(entries)
                    }
                }
            }
        }
    }

    /// The same for levels that are found with a few instructions.
    @inline(__always)
    mutating func fill(_ field: Int, _ level: (UInt32, UInt32) -> UInt8) {
        let bit: UInt32 = 1 << UInt32(field)
        let shift = UInt64(field * 4)
        update { entry in
            if entry.open & bit == 0 { return }
            let codes = entry.codes(field)
            entry.pattern |= UInt64(level(codes.0, codes.1)) << shift
            entry.open &= ~bit
        }
    }
}
