import Records

/// Whether a pair that is compared in part can still reach a line: what lets a pair go before its dear fields are compared.
struct Prospects: Sendable {
    private let table: ClassTable
    /// Odds of a match to be reached.
    private let odds: Double
    /// Per field the levels that two different values may have, best first.
    private let levels: [[Int]]
    /// Places of the match classes.
    private let matches: [Int]
    /// Per field and match class, by class: the least ratio of its probability to that of the match class over the
    /// field's levels. Match classes hold 0.
    private let leastRatios: [[ClassTable.Vector]]

    private typealias Vector = ClassTable.Vector

    init(_ table: ClassTable, ladders: [Ladder], line: Double) {
        self.table = table
        // A little less, so that rounding lets nothing go that would just reach the line.
        let wanted = line < 1 ? line / (1 - line) : 1e15
        odds = (table.calibration?.modelOdds(of: wanted) ?? wanted) * (1 - 1e-9)
        let levels = ladders.map { $0.different.reversed().map { $0 } }
        self.levels = levels
        let matches = (0..<table.classes).filter { table.isMatch[$0 / 8][$0 % 8] != 0 }
        self.matches = matches
        leastRatios = levels.indices.map { field in
            matches.flatMap { match in
                (0..<table.width).map { vector in
                    var least = Vector(repeating: .infinity)
                    for level in levels[field] {
                        let row = table.row(field, level) * table.width
                        let own = table.rows[row + match / 8][match % 8]
                        least = pointwiseMin(least, table.rows[row + vector] / Vector(repeating: own))
                    }
                    return least * (Vector(repeating: 1) - table.isMatch[vector])
                }
            }
        }
    }

    /// - Parameter open: the fields whose level is not known, bit f being field f: the values are there and differ.
    func canReach(_ pattern: UInt64, open: UInt32) -> Bool {
        let fields = levels.indices.filter { open >> UInt32($0) & 1 == 1 }
        var joint = table.scratch
        _ = table.joint(pattern, into: &joint)
        var looks = Self.mostLooks
        return canReach(joint, fields[...], &looks)
    }

    /// Beyond this many looks a pair is taken to have prospects: comparing it costs less.
    private static let mostLooks = 2_000

    private func canReach(_ joint: [Vector], _ open: ArraySlice<Int>, _ looks: inout Int) -> Bool {
        looks -= 1
        if looks < 0 { return true }
        if bound(joint, open) < odds { return false }
        guard let field = open.first else { return true }
        return levels[field].contains { level in
            let row = table.row(field, level) * table.width
            let longer = joint.indices.map { joint[$0] * table.rows[row + $0] }
            return canReach(longer, open.dropFirst(), &looks)
        }
    }

    /// No completion has greater odds, and the only completion of a pattern without open fields has these.
    private func bound(_ joint: [Vector], _ open: ArraySlice<Int>) -> Double {
        var sum = 0.0
        for (place, match) in matches.enumerated() {
            var others = 0.0
            for vector in joint.indices {
                var product = joint[vector] * (Vector(repeating: 1) - table.isMatch[vector])
                for field in open { product *= leastRatios[field][place * table.width + vector] }
                others += product.sum()
            }
            sum += joint[match / 8][match % 8] / others
        }
        return sum
    }
}
