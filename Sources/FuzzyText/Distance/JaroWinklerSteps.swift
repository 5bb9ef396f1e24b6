import CKernels

/// Bounds of Jaro-Winkler similarity in ascending order, and what two texts must have in common to reach the lowest.
///
/// Made once for a comparator: it takes a few milliseconds and 83 KB.
package struct JaroWinklerSteps: Sendable {
    /// Ascending. A similarity that is exactly a bound reaches it.
    package let bounds: [Float]
    /// The least number of matching units that reaches the lowest bound, 255 for none, at
    /// [length][common prefix 0...4][other length 0...255].
    private let need: [UInt8]

    private static let longest = Int(CK_LONGEST)
    private static let row = 5 * 256

    /// Bounds in any order, each above 0 and not above 1; no bound at all is never reached.
    package init(_ bounds: [Double]) {
        let bounds = bounds.map { Float($0) }.sorted()
        var need = [UInt8](repeating: 255, count: (Self.longest + 1) * Self.row)
        if let floor = bounds.first {
            for length in 0...Self.longest {
                for prefix in 0...4 {
                    for other in 0...Self.longest {
                        let least = Self.matches(toReach: floor, length, other, prefix: prefix)
                        need[length * Self.row + prefix * 256 + other] = least
                    }
                }
            }
        }
        self.bounds = bounds
        self.need = need
    }

    private static func matches(toReach floor: Float, _ a: Int, _ b: Int, prefix: Int) -> UInt8 {
        if a == 0 || b == 0 { return Float(a == b ? 1 : 0) >= floor ? 0 : 255 }
        for matches in 0...min(a, b) {
            let fraction = JaroFraction(matches: matches, transposed: 0, a, b)
            if Float(fraction.jaroWinkler(commonPrefix: prefix)) >= floor { return UInt8(matches) }
        }
        return 255
    }

    /// How many of the bounds a similarity reaches.
    @inline(__always)
    package func rung(of similarity: Float) -> UInt8 {
        var rung: UInt8 = 0
        for bound in bounds where similarity >= bound { rung &+= 1 }
        return rung
    }

    /// What a kernel needs to know of these steps for a text of `length` units.
    func withNeed<Result>(length: Int, _ body: (UnsafePointer<UInt8>?) -> Result) -> Result {
        need.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + length * Self.row }) }
    }

    /// Whether two texts may reach the lowest bound, as far as can be told without reading them.
    @inline(__always)
    func reachable(_ a: CKHead, _ b: CKHead) -> Bool {
        let length = Int(a.shape & 0xFF)
        let other = Int(b.shape & 0xFF)
        if length > Self.longest || other > Self.longest { return true }
        let difference = (a.shape ^ b.shape) >> 8 | 1 << 24
        let prefix = difference.trailingZeroBitCount / 6
        let matches = CharacterSignature(bits: a.signature).matchesAtMost(
            CharacterSignature(bits: b.signature), count: length, otherCount: other)
        return matches >= Int(need[length &* Self.row &+ prefix &* 256 &+ other])
    }
}
