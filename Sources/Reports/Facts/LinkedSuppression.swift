/// Which cells have to be withheld where each stands in several sums that are shown: persons by the sources they are in, of
/// which the persons of every source and of all are known.
///
/// Small counts are withheld, then so many others that no sum has a single withheld cell or several that sum to a small
/// count, and that solving all sums together gives no cell. Where that cannot be had, all are withheld: then the sums alone
/// tell what they tell.
///
/// Method: Hundepool et al., Statistical Disclosure Control (2012), section 4.4.
enum LinkedSuppression {
    /// - Parameters:
    ///   - counts: 0 and over.
    ///   - sums: places of the cells that each shown sum is over.
    ///   - below: counts from 1 to this less one are small; 0 withholds nothing.
    static func hidden(_ counts: [Int], sums: [[Int]], below: Int) -> [Bool] {
        var hidden = counts.map { $0 > 0 && $0 < below }
        while let weak = weakness(counts, hidden, sums, below) {
            // The smallest that is shown, of the sums that give something away.
            let candidates = Set(weak.flatMap { sums[$0] }).filter { !hidden[$0] && counts[$0] > 0 }
            guard let next = candidates.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else {
                return counts.map { $0 > 0 }
            }
            hidden[next] = true
        }
        return hidden
    }

    /// Sums by which something withheld can be worked out; `nil` where there is none.
    private static func weakness(_ counts: [Int], _ hidden: [Bool], _ sums: [[Int]], _ below: Int) -> [Int]? {
        for (index, sum) in sums.enumerated() {
            let within = sum.filter { hidden[$0] }
            if !within.isEmpty, within.count < 2 || within.reduce(0, { $0 + counts[$1] }) < below { return [index] }
        }
        let told = determined(hidden, sums)
        if told.isEmpty { return nil }
        return sums.indices.filter { !told.isDisjoint(with: sums[$0]) }
    }

    /// Withheld cells that the sums give when they are solved together, by Gauss and Jordan.
    static func determined(_ hidden: [Bool], _ sums: [[Int]]) -> Set<Int> {
        let cells = hidden.indices.filter { hidden[$0] }
        var rows = sums.map { sum in cells.map { sum.contains($0) ? 1.0 : 0.0 } }
        var row = 0
        for column in cells.indices where row < rows.count {
            guard let pivot = (row..<rows.count).first(where: { abs(rows[$0][column]) > 1e-9 }) else { continue }
            rows.swapAt(row, pivot)
            let scale = rows[row][column]
            for place in cells.indices { rows[row][place] /= scale }
            for other in rows.indices where other != row && abs(rows[other][column]) > 1e-9 {
                let factor = rows[other][column]
                for place in cells.indices { rows[other][place] -= factor * rows[row][place] }
            }
            row += 1
        }
        return Set(
            rows.compactMap { row in
                let places = row.indices.filter { abs(row[$0]) > 1e-9 }
                return places.count == 1 ? cells[places[0]] : nil
            })
    }
}
