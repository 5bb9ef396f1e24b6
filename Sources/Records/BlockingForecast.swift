/// What the keys of a rule book will bring, counted before anything is compared.
package struct BlockingForecast: Sendable {
    package struct Key: Sendable {
        /// As the rule book writes it.
        package let key: String
        /// Pairs that the key produces and the rule book's `link` lets through.
        package let pairs: Int
        /// Pairs that no earlier key has produced.
        package let newPairs: Int
        /// Pairs that no other key produces.
        package let onlyPairs: Int
        package let largestBlock: Int
        /// What the records of the largest block share, as they have it.
        package let largestBlockValue: String

        package init(
            key: String, pairs: Int, newPairs: Int, onlyPairs: Int, largestBlock: Int, largestBlockValue: String
        ) {
            self.key = key
            self.pairs = pairs
            self.newPairs = newPairs
            self.onlyPairs = onlyPairs
            self.largestBlock = largestBlock
            self.largestBlockValue = largestBlockValue
        }
    }

    package let records: Int
    /// Most pairs that one key may bring.
    package let pairBudget: Int
    /// The keys that are used, in the order of the rule book.
    package let keys: [Key]
    /// Keys that were refined or left out because they bring more.
    package let remarks: [Text]

    /// Pairs to compare, each counted once.
    package var pairs: Int { keys.reduce(0) { $0 + $1.newPairs } }

    package init(records: Int, pairBudget: Int, keys: [Key], remarks: [Text]) {
        self.records = records
        self.pairBudget = pairBudget
        self.keys = keys
        self.remarks = remarks
    }
}

/// How many matches the keys find, and an estimate of how many they miss, without labels.
package struct BlockingRecallEstimate: Sendable {
    package struct Key: Sendable {
        /// Matches expected among the pairs of the key.
        package let matches: Double
        /// Of these, the ones that no other key finds.
        package let onlyMatches: Double

        package init(matches: Double, onlyMatches: Double) {
            self.matches = matches
            self.onlyMatches = onlyMatches
        }
    }

    /// Parallel to the keys of the forecast.
    package let keys: [Key]
    /// Matches expected among all candidate pairs.
    package let matches: Double
    /// Expected number of matches by how many keys find them; index 0 is one key.
    package let byKeys: [Double]
    /// Of all matches, those that some key finds; `nil` when there are too few to say anything.
    package let recall: Recall?

    package struct Recall: Sendable {
        package let value: Double
        /// Bounds of the estimate, `lower` ≤ `value` ≤ `upper`.
        package let lower: Double
        package let upper: Double

        package init(value: Double, lower: Double, upper: Double) {
            self.value = value
            self.lower = lower
            self.upper = upper
        }
    }

    package init(keys: [Key], matches: Double, byKeys: [Double], recall: Recall?) {
        self.keys = keys
        self.matches = matches
        self.byKeys = byKeys
        self.recall = recall
    }
}
