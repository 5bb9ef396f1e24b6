import Foundation

/// Three lists: one of the eight hierarchical log-linear models of the seven counts, fitted by maximum likelihood.
///
/// The count of a combination of lists is Poisson; its logarithm is a constant, a term for each list on it, and a term for
/// each pair of lists on it that the model lets depend on each other. The constant is the logarithm of the missing eighth
/// count. No model has a term for all three lists: seven counts cannot tell it.
///
/// Sources: Fienberg, The multiple recapture census for closed populations and incomplete 2^k contingency tables, Biometrika
/// 59 (1972); Cormack, Log-linear models for capture-recapture, Biometrics 45 (1989).
struct LogLinearModel: Sendable {
    /// Places in `ListCounts.pairs(3)` of the pairs that depend on each other.
    let interactions: [Int]
    /// Seven rows of the design, one a cell: constant, lists, pairs.
    private let design: [Double]

    /// Independence, one, two and three pairs.
    static let all = [[], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].map(LogLinearModel.init)

    private init(_ interactions: [Int]) {
        self.interactions = interactions
        let pairs = ListCounts.pairs(3)
        design = (1...7).flatMap { cell -> [Double] in
            let on = (0..<3).map { Double(cell >> $0 & 1) }
            return [1] + on + interactions.map { on[pairs[$0].a] * on[pairs[$0].b] }
        }
    }

    struct Fit {
        /// Expected persons on no list.
        let missing: Double
        /// Of the estimate of all persons, whose number is fixed: û²·Var(log û) + û.
        let variance: Double
        let deviance: Double
        /// Terms of the model.
        let terms: Int

        var freedom: Int { 7 - terms }
        func bic(_ persons: Double) -> Double { deviance + Double(terms) * log(max(1, persons)) }
        func aicc(_ persons: Double) -> Double {
            let count = Double(terms)
            let room = persons - count - 1
            return deviance + 2 * count + (room > 0 ? 2 * count * (count + 1) / room : .infinity)
        }
    }

    /// Iteratively reweighted least squares. `nil` when a count is so empty that the missing one has no estimate.
    func fit(_ counts: ListCounts) -> Fit? {
        let observed = (1...7).map { counts.cells[$0] }
        let width = 4 + interactions.count
        var expected = observed.map { $0 + 0.1 }
        var solved: (coefficients: [Double], first: [Double])?
        for _ in 0..<100 {
            var normal = [Double](repeating: 0, count: width * width)
            var right = [Double](repeating: 0, count: width)
            for row in 0..<7 {
                let weight = expected[row]
                let target = log(weight) + (observed[row] - weight) / weight
                // Every term is 0 or 1.
                for i in 0..<width where design[row * width + i] != 0 {
                    right[i] += weight * target
                    for j in 0...i where design[row * width + j] != 0 { normal[i * width + j] += weight }
                }
            }
            guard let step = Self.solve(normal, right, width) else { return nil }
            solved = step
            var moved = 0.0
            for row in 0..<7 {
                var eta = 0.0
                for i in 0..<width where design[row * width + i] != 0 { eta += step.coefficients[i] }
                guard eta.isFinite, eta < 60 else { return nil }
                let next = max(1e-12, exp(eta))
                moved = max(moved, (next - expected[row]).magnitude / (1 + next))
                expected[row] = next
            }
            if moved < 1e-11 { break }
        }
        guard let solved, solved.coefficients[0] < 40 else { return nil }
        let missing = exp(solved.coefficients[0])
        let variance = missing * missing * solved.first[0] + missing
        let deviance = zip(observed, expected).reduce(0) { sum, cell in
            sum + 2 * ((cell.0 > 0 ? cell.0 * log(cell.0 / cell.1) : 0) - (cell.0 - cell.1))
        }
        guard missing.isFinite, variance.isFinite, variance >= 0 else { return nil }
        // A cell that is driven to nothing has no logarithm, and the missing one then depends on where the fitting stopped; a model
        // whose error is greater than its number says nothing.
        let all = missing + observed.reduce(0, +)
        guard expected.allSatisfy({ $0 > 1e-6 }), variance < all * all else { return nil }
        return Fit(missing: missing, variance: variance, deviance: max(0, deviance), terms: width)
    }

    /// Solves a symmetric positive system, of which the lower half is looked at; also the first column of its inverse. Cholesky; `nil` when it is singular.
    private static func solve(
        _ matrix: [Double], _ right: [Double], _ width: Int
    ) -> (coefficients: [Double], first: [Double])? {
        var lower = [Double](repeating: 0, count: width * width)
        for i in 0..<width {
            for j in 0...i {
                var sum = matrix[i * width + j]
                for k in 0..<j { sum -= lower[i * width + k] * lower[j * width + k] }
                if i == j {
                    guard sum > 1e-13 * matrix[i * width + i] else { return nil }
                    lower[i * width + i] = sum.squareRoot()
                } else {
                    lower[i * width + j] = sum / lower[j * width + j]
                }
            }
        }
        func solution(_ right: [Double]) -> [Double] {
            var result = right
            for i in 0..<width {
                for k in 0..<i { result[i] -= lower[i * width + k] * result[k] }
                result[i] /= lower[i * width + i]
            }
            for i in (0..<width).reversed() {
                for k in (i + 1)..<max(width, i + 1) { result[i] -= lower[k * width + i] * result[k] }
                result[i] /= lower[i * width + i]
            }
            return result
        }
        var unit = [Double](repeating: 0, count: width)
        unit[0] = 1
        return (solution(right), solution(unit))
    }
}
