import Records

/// Searches the smallest change of a pair's levels that turns its score over a line: one field, else two.
struct Turning {
    private let ladders: [Ladder]
    private let table: ClassTable
    private let pattern: UInt64
    private let line: Double

    /// At most this many are told.
    private static let most = 3

    init(_ ladders: [Ladder], table: ClassTable, pattern: UInt64, line: Double) {
        self.ladders = ladders
        self.table = table
        self.pattern = pattern
        self.line = line
    }

    private struct Move {
        let field: Int
        let level: Int
        /// Rungs of the ladder between the two levels; the exact ones count as one.
        let steps: Int
    }

    private struct Found {
        let moves: [Move]
        let probability: Double

        var steps: Int { moves.reduce(0) { $0 + $1.steps } }
    }

    func changes(names: [String]) -> [PairExplanation.Change] {
        let single = best(moves.map { [$0] } + straightened)
        let found = single.isEmpty ? best(pairs(moves)) : single
        return found.prefix(Self.most).map { entry in
            PairExplanation.Change(
                fields: entry.moves.map {
                    .init(
                        field: names[$0.field], from: ladders[$0.field].levels[level($0.field)],
                        to: ladders[$0.field].levels[$0.level])
                }, probability: entry.probability)
        }
    }

    private func level(_ field: Int) -> Int { Int(pattern >> UInt64(field * 4) & 15) }

    /// Names that stand in each other's field do so in both: if they did not, both would differ.
    private var straightened: [[Move]] {
        let fields = ladders.indices.filter { level($0) == ladders[$0].exchanged }
        return fields.isEmpty ? [] : [fields.map { Move(field: $0, level: 1, steps: 2) }]
    }

    /// What may become of one field; exchanged names are none of one field.
    private var moves: [Move] {
        ladders.indices.flatMap { field -> [Move] in
            let ladder = ladders[field]
            func rung(_ level: Int) -> Int { min(level, ladder.exact.lowerBound) }
            let from = level(field)
            if from == ladder.exchanged { return [] }
            // How common an equal value would be is not known: the middle of the exact levels stands for them.
            let exact = (ladder.exact.lowerBound + ladder.exact.upperBound) / 2
            let levels = Array(1..<ladder.exact.lowerBound) + [exact]
            return levels.compactMap { level in
                if rung(level) == rung(from) || level == ladder.exchanged { return nil }
                // A value that is missing may turn out equal or different.
                if from == 0, level != exact, level != 1 { return nil }
                return Move(
                    field: field, level: level,
                    steps: from == 0 ? ladder.exact.lowerBound : abs(rung(level) - rung(from)))
            }
        }
    }

    private func pairs(_ moves: [Move]) -> [[Move]] {
        moves.flatMap { first in moves.filter { $0.field > first.field }.map { [first, $0] } }
    }

    /// Those that turn the score, the smallest for each set of fields; smallest first.
    private func best(_ candidates: [[Move]]) -> [Found] {
        var scratch = table.scratch
        let isOver = table.posterior(pattern, scratch: &scratch).match >= line
        var smallest: [[Int]: Found] = [:]
        for moves in candidates {
            var changed = pattern
            for move in moves {
                changed &= ~(15 << UInt64(move.field * 4))
                changed |= UInt64(move.level) << UInt64(move.field * 4)
            }
            let probability = table.posterior(changed, scratch: &scratch).match
            if (probability >= line) == isOver { continue }
            let found = Found(moves: moves, probability: probability)
            let fields = moves.map(\.field)
            if let known = smallest[fields], !isSmaller(found, known) { continue }
            smallest[fields] = found
        }
        return smallest.values.sorted(by: isSmaller)
    }

    /// Fewer rungs, then the clearer result, then the order of the rule book.
    private func isSmaller(_ left: Found, _ right: Found) -> Bool {
        if left.steps != right.steps { return left.steps < right.steps }
        let (x, y) = ((left.probability - line).magnitude, (right.probability - line).magnitude)
        if x != y { return x > y }
        return left.moves.map { [$0.field, $0.level] }.joined().lexicographicallyPrecedes(
            right.moves.map { [$0.field, $0.level] }.joined())
    }
}
