/// Draws ranks by the Zipf-Mandelbrot law: rank r (from 1) has weight 1 / (r + shift)^power. A few values are very
/// common and the tail is long, as with names and cities.
struct RankedChoice {
    private let cumulative: [Double]

    init(_ count: Int, shift: Double, power: Double) {
        var sum = 0.0
        cumulative = (1...max(1, count)).map { rank in
            sum += stablePower(Double(rank) + shift, -power)
            return sum
        }
    }

    func draw(_ generator: inout SeededGenerator) -> Int {
        guard let total = cumulative.last else { return 0 }
        let goal = generator.unit() * total
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] <= goal { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
