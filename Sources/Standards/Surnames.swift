/// Chinese surnames with how common they are: per ten thousand persons, roughly.
package struct Surnames: Sendable {
    package static let shared = Surnames()

    package enum Group: String, Sendable {
        case general
        /// Of two characters, such as 欧阳.
        case compound
        /// With its weight among the Hui.
        case hui
    }

    package struct Entry: Sendable {
        package let surname: String
        package let weight: Double
        package let group: Group
    }

    /// In the order of the table; a surname may stand in several groups.
    package let entries: [Entry]
    private let weights: [String: Double]

    private init() {
        entries = CSVTable(.surnames).compactMap { row in
            guard let weight = row.decimal(1), let group = Group(rawValue: row.text(2)) else { return nil }
            return Entry(surname: row.text(0), weight: weight, group: group)
        }
        weights = Dictionary(
            entries.filter { $0.group != .hui }.map { ($0.surname, $0.weight) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// 0 for a surname that is not in the table.
    package func weight(_ surname: String) -> Double { weights[surname] ?? 0 }

    /// Is it a surname of two characters?
    package func isCompound(_ surname: String) -> Bool { CompoundSurnames.all.contains(surname) }

    /// Characters of the surname at the head of a Chinese name: 2 for 欧阳修, else 1; 0 for an empty name.
    package func length(inName name: String) -> Int {
        let scalars = name.unicodeScalars
        guard scalars.count > 2 else { return min(scalars.count, 1) }
        return isCompound(String(String.UnicodeScalarView(scalars.prefix(2)))) ? 2 : 1
    }
}
