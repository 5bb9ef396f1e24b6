import Foundation
import Records

/// What one round of EM counts: how likely the patterns are, and how many pairs fall to each class and its levels.
struct Expectation: Sendable {
    private(set) var logLikelihood = 0.0
    /// Pairs expected in each class.
    private(set) var mass: [Double]
    /// Pairs expected in each class on each level: `levels[class][field][level]`.
    private(set) var levels: [[[Double]]]

    /// Patterns go in pieces of fixed size whose sums are added in order, so the result does not depend on threads.
    private static let piece = 2_048

    init(_ classes: [ModelClass], patterns: [UInt64], counts: [Int], threads: Int) {
        let table = ClassTable(classes)
        let fields = classes.first?.levels.count ?? 0
        let pieces = (patterns.count + Self.piece - 1) / Self.piece
        let sums = Parallel.map(pieces, threads: threads) { piece in
            let range = piece * Self.piece..<min(patterns.count, (piece + 1) * Self.piece)
            return Sums(table, patterns[range], counts[range], fields: fields)
        }
        var total = Sums(table)
        for part in sums { total.add(part) }
        logLikelihood = total.logLikelihood
        mass = classes.indices.map { total.mass[$0 / 8][$0 % 8] }
        levels = classes.indices.map { entry in
            (0..<fields).map { field in
                classes[entry].levels[field].indices.map { level in
                    total.levels[table.row(field, level) * table.width + entry / 8][entry % 8]
                }
            }
        }
    }

    private struct Sums: Sendable {
        var logLikelihood = 0.0
        var mass: [ClassTable.Vector]
        /// Laid out like the rows of the table.
        var levels: [ClassTable.Vector]

        init(_ table: ClassTable) {
            mass = table.scratch
            levels = [ClassTable.Vector](repeating: .zero, count: table.levels * table.width)
        }

        init(_ table: ClassTable, _ patterns: ArraySlice<UInt64>, _ counts: ArraySlice<Int>, fields: Int) {
            self.init(table)
            var joint = table.scratch
            for index in patterns.indices {
                let count = Double(counts[index])
                let total = table.joint(patterns[index], into: &joint)
                logLikelihood += count * log(total)
                let scale = ClassTable.Vector(repeating: count / total)
                for vector in 0..<table.width {
                    joint[vector] *= scale
                    mass[vector] += joint[vector]
                }
                var rest = patterns[index]
                for field in 0..<fields {
                    let row = table.row(field, Int(truncatingIfNeeded: rest & 15)) * table.width
                    rest >>= 4
                    for vector in 0..<table.width { levels[row + vector] += joint[vector] }
                }
            }
        }

        mutating func add(_ other: Sums) {
            logLikelihood += other.logLikelihood
            for index in mass.indices { mass[index] += other.mass[index] }
            for index in levels.indices { levels[index] += other.levels[index] }
        }
    }
}
