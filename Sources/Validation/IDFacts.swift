import Records
import Standards

/// What a resident id says, as numbers.
struct IDFacts: Sendable {
    /// Packed; 0 when the id names no such day.
    private(set) var birth: Int32 = 0
    private var bits: UInt8 = 0

    private static let form: UInt8 = 1
    private static let check: UInt8 = 2
    private static let division: UInt8 = 4
    private static let valid: UInt8 = 8
    private static let male: UInt8 = 16
    private static let zeros: UInt8 = 32
    private static let late: UInt8 = 64

    /// A text that is no id.
    init() {}

    /// `slack`: years for which a division's numbers were still given after it was dissolved.
    init(_ text: String, slack: Int) {
        guard let id = ResidentID(text) else { return }
        birth = id.birthDate?.packed ?? 0
        bits = Self.form
        if id.checksumHolds { bits |= Self.check }
        if Divisions.shared.isKnown(id.divisionCode) { bits |= Self.division }
        if id.isValid { bits |= Self.valid }
        if id.sex == "M" { bits |= Self.male }
        if !id.divisionOutlastsBirth(slack: slack) { bits |= Self.late }
        if text.hasSuffix("000") { bits |= Self.zeros }
    }

    /// Eighteen characters of the right kinds.
    var isID: Bool { bits & Self.form != 0 }
    var checksumHolds: Bool { bits & Self.check != 0 }
    var divisionIsKnown: Bool { bits & Self.division != 0 }
    /// The division was dissolved long before the birth.
    var divisionWasGone: Bool { bits & Self.late != 0 }
    var isValid: Bool { bits & Self.valid != 0 }
    /// ASCII `M` or `F`.
    var sex: UInt8 { bits & Self.male != 0 ? UInt8(ascii: "M") : UInt8(ascii: "F") }
    var endsInZeros: Bool { bits & Self.zeros != 0 }

    /// Spreadsheets keep 15 significant digits of a number, so that an id ends in 000 afterwards. One in 11 of such ids
    /// still has the right check character, and one good id in 1,100 ends in 000 by itself. Which of the two an id with
    /// a right check character is depends on its source: on how many ids ending in 000 have a wrong one.
    ///
    /// - Returns: per source the odds that such an id is a damaged one.
    static func zeroTailOdds(_ records: RecordTable, field: Int?, _ ids: [[IDFacts]]) -> [Double] {
        guard let field else { return records.sources.map { _ in 0 } }
        let codes = records.columns[field].codes
        return records.sources.indices.map { source in
            var damaged = 0
            var good = 0
            for row in records.starts[source]..<records.starts[source + 1] {
                let id = ids[field][Int(codes[row])]
                if id.isValid { good += 1 } else if id.endsInZeros, !id.checksumHolds { damaged += 1 }
            }
            // Of `damaged / 10` and `good / 1100` expected.
            return Double(damaged) * 110 / Double(max(1, good))
        }
    }
}
