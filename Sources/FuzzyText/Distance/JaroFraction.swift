/// Jaro's and Winkler's values as quotients of whole numbers, divided once.
///
/// So a value is the exact one, rounded once, in every kernel and on every machine, and bounds such as 0.7 are met
/// exactly. The whole numbers are exact for texts of up to 65,000 units.
package struct JaroFraction {
    @usableFromInline let above: Double
    @usableFromInline let below: Double

    /// `matches`: units that match; `transposed`: how many of them stand opposite another unit than their own.
    @inlinable @inline(__always)
    package init(matches: Int, transposed: Int, _ a: Int, _ b: Int) {
        let m = Double(matches)
        let product = Double(a) * Double(b)
        above = m * m * Double(a &+ b) + (m - Double(transposed / 2)) * product
        below = matches == 0 ? 3 : 3 * m * product
    }

    @inlinable @inline(__always)
    package var jaro: Double { above / below }

    /// Raised for a common beginning from 0.7 on.
    @inlinable @inline(__always)
    package func jaroWinkler(commonPrefix: Int) -> Double {
        let prefix = 10 * above >= 7 * below ? Double(min(commonPrefix, 4)) : 0
        return (10 * above + prefix * (below - above)) / (10 * below)
    }
}
