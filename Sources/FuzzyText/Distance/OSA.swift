/// Optimal string alignment: Levenshtein's distance with the exchange of two neighbours as one edit, where no part is
/// edited twice. So `ca` → `abc` is 3, not 2 as in the unrestricted distance of Damerau.
package enum OSA {
    package static func distance(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Int {
        EditDistance.distance(a, b, transpositions: true)
    }

    /// `nil` when the distance is greater than `limit`.
    package static func distance(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, atMost limit: Int
    ) -> Int? {
        EditDistance.distance(a, b, atMost: limit, transpositions: true)
    }
}
