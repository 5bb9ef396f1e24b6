import Records

/// The rates of `run.json` read back.
struct StoredQuality: Decodable {
    let points: [String: Int]
    let grades: [String: Int]
    let colours: Colours
    let verifiedOn: String?
    let withinDays: Int
    let sources: [Row]
    let all: Row
    let areas: Areas?

    struct Limits: Decodable {
        let green: Double
        let blue: Double
        let yellow: Double

        var limits: ColourLimits { ColourLimits(green: green, blue: blue, yellow: yellow) }
    }

    /// The standard limits, and those of dimensions that have their own, side by side.
    struct Colours: Decodable {
        let standard: ColourLimits
        let byDimension: [Dimension: ColourLimits]

        init(from decoder: any Decoder) throws {
            standard = try Limits(from: decoder).limits
            let container = try decoder.container(keyedBy: Key.self)
            var limits: [Dimension: ColourLimits] = [:]
            for dimension in Dimension.allCases {
                guard let key = Key(stringValue: dimension.rawValue) else { continue }
                limits[dimension] = try container.decodeIfPresent(Limits.self, forKey: key)?.limits
            }
            byDimension = limits
        }

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }

    struct Row: Decodable {
        let records: Int?
        let persons: Int?
        let personsWithErrors: Int?
        let recordsByGrade: [String: Int]?
        let withheld: [String]
        let rates: [String: RunNumbers.Quality.Rate?]
        /// Of an area.
        let level: String?
        let code: String?
        let name: String?
        let rest: Bool?

        var row: QualityRow {
            let isAnyWithheld = !withheld.isEmpty
            return QualityRow(
                records: records, persons: persons, personsWithErrors: personsWithErrors,
                grades: recordsByGrade.map { grades in Grade.allCases.map { grades[$0.rawValue] ?? 0 } } ?? [],
                rates: Dimension.allCases.map { dimension in
                    (rates[dimension.rawValue] ?? nil).map { Rate($0.numerator, of: $0.denominator) }
                }, withheld: isAnyWithheld ? Dimension.allCases.map { withheld.contains($0.rawValue) } : [])
        }
    }

    struct Areas: Decodable {
        let field: String
        let suppressBelow: Int
        let leftOut: Int
        let cutAtTop: Bool
        let withheld: Bool
        let rows: [Row]
    }

    func facts(sources names: [String], fields: [String]) -> QualityFacts {
        let bySource = Dictionary(zip(names, sources.map(\.row))) { first, _ in first }
        return QualityFacts(
            plan: plan(fields), sources: names.compactMap { bySource[$0] }, total: all.row,
            areas: areas.map { areas in
                QualityAreas(
                    field: areas.field, suppressBelow: areas.suppressBelow,
                    rows: areas.rows.map { row in
                        QualityAreas.Area(
                            level: row.level.flatMap(QualityAreas.Level.init) ?? .area, code: row.code ?? "",
                            name: row.name ?? "", isRest: row.rest ?? false, row: row.row)
                    }, leftOut: areas.leftOut, isCutAtTop: areas.cutAtTop, hasWithheld: areas.withheld)
            })
    }

    private func plan(_ fields: [String]) -> QualityPlan {
        let severities: Set = ["error", "warning", "info"]
        return QualityPlan(
            pointsByCheck: points.filter { !severities.contains($0.key) }, errorPoints: points["error"] ?? 0,
            warningPoints: points["warning"] ?? 0, infoPoints: points["info"] ?? 0,
            limits: Grade.allCases.compactMap { grades[$0.rawValue] }, standard: colours.standard,
            byDimension: colours.byDimension, verifiedOn: verifiedOn.flatMap { fields.firstIndex(of: $0) },
            withinDays: withinDays)
    }
}
