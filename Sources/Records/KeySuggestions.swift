/// Blocking keys that a rule book does not have, best first: those that bring most new matches for the pairs they cost.
package struct KeySuggestions: Sendable {
    package struct Suggestion: Sendable {
        /// Parts as a rule book writes them.
        package let parts: [String]
        /// Pairs the key produces.
        package let pairs: Int
        /// Of these, estimated, the pairs that no key of the rule book produces.
        package let newPairs: Int
        /// Matches expected among the new pairs.
        package let newMatches: Double
        /// Of the new matches, those that no better suggestion brings.
        package let furtherMatches: Double
        /// Two records that only this key would bring together and that are likely one person.
        package let example: Example?

        package struct Example: Sendable {
            package let a: RecordKey
            package let b: RecordKey
            package let probability: Double

            package init(a: RecordKey, b: RecordKey, probability: Double) {
                self.a = a
                self.b = b
                self.probability = probability
            }
        }

        /// The line to add under `block:`.
        package var yaml: String { "- [\(parts.joined(separator: ", "))]" }

        package init(
            parts: [String], pairs: Int, newPairs: Int, newMatches: Double, furtherMatches: Double, example: Example?
        ) {
            self.parts = parts
            self.pairs = pairs
            self.newPairs = newPairs
            self.newMatches = newMatches
            self.furtherMatches = furtherMatches
            self.example = example
        }
    }

    /// Keys that were tried.
    package let tried: Int
    package let pairBudget: Int
    /// Pairs the rule book's own keys bring, and the matches expected among them.
    package let pairs: Int
    package let matches: Double
    package let suggestions: [Suggestion]

    package init(tried: Int, pairBudget: Int, pairs: Int, matches: Double, suggestions: [Suggestion]) {
        self.tried = tried
        self.pairBudget = pairBudget
        self.pairs = pairs
        self.matches = matches
        self.suggestions = suggestions
    }
}
