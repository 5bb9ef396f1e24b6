import Foundation

/// Parts a weight of evidence among the fields it comes from, so that the parts add up to it.
///
/// In a mixture of classes what a field says depends on the others: a surname that agrees is worth less once the address
/// has agreed. Each field gets the change it makes to the log₂ odds, averaged over all orders in which the fields can be
/// looked at: its Shapley value (Shapley 1953), the only sharing that is symmetric and complete.
struct FairShares {
    /// log₂ odds of a match before any field is looked at.
    let prior: Double
    /// Parallel to the fields given; their sum is `total - prior`.
    let shares: [Double]
    /// log₂ odds with all fields.
    let total: Double

    /// - Parameters:
    ///   - classes: shares of the classes and whether they are matches.
    ///   - fields: probability of the field's level in each class; at most 16 fields.
    init(_ classes: [(share: Double, isMatch: Bool)], fields: [[Double]]) {
        precondition(fields.count <= 16, "a plan compares at most 16 fields")
        let count = fields.count
        var odds = [Double](repeating: 0, count: 1 << count)
        // Subset by subset, the products of the one before kept on a stack of the classes.
        func fill(_ subset: Int, _ field: Int, _ products: [Double]) {
            if field == count {
                odds[subset] = Self.odds(products, classes)
                return
            }
            fill(subset, field + 1, products)
            fill(subset | 1 << field, field + 1, zip(products, fields[field]).map { $0 * $1 })
        }
        fill(0, 0, classes.map(\.share))
        prior = odds[0]
        total = odds[odds.count - 1]

        // |S|! (n - |S| - 1)! / n! for a subset S without the field.
        var weights = [Double](repeating: 1 / Double(max(1, count)), count: max(1, count))
        for size in 1..<max(1, count) { weights[size] = weights[size - 1] * Double(size) / Double(count - size) }
        shares = (0..<count).map { field in
            var share = 0.0
            for subset in odds.indices where subset >> field & 1 == 0 {
                share += weights[subset.nonzeroBitCount] * (odds[subset | 1 << field] - odds[subset])
            }
            return share
        }
    }

    private static func odds(_ products: [Double], _ classes: [(share: Double, isMatch: Bool)]) -> Double {
        var (match, other) = (0.0, 0.0)
        for (product, entry) in zip(products, classes) {
            if entry.isMatch { match += product } else { other += product }
        }
        // No product of floored probabilities reaches this; it stands for a model without one of the two sides.
        let least = 1e-300
        return log2(max(match, least)) - log2(max(other, least))
    }
}
