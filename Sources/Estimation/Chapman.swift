/// Two lists: Chapman's estimator, without bias where the two lists together hold as many persons as there are, and nearly
/// so elsewhere.
///
/// Sources: Chapman, Some properties of the hypergeometric distribution, Univ. California Publ. Statistics 1 (1951);
/// variance: Seber, The effects of trap response on tag recapture estimates, Biometrics 26 (1970).
package enum Chapman {
    /// `n1` and `n2` persons on the two lists, `m` of them on both.
    package static func estimate(n1: Double, n2: Double, m: Double) -> (value: Double, variance: Double) {
        let value = (n1 + 1) * (n2 + 1) / (m + 1) - 1
        let variance =
            (n1 + 1) * (n2 + 1) * max(0, n1 - m) * max(0, n2 - m) / ((m + 1) * (m + 1) * (m + 2))
        return (value, variance)
    }

    /// From this overlap on the interval is the normal one; under it the log-normal, which holds 95 % where the normal one
    /// falls to 92.
    static let normalFrom = 200.0
}
