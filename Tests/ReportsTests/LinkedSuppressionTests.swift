import Records
import Testing

@testable import Reports

struct LinkedSuppressionTests {
    /// How many of these sums say something that the others do not.
    private func rank(_ rows: [[Int]]) -> Int {
        var rows = rows
        var rank = 0
        for column in (rows.first ?? []).indices {
            guard let pivot = rows.indices.dropFirst(rank).first(where: { rows[$0][column] != 0 }) else { continue }
            rows.swapAt(rank, pivot)
            for other in rows.indices where other != rank && rows[other][column] != 0 {
                let (a, b) = (rows[rank][column], rows[other][column])
                rows[other] = zip(rows[other], rows[rank]).map { $0 * a - $1 * b }
            }
            rank += 1
        }
        return rank
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
            // What a reader has: each sum that is shown, less the cells in it that are shown.
            let cells = shown.indices.filter { hidden[$0] }
            let known = sums.map { sum in cells.map { sum.contains($0) ? 1 : 0 } }
            for place in cells.indices where shown[cells[place]] < 6 {
                suppressed += 1
                // A cell that the sums give together is itself one of their combinations.
                let asked = cells.indices.map { $0 == place ? 1 : 0 }
                #expect(rank(known + [asked]) > rank(known))
            }
            for sum in sums where sum.contains(where: { hidden[$0] }) {
                let within = sum.filter { hidden[$0] }
                #expect(within.count > 1)
                #expect(within.reduce(0) { $0 + shown[$1] } >= 6)
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
