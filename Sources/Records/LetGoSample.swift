/// A random sample of the candidate pairs that a run let go: those under its review line, of which nothing else is kept. It
/// shows how many matches are among them.
package struct LetGoSample: Sendable {
    /// How the machine came to let a pair go; each has a sample of its own, as they differ much in size and in what they hide.
    package enum Stratum: String, Sendable, CaseIterable {
        /// Compared in full, with a probability of at least 1 in 100.
        case near
        /// Compared in full.
        case far
        /// Let go half compared: nothing could have brought it over the line.
        case hopeless
    }

    /// Pairs under this probability are far.
    package static let near = 0.01
    /// Pairs drawn of a stratum, at most: enough to show that under one in a thousand is wrong.
    package static let most = 3_000

    package struct Pair: Sendable, Hashable {
        package let stratum: Stratum
        /// Rows, a < b.
        package let a: UInt32
        package let b: UInt32
        /// As in `ScoredPair`.
        package let levels: UInt64
        package let probability: Double
        package let weight: Double
        package let likeliestClass: UInt8

        package init(
            stratum: Stratum, a: UInt32, b: UInt32, levels: UInt64, probability: Double, weight: Double,
            likeliestClass: UInt8
        ) {
            self.stratum = stratum
            self.a = a
            self.b = b
            self.levels = levels
            self.probability = probability
            self.weight = weight
            self.likeliestClass = likeliestClass
        }
    }

    /// Stratum by stratum, in the order in which they were drawn: any beginning is a random sample too.
    package let pairs: [Pair]
    /// Pairs of each stratum.
    package let totals: [Stratum: Int]

    package init(_ pairs: [Pair] = [], totals: [Stratum: Int] = [:]) {
        self.pairs = pairs
        self.totals = totals
    }
}

/// The order in which pairs of records are drawn for samples: by a keyed hash of both names, so it is the same in every run,
/// and has nothing to do with what the pairs look like.
package enum DrawOrder {
    /// A record's part in it.
    package static func record(source: String, id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = start(source)
        hash.combine(id)
        return mixed(hash.value)
    }

    package static func record(_ key: RecordKey) -> UInt64 {
        var hash = start(key.source)
        hash.combine(key.recordID)
        return mixed(hash.value)
    }

    /// Of two records, whichever is named first.
    package static func pair(_ a: UInt64, _ b: UInt64) -> UInt64 { mixed(a &+ b) }

    private static func start(_ source: String) -> StableHash {
        var hash = StableHash()
        hash.combine("qingku audit sample")
        hash.combine(source)
        return hash
    }

    /// The finaliser of SplitMix64: every bit of what goes in moves every bit that comes out.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var word = value &+ 0x9E37_79B9_7F4A_7C15
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
