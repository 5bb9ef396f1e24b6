/// The least number of insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966).
package enum Levenshtein {
    package static func distance(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Int {
        EditDistance.distance(a, b, transpositions: false)
    }

    /// `nil` when the distance is greater than `limit`.
    package static func distance(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>, atMost limit: Int
    ) -> Int? {
        EditDistance.distance(a, b, atMost: limit, transpositions: false)
    }
}
