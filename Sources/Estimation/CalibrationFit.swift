import Foundation
package import Records

/// Fits a calibration to decided pairs: logistic regression of "same person" on the logarithm of the model's odds.
///
/// Both parameters have a normal prior around "the model is right": shift 0 ± 1, slope 1 ± 0.25. With few decisions the
/// prior holds the fit close to the model; some hundred outweigh it. The maximum is found by Newton's method, and the
/// curvature there says how uncertain it is (Laplace's approximation).
///
/// The decided pairs are not drawn at random: the queue brings the doubtful ones first. A pair therefore counts by the
/// pairs of its stretch of the scores that it stands for, eight at most, and all weights together by their effective number:
/// Kish, Survey Sampling (1965), section 11.7. At a given score the choice does not depend on the truth, so the weights are not
/// there against bias but against a bent curve; more than eight would give up what is known near the lines for what is
/// known far from them.
///
/// Sources: Cox, Biometrika 45 (1958); Platt, Probabilistic outputs for support vector machines (1999), which lacks the prior
/// on the slope; le Cessie & van Houwelingen, Ridge estimators in logistic regression, Applied Statistics 41 (1992).
package struct CalibrationFit: Sendable {
    /// A decided pair.
    package struct Decided: Sendable, Hashable {
        /// Natural logarithm of the model's odds.
        package let logit: Double
        package let isSame: Bool
        /// Pairs that it stands for, itself among them.
        package let standsFor: Double

        package init(logit: Double, isSame: Bool, standsFor: Double) {
            self.logit = logit
            self.isSame = isSame
            self.standsFor = standsFor
        }
    }

    package let calibration: Calibration
    /// Variances of shift and slope, and their covariance.
    let covariance: (shift: Double, slope: Double, both: Double)

    static let shiftSpread = 1.0
    static let slopeSpread = 0.25
    /// Beyond it odds are as good as certain, and one pair would turn the slope alone.
    static let mostLogit = 12.0
    static let leastSlope = 0.1
    private static let mostWeight = 8.0

    package init(_ decided: [Decided]) {
        let weights = Self.weights(decided)
        var (shift, slope) = (0.0, 1.0)
        var curvature = (shift: 1.0, slope: 1.0, both: 0.0)
        for _ in 0..<100 {
            let priors = (1 / (Self.shiftSpread * Self.shiftSpread), 1 / (Self.slopeSpread * Self.slopeSpread))
            var gradient = (shift: -shift * priors.0, slope: (1 - slope) * priors.1)
            curvature = (priors.0, priors.1, 0)
            for (pair, weight) in zip(decided, weights) {
                let x = min(max(pair.logit, -Self.mostLogit), Self.mostLogit)
                let chance = Calibration.probability(shift + slope * x)
                let rest = weight * ((pair.isSame ? 1 : 0) - chance)
                gradient.shift += rest
                gradient.slope += rest * x
                let spread = weight * chance * (1 - chance)
                curvature.shift += spread
                curvature.slope += spread * x * x
                curvature.both += spread * x
            }
            let determinant = curvature.shift * curvature.slope - curvature.both * curvature.both
            var step = (
                shift: (curvature.slope * gradient.shift - curvature.both * gradient.slope) / determinant,
                slope: (curvature.shift * gradient.slope - curvature.both * gradient.shift) / determinant
            )
            // A step that is too long is cut: the likelihood is concave, so this only takes longer.
            let length = max(step.shift.magnitude / 2, step.slope.magnitude / 0.5, 1)
            step = (step.shift / length, step.slope / length)
            shift += step.shift
            slope = max(Self.leastSlope, slope + step.slope)
            if step.shift.magnitude < 1e-10, step.slope.magnitude < 1e-10 { break }
        }
        let determinant = curvature.shift * curvature.slope - curvature.both * curvature.both
        covariance = (curvature.slope / determinant, curvature.shift / determinant, -curvature.both / determinant)
        // What is stored, shown and used is one and the same number.
        calibration = Calibration(
            shift: Self.rounded(shift), slope: max(Self.leastSlope, Self.rounded(slope)), decisions: decided.count)
    }

    /// Six decimals: as they are written to the trail.
    private static func rounded(_ value: Double) -> Double { (value * 1_000_000).rounded() / 1_000_000 }

    /// Their sum is the effective number of the pairs.
    private static func weights(_ decided: [Decided]) -> [Double] {
        if decided.isEmpty { return [] }
        let cut = decided.map { min(max($0.standsFor, 1), mostWeight) }
        let sum = cut.reduce(0, +)
        let effective = sum * sum / cut.reduce(0) { $0 + $1 * $1 }
        return cut.map { $0 * effective / sum }
    }

    /// Calibrations as likely as the fit allows, the same ones every time: for intervals of what follows from it.
    package func draws(_ count: Int) -> [Calibration] {
        let first = covariance.shift.squareRoot()
        let second = covariance.both / first
        let third = max(0, covariance.slope - second * second).squareRoot()
        return (0..<count).map { index in
            // Halton's points in bases 2 and 3, turned to normal ones by Box and Muller.
            let (u, v) = (Self.halton(index + 1, 2), Self.halton(index + 1, 3))
            let radius = (-2 * log(u)).squareRoot()
            let (x, y) = (radius * cos(2 * .pi * v), radius * sin(2 * .pi * v))
            return Calibration(
                shift: calibration.shift + first * x,
                slope: max(Self.leastSlope, calibration.slope + second * x + third * y),
                decisions: calibration.decisions)
        }
    }

    private static func halton(_ index: Int, _ base: Int) -> Double {
        var (rest, place, value) = (index, 1.0, 0.0)
        while rest > 0 {
            place /= Double(base)
            value += place * Double(rest % base)
            rest /= base
        }
        return value
    }
}
