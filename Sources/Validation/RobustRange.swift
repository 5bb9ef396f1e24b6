import Glibc

/// Where the numbers of a column lie, by median and median absolute deviation, which a few wrong ones cannot move.
struct RobustRange {
    let median: Double
    private let spread: Double
    private let width: Double
    /// The same of the logarithms, when all numbers are positive: incomes are spread so.
    private let logarithmic: (median: Double, spread: Double)?

    private static let leastValues = 100

    /// `nil` with fewer than 100 numbers, and when more than half of them are equal.
    init?(_ values: [Double], width: Double) {
        guard values.count >= Self.leastValues else { return nil }
        median = Self.median(of: values)
        spread = Self.spread(of: values, around: median)
        guard spread > 0 else { return nil }
        self.width = width
        let positive = values.filter { $0 > 0 }
        if positive.count * 100 >= values.count * 99 {
            let logarithms = positive.map { log($0) }
            let middle = Self.median(of: logarithms)
            logarithmic = (middle, Self.spread(of: logarithms, around: middle))
        } else {
            logarithmic = nil
        }
    }

    func isOutside(_ value: Double) -> Bool {
        guard let logarithmic else { return abs(value - median) > width * spread }
        // A number far too small is far on the logarithmic scale alone, one far too great on both.
        guard value > 0 else { return abs(value - median) > width * spread }
        let distance = abs(log(value) - logarithmic.median)
        return logarithmic.spread > 0 && distance > width * logarithmic.spread
            && (value < median || value - median > width * spread)
    }

    static func median(of values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// In units of a standard deviation of normal numbers.
    static func spread(of values: [Double], around median: Double) -> Double {
        1.4826 * Self.median(of: values.map { abs($0 - median) })
    }

    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
