/// How far two people who answered the same cases agree, beyond what chance would bring: Cohen's κ.
///
/// Sources: Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960); standard
/// error: Fleiss, Cohen & Everitt, Large sample standard errors of kappa and weighted kappa, Psychological Bulletin 72 (1969).
package struct Agreement: Sendable, Hashable {
    /// `counts[i][j]`: cases that the first answered with i and the second with j.
    package let counts: [[Int]]

    /// - Parameter counts: as many columns as rows.
    package init(_ counts: [[Int]]) {
        precondition(counts.allSatisfy { $0.count == counts.count }, "the same answers for both")
        self.counts = counts
    }

    package var cases: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

    /// Too few for κ to say much: its interval is wide, and its normal approximation rough.
    package var isFew: Bool { cases < Self.enough }

    package static let enough = 30

    package var agreed: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

    /// From −1 to 1; `nil` without cases, and where both always gave one and the same answer: chance would agree as well.
    package var kappa: Double? {
        guard cases > 0, byChance < 1 else { return nil }
        return (Double(agreed) / Double(cases) - byChance) / (1 - byChance)
    }

    /// 95 %, within −1 and 1; `nil` as `kappa`.
    package var interval: ClosedRange<Double>? {
        guard let kappa else { return nil }
        let n = Double(cases)
        var sum = 0.0
        for i in counts.indices {
            for j in counts.indices {
                let share = Double(counts[i][j]) / n
                if i == j {
                    let term = 1 - (rows[i] + columns[i]) * (1 - kappa)
                    sum += share * term * term
                } else {
                    let term = (columns[i] + rows[j]) * (1 - kappa)
                    sum += share * term * term
                }
            }
        }
        let rest = kappa - byChance * (1 - kappa)
        let variance = max(0, sum - rest * rest) / (n * (1 - byChance) * (1 - byChance))
        let reach = Interval95.z * variance.squareRoot()
        return max(-1, kappa - reach)...min(1, kappa + reach)
    }

    /// Shares of the answers of the first, and of the second.
    private var rows: [Double] { counts.map { Double($0.reduce(0, +)) / Double(cases) } }
    private var columns: [Double] {
        counts.indices.map { j in Double(counts.reduce(0) { $0 + $1[j] }) / Double(cases) }
    }

    private var byChance: Double { zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 } }
}
