import Records
import Testing

@testable import Reports

struct LinkedSuppressionTests {
    /// Every way to fill the withheld cells so that all sums come out, by trying them all: what an attacker with patience has.
    private func fillings(_ counts: [Int], _ hidden: [Bool], _ sums: [[Int]]) -> [[Int]] {
        let cells = counts.indices.filter { hidden[$0] }
        let rest = sums.map { sum in sum.filter { hidden[$0] }.reduce(0) { $0 + counts[$1] } }
        var found: [[Int]] = []
        func fill(_ place: Int, _ values: [Int], _ left: [Int]) {
            if place == cells.count {
                if left.allSatisfy({ $0 == 0 }) { found.append(values) }
                return
            }
            let own = sums.indices.filter { sums[$0].contains(cells[place]) }
            let most = own.map { left[$0] }.min() ?? 0
            for value in 0...max(0, most) {
                var left = left
                for sum in own { left[sum] -= value }
                fill(place + 1, values + [value], left)
            }
        }
        fill(0, [], rest)
        return found
    }

    @Test func `U28: no small number of persons in several sources can be worked out from the sums`() {
        var generator = SplitMix(state: 7)
        var (tried, suppressed) = (0, 0)
        for _ in 0..<300 {
            let counts = (0..<8).map { mask in
                mask == 0 ? 0 : Int.random(in: 0...14, using: &generator)
            }
            let masks = (1..<8).filter { counts[$0] > 0 }
            if masks.isEmpty { continue }
            let shown = masks.map { counts[$0] }
            let sums =
                (0..<3).map { source in masks.indices.filter { masks[$0] >> source & 1 == 1 } } + [Array(masks.indices)]
            let hidden = LinkedSuppression.hidden(shown, sums: sums, below: 6)
            for place in shown.indices where shown[place] < 6 { #expect(hidden[place]) }
            // Where all are withheld the sums tell what they tell, and no cell was shown.
            if hidden.allSatisfy({ $0 }) || !hidden.contains(true) { continue }
            tried += 1
            let cells = shown.indices.filter { hidden[$0] }
            let ways = fillings(shown, hidden, sums)
            #expect(ways.contains(cells.map { shown[$0] }))
            for place in cells.indices where shown[cells[place]] < 6 {
                suppressed += 1
                // Solving for the cell does not give it; counts being no less than nothing may narrow it.
                #expect(!LinkedSuppression.determined(hidden, sums).contains(cells[place]))
            }
        }
        #expect(tried > 20)
        #expect(suppressed > 20)
    }

    @Test(arguments: [
        ([100, 200, 300], [[0, 1, 2]], [] as [Int]),
        ([3, 200, 300], [[0, 1, 2]], [0, 1]),
        ([3, 4, 300], [[0, 1, 2]], [0, 1, 2]),
        ([3, 40, 50, 60], [[0, 1], [2, 3], [0, 2], [1, 3]], [0, 1, 2, 3]),
    ])
    func `so many others go that no sum gives a small count back`(counts: [Int], sums: [[Int]], hidden: [Int]) {
        let result = LinkedSuppression.hidden(counts, sums: sums, below: 10)
        #expect(result.indices.filter { result[$0] } == hidden)
    }

    @Test func `solving sums together finds what one alone does not`() {
        // a + b, b + c and a + c give all three.
        #expect(LinkedSuppression.determined([true, true, true], [[0, 1], [1, 2], [0, 2]]) == [0, 1, 2])
        #expect(LinkedSuppression.determined([true, true, false], [[0, 1, 2]]) == [])
        #expect(LinkedSuppression.determined([false, true, false], [[0, 1, 2]]) == [1])
    }
}
