package import Records

/// What the present lines mean under a calibration: how many of the pairs over the merge line are right, how many of the
/// matches are over it, and how many pairs are left to people.
package struct CalibrationOutlook: Sendable, Hashable {
    /// Pairs with the same odds.
    package struct Cell: Sendable, Hashable {
        /// Natural logarithm of the model's odds.
        package let logit: Double
        package let pairs: Double
        /// Those among them that nobody has decided, and that no rule holds apart.
        package let undecided: Double

        package init(logit: Double, pairs: Double, undecided: Double) {
            self.logit = logit
            self.pairs = pairs
            self.undecided = undecided
        }
    }

    package struct Value: Sendable, Hashable {
        package let value: Double
        /// 95 %.
        package let interval: ClosedRange<Double>
    }

    /// Of the pairs over the merge line, the share that is expected to be right; `nil` where there are none.
    package let precision: Value?
    /// Of the matches among the pairs, the share expected over the merge line; `nil` where none is expected.
    package let recall: Value?
    /// Undecided pairs between the lines.
    package let reviews: Value

    /// - Parameters:
    ///   - cells: all candidate pairs, those under the review line by a sample.
    ///   - lines: probabilities.
    ///   - draws: calibrations as likely as this one; none: it is taken as certain, and the intervals are those of the
    ///     draws of the pairs alone.
    package init(
        _ cells: [Cell], lines: (merge: Double?, review: Double), _ calibration: Calibration, draws: [Calibration] = []
    ) {
        let middle = State(cells, lines, calibration)
        let states = draws.isEmpty ? [middle] : draws.map { State(cells, lines, $0) }
        func value(_ part: (State) -> (value: Double, variance: Double)?) -> Value? {
            guard let own = part(middle) else { return nil }
            let all = states.compactMap(part)
            let values = all.map(\.value).sorted()
            // Uncertainty of the calibration, and on top of it that of the pairs themselves.
            let spread = all.reduce(0) { $0 + $1.variance } / Double(max(1, all.count))
            let low = values.isEmpty ? own.value : values[values.count * 25 / 1_000]
            let high = values.isEmpty ? own.value : values[min(values.count - 1, values.count * 975 / 1_000)]
            let reach = Interval95.z * spread.squareRoot()
            let (below, above) = (max(0, own.value - low), max(0, high - own.value))
            return Value(
                value: own.value,
                interval: max(0, own.value - (below * below + reach * reach).squareRoot())...own.value
                    + (above * above + reach * reach).squareRoot())
        }
        func share(_ value: Value?) -> Value? {
            value.map { share in
                let limits = share.interval
                return Value(
                    value: share.value, interval: limits.lowerBound...max(limits.lowerBound, min(1, limits.upperBound)))
            }
        }
        precision = share(value(\.precision))
        recall = share(value(\.recall))
        reviews = value { ($0.reviews, 0) } ?? Value(value: 0, interval: 0...0)
    }

    private struct State {
        var pairs = 0.0
        var matches = 0.0
        var spread = 0.0
        var matchesBelow = 0.0
        var spreadBelow = 0.0
        var reviews = 0.0

        init(_ cells: [Cell], _ lines: (merge: Double?, review: Double), _ calibration: Calibration) {
            for cell in cells {
                let chance =
                    calibration.changesNothing
                    ? Calibration.probability(cell.logit)
                    : Calibration.probability(calibration.shift + calibration.slope * cell.logit)
                let isOver = lines.merge.map { chance >= $0 } ?? false
                if isOver {
                    pairs += cell.pairs
                    matches += chance * cell.pairs
                    spread += chance * (1 - chance) * cell.pairs
                } else {
                    matchesBelow += chance * cell.pairs
                    spreadBelow += chance * (1 - chance) * cell.pairs
                    if chance >= lines.review { reviews += cell.undecided }
                }
            }
        }

        var precision: (value: Double, variance: Double)? {
            pairs == 0 ? nil : (matches / pairs, spread / (pairs * pairs))
        }

        /// The error of a share of two counts, by the delta method.
        var recall: (value: Double, variance: Double)? {
            let all = matches + matchesBelow
            guard all >= 0.5 else { return nil }
            let share = matches / all
            return (share, ((1 - share) * (1 - share) * spread + share * share * spreadBelow) / (all * all))
        }
    }
}
