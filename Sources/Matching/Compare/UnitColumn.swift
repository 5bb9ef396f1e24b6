import FuzzyText
import Records

/// The distinct values of a column, ready for the kernels of `FuzzyText`; codes are those of the column.
struct UnitColumn: Sendable {
    private let texts: FuzzyText.PreparedColumn

    init(_ values: TextPool) {
        var builder = FuzzyText.PreparedColumn.Builder()
        for code in 0..<values.count { values.withUTF8(UInt32(code)) { builder.append(utf8: Self.beginning($0)) } }
        texts = builder.finish()
    }

    /// Of a value that is longer than any name or address the first kilobyte is compared: the time of a comparison grows with the
    /// product of the lengths. Equal are only values that are equal as a whole.
    private static func beginning(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard text.count > 1_024 else { return text }
        var end = 1_024
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return UnsafeBufferPointer(rebasing: text[..<end])
    }

    /// In 16-bit units.
    func count(_ code: UInt32) -> Int { texts.length(code) }

    func haveCommonPrefix(_ a: UInt32, _ b: UInt32, of length: Int) -> Bool {
        texts.commonPrefix(a, b, atMost: length) == length
    }

    /// How many of the steps the Jaro-Winkler similarity reaches.
    @inline(__always)
    func rung(_ a: UInt32, _ b: UInt32, _ steps: JaroWinklerSteps) -> UInt8 {
        steps.rung(of: Float(texts.jaroWinkler(a, b, from: steps)))
    }

    /// Optimal string alignment distance, or `limit + 1` when it is greater.
    @inline(__always)
    func distance(_ a: UInt32, _ b: UInt32, atMost limit: Int) -> Int {
        texts.osa(a, b, atMost: limit) ?? limit + 1
    }

    /// Below this number of values one value is compared with them pair by pair: the lanes are not worth setting up.
    private static let fewest = 4

    /// Writes the levels of a batch's pairs by what `level` makes of the rungs reached.
    func fill(
        _ batch: inout PairBatch, field: Int, steps: JaroWinklerSteps,
        _ level: (UInt32, UInt32, UInt8) -> UInt8
    ) {
        var scan = ColumnScan(texts)
        batch.fill(field, ahead: texts.prefetch) { first, others, levels in
            if others.count < Self.fewest {
                for (place, other) in others.enumerated() {
                    levels[place] = level(first, other, rung(first, other, steps))
                }
            } else {
                scan.jaroWinklerRungs(first, against: others, steps: steps, into: levels)
                for (place, other) in others.enumerated() { levels[place] = level(first, other, levels[place]) }
            }
        }
    }

    /// The same by distances.
    func fill(
        _ batch: inout PairBatch, field: Int, atMost limit: Int,
        _ level: (UInt32, UInt32, Int) -> UInt8
    ) {
        var scan = ColumnScan(texts)
        batch.fill(field, ahead: texts.prefetch) { first, others, levels in
            if others.count < Self.fewest {
                for (place, other) in others.enumerated() {
                    levels[place] = level(first, other, distance(first, other, atMost: limit))
                }
            } else {
                scan.osa(first, against: others, atMost: limit, into: levels)
                for (place, other) in others.enumerated() { levels[place] = level(first, other, Int(levels[place])) }
            }
        }
    }
}

/// A column whose levels follow from Jaro-Winkler likeness, and little else.
protocol LikenessLevels: PreparedColumn {
    var units: UnitColumn { get }
    var steps: JaroWinklerSteps { get }
    /// Level of two different values whose likeness reaches `rung` of the steps.
    func level(_ a: UInt32, _ b: UInt32, rung: UInt8) -> UInt8
}

extension LikenessLevels {
    func level(_ a: UInt32, _ b: UInt32) -> UInt8 { level(a, b, rung: units.rung(a, b, steps)) }

    func fill(_ batch: inout PairBatch, field: Int) {
        units.fill(&batch, field: field, steps: steps) { level($0, $1, rung: $2) }
    }
}

/// A column whose levels follow from the edit distance, and little else.
protocol DistanceLevels: PreparedColumn {
    var units: UnitColumn { get }
    /// Greater distances are all the same.
    var limit: Int { get }
    /// Level of two different values at this distance, `limit + 1` for all greater ones.
    func level(_ a: UInt32, _ b: UInt32, distance: Int) -> UInt8
}

extension DistanceLevels {
    func level(_ a: UInt32, _ b: UInt32) -> UInt8 { level(a, b, distance: units.distance(a, b, atMost: limit)) }

    func fill(_ batch: inout PairBatch, field: Int) {
        units.fill(&batch, field: field, atMost: limit) { level($0, $1, distance: $2) }
    }
}
