/// Which cells of a column have to be withheld so that no small count can be read or worked out.
///
/// A count from 1 to `below - 1` is withheld; so is what `alsoHide` names. Because the column's total is shown, one
/// withheld cell, or several that sum to a small count, could be worked out by subtracting: then the smallest shown
/// counts are withheld too (complementary suppression) until at least two are and their sum is `below` or more.
///
/// Method: Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
enum Suppression {
    struct Result: Hashable {
        /// Parallel to the counts.
        let hidden: [Bool]
        /// The total cannot be shown either: too little is left to hide the small counts among.
        let hidesTotal: Bool
    }

    static func apply(_ counts: [Int], below: Int, alsoHide: [Bool] = []) -> Result {
        var hidden = counts.indices.map { index in
            (counts[index] > 0 && counts[index] < below) || (index < alsoHide.count && alsoHide[index])
        }
        var number = hidden.lazy.filter { $0 }.count
        guard number > 0 else { return Result(hidden: hidden, hidesTotal: false) }
        var sum = zip(counts, hidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        let candidates = counts.indices.filter { !hidden[$0] && counts[$0] > 0 }.sorted {
            (counts[$0], $0) < (counts[$1], $1)
        }
        for index in candidates where number < 2 || sum < below {
            hidden[index] = true
            number += 1
            sum += counts[index]
        }
        return Result(hidden: hidden, hidesTotal: number < 2 || sum < below)
    }
}
