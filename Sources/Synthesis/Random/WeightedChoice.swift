/// Draws an index by weight: a list in which every index stands as often as its weight asks, so a draw is one look-up.
struct WeightedChoice {
    private let slots: [Int32]

    /// Needs at least one positive weight. `size` is the number of slots: weights below 1/size of the sum may get none.
    init(_ weights: [Double], size: Int) {
        let total = weights.reduce(0, +)
        var slots: [Int32] = []
        slots.reserveCapacity(size)
        var sum = 0.0
        for (index, weight) in weights.enumerated() {
            sum += weight
            while slots.count < Int(sum / total * Double(size)) { slots.append(Int32(index)) }
        }
        self.slots = slots.isEmpty ? [0] : slots
    }

    /// Weights 1, 1/2^power, 1/3^power …
    static func zipf(_ count: Int, power: Double, size: Int) -> WeightedChoice {
        WeightedChoice((0..<count).map { stablePower(Double($0 + 1), -power) }, size: size)
    }

    func draw(_ generator: inout SeededGenerator) -> Int {
        Int(slots[generator.index(slots.count)])
    }
}
