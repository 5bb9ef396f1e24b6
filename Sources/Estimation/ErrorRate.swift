import Foundation

/// Errors that people found in a random sample of pairs, and what they say of all the pairs it was drawn from.
///
/// Sources: Wilson, Probable inference, the law of succession, and statistical inference, J. American Statistical
/// Association 22 (1927); Clopper & Pearson, The use of confidence or fiducial limits illustrated in the case of the
/// binomial, Biometrika 26 (1934); Brown, Cai & DasGupta, Interval estimation for a binomial proportion, Statistical Science
/// 16 (2001).
package struct ErrorRate: Sendable, Hashable {
    package let errors: Int
    package let size: Int

    /// - Parameters:
    ///   - errors: from 0 to `size`.
    ///   - size: pairs that were answered, each drawn with the same chance.
    package init(errors: Int, size: Int) {
        self.size = max(0, size)
        self.errors = min(max(0, errors), self.size)
    }

    /// From 0 to 1; 0 for an empty sample.
    package var rate: Double { size == 0 ? 0 : Double(errors) / Double(size) }

    /// Wilson's interval of 95 %, within 0 and 1; both for an empty sample, which says nothing.
    package var interval: ClosedRange<Double> {
        guard size > 0 else { return 0...1 }
        let (n, z2) = (Double(size), Interval95.z * Interval95.z)
        let middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
        let reach = Interval95.z / (1 + z2 / n) * (rate * (1 - rate) / n + z2 / (4 * n * n)).squareRoot()
        let lower = errors == 0 ? 0 : max(0, middle - reach)
        let upper = errors == size ? 1 : min(1, middle + reach)
        return lower...max(lower, upper)
    }

    /// The rate of the pairs themselves, and its interval of 95 %, where the answers are wrong at a known rate.
    ///
    /// Source: Rogan & Gladen, Estimating prevalence from the results of a screening test, American J. Epidemiology 107 (1978).
    ///
    /// - Parameter wrong: under 0.5, as the reviewer's answers to known pairs show it.
    package func corrected(forWrongAnswers wrong: Double) -> (rate: Double, interval: ClosedRange<Double>) {
        precondition(0 <= wrong && wrong < 0.5, "answers that are no better than chance say nothing")
        func own(_ rate: Double) -> Double { min(1, max(0, (rate - wrong) / (1 - 2 * wrong))) }
        return (own(rate), own(interval.lowerBound)...own(interval.upperBound))
    }

    /// The rate that is not exceeded with this confidence, of one side, after Clopper and Pearson: it holds at least that often.
    package func upperBound(confidence: Double = 0.95) -> Double {
        if errors >= size { return 1 }
        var (low, high) = (rate, 1.0)
        for _ in 0..<200 where high - low > 1e-15 {
            let middle = (low + high) / 2
            let isPossible = Self.chance(ofAtMost: errors, of: size, rate: middle) > 1 - confidence
            if isPossible { low = middle } else { high = middle }
        }
        return high
    }

    /// How large a sample has to be in all, so that with no more errors than it holds now its upper bound is at most `rate`.
    ///
    /// With no errors it is ln(1 − confidence) / ln(1 − rate), rounded up: 2,995 for 1 in 1,000 at 95 %.
    ///
    /// - Parameters:
    ///   - rate: over 0 and under 1.
    ///   - confidence: over 0 and under 1.
    package static func size(with errors: Int, for rate: Double, confidence: Double = 0.95) -> Int {
        precondition(0 < rate && rate < 1 && 0 < confidence && confidence < 1, "shares of one")
        func isEnough(_ size: Int) -> Bool { chance(ofAtMost: errors, of: size, rate: rate) <= 1 - confidence }
        var (low, high) = (max(0, errors), max(1, errors + 1))
        while !isEnough(high), high < 1 << 40 { (low, high) = (high, high * 2) }
        while high - low > 1 {
            let middle = (low + high) / 2
            if isEnough(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// How many more pairs have to be answered without a further error.
    package func missing(for rate: Double, confidence: Double = 0.95) -> Int {
        max(0, Self.size(with: errors, for: rate, confidence: confidence) - size)
    }

    /// P(X ≤ `errors`) for X of a binomial distribution, summed by its logarithms.
    private static func chance(ofAtMost errors: Int, of size: Int, rate: Double) -> Double {
        if errors >= size || rate <= 0 { return 1 }
        if rate >= 1 { return 0 }
        let (hit, miss) = (log(rate), log1p(-rate))
        var term = Double(size) * miss
        var (greatest, sum) = (term, 1.0)
        for count in 0..<max(0, errors) {
            term += log(Double(size - count)) - log(Double(count + 1)) + hit - miss
            if term > greatest {
                (greatest, sum) = (term, sum * exp(greatest - term) + 1)
            } else {
                sum += exp(term - greatest)
            }
        }
        return min(1, exp(greatest) * sum)
    }
}

/// What random samples of several parts of the pairs say of all of them together.
///
/// Each part counts by its size: Cochran, Sampling Techniques (3rd edition, 1977), sections 5.3 and 5.6. The limits of the
/// parts are put together as Newcombe does with Wilson's (Statistics in Medicine 17, 1998): the distances of a part's limits
/// from its rate are added as squares, so a part without any error still counts with what it may hide.
package struct StratifiedErrors: Sendable, Hashable {
    package struct Part: Sendable, Hashable {
        package let pairs: Int
        package let found: ErrorRate

        package init(pairs: Int, found: ErrorRate) {
            self.pairs = pairs
            self.found = found
        }
    }

    package let parts: [Part]

    package init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Errors among all pairs.
    package var errors: Double { parts.reduce(0) { $0 + Double($1.pairs) * $1.found.rate } }

    /// 95 %.
    package var interval: ClosedRange<Double> {
        var (below, above) = (0.0, 0.0)
        for part in parts {
            let (pairs, rate, limits) = (Double(part.pairs), part.found.rate, part.found.interval)
            below += pow(pairs * (rate - limits.lowerBound), 2)
            above += pow(pairs * (limits.upperBound - rate), 2)
        }
        return max(0, errors - below.squareRoot())...errors + above.squareRoot()
    }
}
