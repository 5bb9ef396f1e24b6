import Records

extension RunJSON {
    /// Withheld numbers are `null`.
    static func overlap(_ overlap: OverlapFacts, _ facts: RunFacts) -> JSON {
        .object([
            ("suppress_below", .integer(overlap.suppressBelow)),
            (
                "sets",
                .array(
                    overlap.sets.map { set in
                        .object([
                            (
                                "sources",
                                .array(
                                    set.sources.filter { $0 < facts.sources.count }.map {
                                        .string(facts.sources[$0].name)
                                    })
                            ),
                            ("persons", set.persons.map(JSON.integer) ?? .null),
                        ])
                    })
            ),
        ])
    }

    /// `null` where an estimate is beyond all bounds: a fit without an answer is no number of persons.
    static func population(_ population: PopulationFacts) -> JSON {
        guard population.linked.isNumber, population.corrected?.isNumber ?? true else { return .null }
        return .object([
            ("lists", .array(population.lists.map(JSON.string))), ("listed", .integer(population.listed)),
            ("linked", interval(population.linked)), ("corrected", population.corrected.map(interval) ?? .null),
            (
                "models",
                .array(
                    population.models.filter(\.estimate.isNumber).map { model in
                        .object([
                            ("interactions", .array(model.interactions.map { .array($0.map(JSON.integer)) })),
                            ("deviance", .decimal(model.deviance, places: 4)), ("freedom", .integer(model.freedom)),
                            ("bic", .decimal(model.bic, places: 4)), ("aicc", .decimal(model.aicc, places: 4)),
                            ("weight", .decimal(model.weight, places: 6)), ("estimate", interval(model.estimate)),
                            ("is_chosen", .bool(model.isChosen)),
                        ])
                    })
            ),
        ])
    }

    private static func interval(_ interval: PopulationEstimate.Interval) -> JSON {
        .object([
            ("value", .decimal(interval.value, places: 2)),
            ("standard_error", .decimal(interval.standardError, places: 2)),
            ("lower", .decimal(interval.lower, places: 2)), ("upper", .decimal(interval.upper, places: 2)),
        ])
    }

    /// What changed since the run before, as `qingku compare` says it.
    static func since(_ since: RunShift) -> JSON {
        .object([
            ("run", .integer(since.before)),
            ("findings", DifferenceJSON.findings(since.findings)),
            (
                "persons",
                since.persons.map {
                    .object([
                        ("kept", .integer($0.kept)), ("new", .integer($0.new)), ("returned", .integer($0.returned)),
                        ("merged", .integer($0.merged)), ("split", .integer($0.split)), ("gone", .integer($0.gone)),
                    ])
                } ?? .null
            ),
            ("cells", since.cells.map(DifferenceJSON.cells) ?? .null),
            ("drift", since.drift.map(DifferenceJSON.drift) ?? .null),
            ("alarms", DifferenceJSON.alarms(since.alarms)),
        ])
    }
}

extension PopulationEstimate.Interval {
    /// Small enough to be written with its decimals.
    fileprivate var isNumber: Bool {
        [value, standardError, lower, upper].allSatisfy { $0.isFinite && $0.magnitude < 1e12 }
    }
}
