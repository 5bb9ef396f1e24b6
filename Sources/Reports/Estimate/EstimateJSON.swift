package import Records

/// `estimate --json`.
package enum EstimateJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    package static func document(_ estimate: PopulationEstimate, _ language: Language) -> JSON {
        let lists = estimate.lists
        let cells = estimate.cells.indices.dropFirst().map { cell -> JSON in
            let on = lists.indices.filter { cell >> $0 & 1 == 1 }.map { JSON.string(lists[$0]) }
            return .object([("lists", .array(on)), ("persons", .integer(estimate.cells[cell]))])
        }
        return .object([
            ("schema", .integer(schemaVersion)),
            (
                "lists",
                .array(
                    lists.indices.map {
                        .object([("source", .string(lists[$0])), ("persons", .integer(estimate.size(of: $0)))])
                    })
            ),
            ("cells", .array(cells)), ("listed", .integer(estimate.listed)),
            ("estimate", interval(estimate.result.best)), ("linked", interval(estimate.result.linked)),
            ("corrected", estimate.result.corrected.map(interval) ?? .null),
            ("linkage", estimate.linkage.map(linkage) ?? .null),
            ("models", .array(estimate.result.models.map { model($0, lists) })),
            ("strata", .array(estimate.strata.map(strata))),
            (
                "assumptions",
                .array(
                    Assumption.all(of: estimate).map {
                        .object([("title", .string($0.title(language))), ("words", .string($0.words(language)))])
                    })
            ),
        ])
    }

    private static func interval(_ interval: PopulationEstimate.Interval) -> JSON {
        .object([
            ("persons", .decimal(interval.value, places: 2)),
            ("standard_error", .decimal(interval.standardError, places: 2)),
            ("lower", .decimal(interval.lower, places: 1)), ("upper", .decimal(interval.upper, places: 1)),
        ])
    }

    private static func linkage(_ quality: PopulationEstimate.LinkageQuality) -> JSON {
        .object([
            ("precision", .decimal(quality.precision, places: 6)),
            ("precision_margin", .decimal(quality.precisionMargin, places: 6)),
            ("recall", .decimal(quality.recall, places: 6)),
            ("recall_margin", .decimal(quality.recallMargin, places: 6)), ("given", .bool(quality.isGiven)),
        ])
    }

    private static func model(_ model: PopulationEstimate.Model, _ lists: [String]) -> JSON {
        .object([
            ("interactions", .array(model.interactions.map { .array($0.map { .string(lists[$0]) }) })),
            ("deviance", .decimal(model.deviance, places: 4)), ("df", .integer(model.freedom)),
            ("bic", .decimal(model.bic, places: 4)), ("aicc", .decimal(model.aicc, places: 4)),
            ("weight", .decimal(model.weight, places: 6)), ("estimate", interval(model.estimate)),
            ("chosen", .bool(model.isChosen)),
        ])
    }

    private static func strata(_ strata: PopulationEstimate.Strata) -> JSON {
        .object([
            ("field", .string(strata.field)),
            (
                "parts",
                .array(
                    strata.rows.map {
                        .object([
                            ("value", .string($0.name)), ("label", .string($0.label)), ("listed", .integer($0.listed)),
                            ("estimate", interval($0.estimate)),
                        ])
                    })
            ),
            (
                "others",
                .object([
                    ("count", .integer(strata.restCount)), ("listed", .integer(strata.restListed)),
                    ("estimate", strata.rest.map(interval) ?? .null),
                ])
            ),
            ("total", strata.total.map(interval) ?? .null),
        ])
    }
}
