/// Up to three known names that somebody may have meant, found while going through all that are known.
package struct NearestNames {
    private let wanted: [Unicode.Scalar]
    private var found: [(distance: Int, name: String)] = []

    package init(to text: String) { wanted = Self.letters(text) }

    /// Those with the fewest letters to change, at most a third of them; the first in order of those that are equally close.
    package var names: [String] { found.map(\.name) }

    /// - Parameter name: as it is said to the user when `text` is close.
    package mutating func consider(_ text: String, saidAs name: String) {
        let other = Self.letters(text)
        let longest = max(wanted.count, other.count)
        let limit = min(max(1, longest / 3), found.count == 3 ? found[2].distance : .max)
        guard abs(wanted.count - other.count) <= limit else { return }
        let distance = Nearest.edits(wanted, other)
        guard distance <= limit else { return }
        found.append((distance, name))
        found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        if found.count > 3 { found.removeLast() }
    }

    private static func letters(_ text: String) -> [Unicode.Scalar] {
        Array(text.lowercased().unicodeScalars.prefix(64))
    }
}
