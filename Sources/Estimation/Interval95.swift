import Foundation
import Records

/// Ways to an interval of 95 % from an estimate and its variance.
enum Interval95 {
    static let z = 1.959_963_984_540_054

    /// Estimate ± 1.96 standard errors, not under the persons listed.
    static func normal(_ value: Double, variance: Double, listed: Double) -> PopulationEstimate.Interval {
        let error = max(0, variance).squareRoot()
        return PopulationEstimate.Interval(
            value: value, standardError: error, lower: max(listed, value - z * error), upper: value + z * error)
    }

    /// The number of persons on no list taken as log-normal: lies wholly over the persons listed, and its upper side is the
    /// longer one, as it is in small samples.
    ///
    /// Where that number is smaller than its standard error its logarithm says nothing, and the normal interval is taken.
    ///
    /// Source: Chao, Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43
    /// (1987), section 3.
    static func logNormal(_ value: Double, variance: Double, listed: Double) -> PopulationEstimate.Interval {
        let unseen = value - listed
        guard unseen > 0, variance > 0, unseen * unseen >= variance else {
            return normal(value, variance: variance, listed: listed)
        }
        let spread = exp(z * log(1 + variance / (unseen * unseen)).squareRoot())
        return PopulationEstimate.Interval(
            value: value, standardError: variance.squareRoot(), lower: listed + unseen / spread,
            upper: listed + unseen * spread)
    }
}
