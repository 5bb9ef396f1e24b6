import Records

/// The probability of every level in every class of a model, classes side by side in vectors of eight.
///
/// Probabilities are multiplied as they are, not added as logarithms: with at most 16 fields, levels of at least 1e-9
/// and shares of at least 1e-12 no product is below 1e-156, far from the smallest number there is (2e-308).
struct ClassTable: Sendable {
    typealias Vector = SIMD8<Double>

    /// Vectors that hold one number for each class; places beyond the last class hold 0.
    let width: Int
    let classes: Int
    /// First row of each field.
    private let starts: [Int]
    /// Row `starts[f] + l` holds the probability of level l of field f; missing is 1 in every class.
    let rows: [Vector]
    private let shares: [Vector]
    let isMatch: [Vector]
    /// Per class: parent and child of one name.
    private let areOfOneName: [Bool]
    /// How the probability of a match is read; `nil`: as it is.
    let calibration: Calibration?

    static let levelFloor = 1e-9
    static let shareFloor = 1e-12

    init(_ classes: [ModelClass], calibration: Calibration? = nil) {
        self.calibration = calibration
        let count = classes.count
        self.classes = count
        let width = (count + 7) / 8
        self.width = width
        var starts: [Int] = []
        var total = 0
        for levels in classes.first?.levels ?? [] {
            starts.append(total)
            total += levels.count
        }
        self.starts = starts
        var rows = [Vector](repeating: .zero, count: total * width)
        var shares = [Vector](repeating: .zero, count: width)
        var isMatch = shares
        for (index, entry) in classes.enumerated() {
            let (vector, lane) = (index / 8, index % 8)
            shares[vector][lane] = max(entry.share, Self.shareFloor)
            isMatch[vector][lane] = entry.isMatch ? 1 : 0
            for (field, levels) in entry.levels.enumerated() {
                for (level, probability) in levels.enumerated() {
                    rows[(starts[field] + level) * width + vector][lane] =
                        level == 0 ? 1 : max(probability, Self.levelFloor)
                }
            }
        }
        self.rows = rows
        self.shares = shares
        self.isMatch = isMatch
        areOfOneName = classes.map { $0.kind == .juniors }
    }

    /// Levels of all fields together.
    var levels: Int { width == 0 ? 0 : rows.count / width }

    /// Fields compared.
    var fields: Int { starts.count }

    /// Row of a field's level.
    @inline(__always)
    func row(_ field: Int, _ level: Int) -> Int { starts[field] + level }

    /// Writes the joint probability of a pattern and each class; returns their sum.
    @inline(__always)
    func joint(_ pattern: UInt64, into joint: inout [Vector]) -> Double {
        for vector in 0..<width { joint[vector] = shares[vector] }
        var rest = pattern
        for field in starts.indices {
            let level = Int(truncatingIfNeeded: rest & 15)
            rest >>= 4
            if level == 0 { continue }
            let row = (starts[field] + level) * width
            for vector in 0..<width { joint[vector] *= rows[row + vector] }
        }
        return joint.reduce(0) { $0 + $1.sum() }
    }

    /// The probability that a pair with this pattern is a match, calibrated, and the likeliest class.
    func posterior(_ pattern: UInt64, scratch: inout [Vector]) -> (match: Double, likeliest: UInt8) {
        let total = joint(pattern, into: &scratch)
        var match = 0.0
        for vector in 0..<width { match += (scratch[vector] * isMatch[vector]).sum() }
        var best = 0
        for index in 1..<max(1, classes) where scratch[index / 8][index % 8] > scratch[best / 8][best % 8] {
            best = index
        }
        let probability = match / total
        return (calibration?(probability) ?? probability, UInt8(best))
    }

    /// Whether a class is of parent and child of one name: that a third record, without a birth date, agrees with both of them
    /// does not make them one.
    func areOfOneName(_ likeliest: UInt8) -> Bool { areOfOneName[Int(likeliest)] }

    /// The probability of each class, given a pattern.
    func shares(of pattern: UInt64) -> [Double] {
        var scratch = scratch
        let total = joint(pattern, into: &scratch)
        return (0..<classes).map { scratch[$0 / 8][$0 % 8] / total }
    }

    var scratch: [Vector] { [Vector](repeating: .zero, count: width) }
}
