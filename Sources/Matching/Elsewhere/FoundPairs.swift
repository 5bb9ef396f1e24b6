package import Records

/// What comparing the candidate pairs comes to, found in other processes: parts of it are added up.
package struct FoundPairs: Sendable, Equatable {
    package struct Pair: Sendable, Equatable {
        /// Rows, a < b.
        package let a: UInt32
        package let b: UInt32
        /// Four bits a compared field, the first field lowest.
        package let pattern: UInt64
        /// Index of the first key that brought the two together.
        package let key: UInt8

        package init(a: UInt32, b: UInt32, pattern: UInt64, key: UInt8) {
            self.a = a
            self.b = b
            self.pattern = pattern
            self.key = key
        }
    }

    /// A pair that was let go, by the order of the draw among the first of its part.
    package struct Drawn: Sendable, Equatable {
        package let stratum: LetGoSample.Stratum
        package let draw: UInt64
        package let a: UInt32
        package let b: UInt32

        package init(stratum: LetGoSample.Stratum, draw: UInt64, a: UInt32, b: UInt32) {
            self.stratum = stratum
            self.draw = draw
            self.a = a
            self.b = b
        }
    }

    /// Over the line, in any order.
    package var pairs: [Pair] = []
    /// By key, pairs that it was the first to bring together.
    package var newPairs: [Int: Int] = [:]
    package var cutShort = 0
    /// Pairs that were let go.
    package var totals: [LetGoSample.Stratum: Int] = [:]
    package var drawn: [Drawn] = []

    package init() {}

    /// What the pairs of one key, compared in a table of some rows, add.
    mutating func add(_ found: ScoredPiece, key: Int, rows: [UInt32]) {
        pairs += found.pairs.map {
            Pair(a: rows[Int($0.pair.a)], b: rows[Int($0.pair.b)], pattern: $0.pattern, key: $0.key)
        }
        newPairs[key, default: 0] += found.met
        cutShort += found.cutShort
        for stratum in LetGoSample.Stratum.allCases {
            let (total, first) = found.letGo[stratum]
            totals[stratum, default: 0] += total
            drawn += first.map {
                Drawn(stratum: stratum, draw: $0.draw, a: rows[Int($0.pair.a)], b: rows[Int($0.pair.b)])
            }
        }
    }

    /// Leaves of the drawn pairs those that can be in the sample.
    package mutating func keepFirstDrawn() {
        drawn = LetGoSample.Stratum.allCases.flatMap { stratum in
            drawn.filter { $0.stratum == stratum }.sorted { ($0.draw, $0.a, $0.b) < ($1.draw, $1.a, $1.b) }
                .prefix(LetGoSample.most)
        }
    }
}

/// Compares the candidate pairs somewhere else than in this process. What is found is the same.
package protocol PairScoring: Sendable {
    /// - Throws: a `Failure` when they cannot be compared there.
    func found(_ job: ScoringJob) throws -> FoundPairs
}
