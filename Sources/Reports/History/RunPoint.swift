package import Records

/// The counts of one run as the audit trail keeps them. Trends, bulletins and what changed since the run before are drawn from
/// these, also when the files of the run are long gone. Names no record; small groups are withheld here as in the run's report.
package struct RunPoint: Sendable, Hashable, Codable {
    package struct Counts: Sendable, Hashable, Codable {
        package let records: Int
        package let persons: Int
        package let errors: Int
        package let omissions: Int
        package let duplicates: Int
        package let waived: Int
        package let pairsToReview: Int
    }

    /// The rates of all, a source or an area.
    package struct Row: Sendable, Hashable, Codable {
        package enum Scope: String, Sendable, Codable {
            case all
            case source
            case area
        }

        package let scope: Scope
        /// Of a source its name, of an area its code (empty: not known, or an area that has none).
        package let code: String
        /// Of an area; empty where it has none.
        package let name: String
        /// Of an area, as `QualityAreas.Level`.
        package let level: String
        /// Records of an area of which it is not known where in it they belong.
        package let isRest: Bool
        /// `nil`: withheld. So are persons, persons with errors, and the dimensions under `withheld`.
        package let records: Int?
        package let persons: Int?
        package let personsWithErrors: Int?
        /// Numerator and denominator by dimension.
        package let rates: [String: [Int]]
        package let withheld: [String]

        package func rate(_ dimension: Dimension) -> Rate? {
            guard let pair = rates[dimension.rawValue], pair.count == 2 else { return nil }
            return Rate(pair[0], of: pair[1])
        }

        package func isWithheld(_ dimension: Dimension) -> Bool { withheld.contains(dimension.rawValue) }

        /// What makes it the same row in another run.
        package var key: [String] { Self.key(scope, level: level, code: code, name: name, isRest: isRest) }

        package static func key(of area: QualityAreas.Area) -> [String] {
            key(.area, level: area.level.rawValue, code: area.code, name: area.name, isRest: area.isRest)
        }

        private static func key(_ scope: Scope, level: String, code: String, name: String, isRest: Bool) -> [String] {
            [scope.rawValue, level, code, isRest ? "rest" : "", code.isEmpty ? name : ""]
        }
    }

    /// What one office has to correct, and what it made of what it was sent before.
    package struct Office: Sendable, Hashable, Codable {
        package let source: String
        package let errors: Int
        package let omissions: Int
        /// Corrections that the run made for it.
        package let corrections: Int
        /// By `FollowUpStatus`; empty where no answer has come.
        package let answers: [String: Int]

        package func answers(_ status: FollowUpStatus) -> Int { answers[status.rawValue] ?? 0 }
    }

    package let run: Int
    /// The day that the data of the run describe, `YYYY-MM-DD`.
    package let asOf: String
    /// The local day of the run, by which it belongs to a week, month or quarter; empty before it is stored.
    package var day = ""
    package let counts: Counts
    /// All, the sources, the areas.
    package let rows: [Row]
    package let offices: [Office]
    /// Groups of fewer were withheld.
    package let suppressBelow: Int
    /// Against the run before; `nil` for the first.
    package var since: RunShift?

    package var all: Row? { rows.first { $0.scope == .all } }
}

extension RunPoint {
    /// Areas as the report shows them: there is no place where more of them can be read and subtracted.
    package init(_ facts: RunFacts) {
        run = facts.run
        asOf = facts.day
        counts = Counts(
            records: facts.records, persons: facts.persons, errors: facts.wrong,
            omissions: facts.findings(Finding.Kind.omission), duplicates: facts.findings(Finding.Kind.duplicate),
            waived: facts.waived, pairsToReview: facts.pairsToReview)
        var rows: [Row] = []
        if let quality = facts.quality {
            rows.append(Row(.all, "", quality.total))
            rows += zip(facts.sources, quality.sources).map { Row(.source, $0.name, $1) }
            rows += (quality.areas?.rows(atMost: QualityAreas.shownAtMost) ?? []).map(Row.init)
        }
        self.rows = rows
        offices = facts.sources.enumerated().map { index, source in
            func count(_ kind: Finding.Kind) -> Int {
                (facts.checks + facts.issues).filter { $0.kind == kind && $0.severity > .info }.reduce(0) {
                    $0 + (index < $1.bySource.count ? $1.bySource[index] : 0)
                }
            }
            let answers = facts.followUp?.sources.first { $0.source == source.name }?.counts ?? [:]
            return Office(
                source: source.name, errors: count(.error), omissions: count(.omission),
                corrections: facts.corrections.first { $0.source == source.name }?.total ?? 0,
                answers: Dictionary(uniqueKeysWithValues: answers.map { ($0.rawValue, $1) }))
        }
        suppressBelow = facts.quality?.areas?.suppressBelow ?? 0
        since = facts.since
    }
}

extension RunPoint.Row {
    fileprivate init(_ scope: Scope, _ code: String, _ row: QualityRow) {
        self.init(scope, code: code, name: "", level: "", isRest: false, row)
    }

    fileprivate init(_ area: QualityAreas.Area) {
        self.init(
            .area, code: area.code, name: area.name, level: area.level.rawValue, isRest: area.isRest, area.row)
    }

    private init(_ scope: Scope, code: String, name: String, level: String, isRest: Bool, _ row: QualityRow) {
        self.scope = scope
        self.code = code
        self.name = name
        self.level = level
        self.isRest = isRest
        records = row.records
        persons = row.persons
        personsWithErrors = row.personsWithErrors
        rates = Dictionary(
            uniqueKeysWithValues: Dimension.allCases.compactMap { dimension in
                row.rate(dimension).map { (dimension.rawValue, [$0.part, $0.whole]) }
            })
        withheld = Dimension.allCases.filter(row.isWithheld).map(\.rawValue)
    }
}
