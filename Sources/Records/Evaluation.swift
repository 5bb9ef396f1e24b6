/// How well a grouping agrees with the truth: pairs, and B³ over records (Bagga & Baldwin 1998).
package struct Evaluation: Sendable, Hashable {
    package struct Score: Sendable, Hashable {
        package let precision: Double
        package let recall: Double

        /// Harmonic mean; 0 where both are 0.
        package var f1: Double { precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0 }
    }

    package let records: Int
    package let truePairs: Int
    package let foundPairs: Int
    package let rightPairs: Int
    package let bCubed: Score
    /// Found persons that hold records of more than one true person, per 1,000 found persons.
    package let falseMergesPer1000: Double

    /// 1 where nothing was claimed or nothing was there to find.
    package var pairwise: Score {
        Score(
            precision: foundPairs == 0 ? 1 : Double(rightPairs) / Double(foundPairs),
            recall: truePairs == 0 ? 1 : Double(rightPairs) / Double(truePairs))
    }

    /// - Parameters:
    ///   - found: a label per record; equal labels, one person.
    ///   - truth: the true labels, parallel to `found`.
    package init(found: [String], truth: [String]) {
        precondition(found.count == truth.count, "a truth for every record")
        var foundSizes: [String: Int] = [:]
        var trueSizes: [String: Int] = [:]
        var cells: [[String]: Int] = [:]
        for (label, entity) in zip(found, truth) {
            foundSizes[label, default: 0] += 1
            trueSizes[entity, default: 0] += 1
            cells[[label, entity], default: 0] += 1
        }
        records = found.count
        foundPairs = foundSizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        truePairs = trueSizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        rightPairs = cells.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        // Summed in sorted order, so that the last digit does not depend on the order of a dictionary.
        var precision = 0.0
        var recall = 0.0
        var entities: [String: Int] = [:]
        for (cell, size) in cells.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let square = Double(size) * Double(size)
            precision += square / Double(foundSizes[cell[0]] ?? 1)
            recall += square / Double(trueSizes[cell[1]] ?? 1)
            entities[cell[0], default: 0] += 1
        }
        let total = Double(max(1, found.count))
        bCubed = Score(
            precision: found.isEmpty ? 1 : precision / total, recall: found.isEmpty ? 1 : recall / total)
        let mixed = entities.values.count { $0 > 1 }
        falseMergesPer1000 = foundSizes.isEmpty ? 0 : 1_000 * Double(mixed) / Double(foundSizes.count)
    }
}
