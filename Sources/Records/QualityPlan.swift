/// How good data are called: points for a record's findings, grades for its points, colours for rates.
///
/// Everything here is about data. No person is graded.
package struct QualityPlan: Sendable, Hashable {
    /// Points of a finding by its check; overrides those by severity.
    package var pointsByCheck: [String: Int]
    package var errorPoints: Int
    package var warningPoints: Int
    package var infoPoints: Int
    /// The most points of a record with grade A, B and C; more are grade D.
    package var limits: [Int]
    /// The lowest rates that are green, blue and yellow; below is red.
    package var standard: ColourLimits
    package var byDimension: [Dimension: ColourLimits]
    /// The date field that says when somebody last looked whether the record is true.
    package var verifiedOn: Int?
    /// Days before the day its export describes within which a record counts as verified.
    package var withinDays: Int

    package init(
        pointsByCheck: [String: Int] = [:], errorPoints: Int = 5, warningPoints: Int = 2, infoPoints: Int = 0,
        limits: [Int] = [0, 3, 8], standard: ColourLimits = ColourLimits(),
        byDimension: [Dimension: ColourLimits] = [.soundness: ColourLimits(green: 0.95, blue: 0.9, yellow: 0.8)],
        verifiedOn: Int? = nil, withinDays: Int = 365
    ) {
        self.pointsByCheck = pointsByCheck
        self.errorPoints = errorPoints
        self.warningPoints = warningPoints
        self.infoPoints = infoPoints
        self.limits = limits
        self.standard = standard
        self.byDimension = byDimension
        self.verifiedOn = verifiedOn
        self.withinDays = withinDays
    }

    /// That a record is there twice says nothing against what is written in it: duplicates count only where the rule
    /// book gives their check points. That another office lacks the person says nothing against this office's record either.
    package func points(_ finding: Finding) -> Int {
        if let points = pointsByCheck[finding.check] { return points }
        if finding.kind == .duplicate || Finding.absence(of: finding.check) != nil { return 0 }
        switch finding.severity {
        case .error: return errorPoints
        case .warning: return warningPoints
        case .info: return infoPoints
        }
    }

    package func grade(points: Int) -> Grade {
        let place = limits.firstIndex { points <= $0 } ?? limits.count
        return Grade.allCases[min(place, Grade.allCases.count - 1)]
    }

    /// `nil` for the rate of nothing.
    package func colour(_ rate: Rate, of dimension: Dimension) -> Colour? {
        rate.share.map { (byDimension[dimension] ?? standard).colour($0) }
    }
}

/// What of the data a rate is about.
package enum Dimension: String, Sendable, CaseIterable {
    /// Cells with a value, of the cells that have to have one: those of required fields, or of all fields where the rule
    /// book requires none.
    case completeness
    /// Values that have the form their field asks for, of all values.
    case validity
    /// Different persons, of the records of a source.
    case uniqueness
    /// Records in which no well-written value contradicts another one or a rule.
    case consistency
    /// Records that were verified within the rule book's period, of those of sources that say when.
    case timeliness
    /// Values that no check finds wrong, of all values.
    case accuracy
    /// Records of grade A or B, of all records.
    case soundness
    /// Persons of whom a record was verified within the rule book's period.
    case verification
}

/// 绿 蓝 黄 红, best first.
package enum Colour: String, Sendable, CaseIterable, Comparable {
    case green
    case blue
    case yellow
    case red

    package static func < (left: Colour, right: Colour) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .green: 0
        case .blue: 1
        case .yellow: 2
        case .red: 3
        }
    }
}

/// The lowest rate of each colour, from 0 to 1, falling; below `yellow` is red.
package struct ColourLimits: Sendable, Hashable {
    package var green: Double
    package var blue: Double
    package var yellow: Double

    package init(green: Double = 0.98, blue: Double = 0.95, yellow: Double = 0.9) {
        self.green = green
        self.blue = blue
        self.yellow = yellow
    }

    package func colour(_ share: Double) -> Colour {
        share >= green ? .green : share >= blue ? .blue : share >= yellow ? .yellow : .red
    }
}

/// A part of a whole, both kept.
package struct Rate: Sendable, Hashable {
    package var part: Int
    package var whole: Int

    package init(_ part: Int, of whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// `nil` when there is nothing to take a part of.
    package var share: Double? { whole > 0 ? Double(part) / Double(whole) : nil }
}
