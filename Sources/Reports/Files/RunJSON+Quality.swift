import Records

extension RunJSON {
    /// Withheld counts are `null`: the file may travel as far as the page does. Areas are those of the page, `left_out` says
    /// how many more are in `quality.csv`.
    static func quality(_ quality: QualityFacts, _ facts: RunFacts) -> JSON {
        let plan = quality.plan
        return .object([
            ("points", points(plan)),
            (
                "grades",
                .object(
                    zip(Grade.allCases, plan.limits).map { ($0.rawValue, .integer($1)) })
            ),
            ("colours", colours(plan)),
            (
                "verified_on",
                plan.verifiedOn.flatMap { $0 < facts.fields.count ? .string(facts.fields[$0].name) : nil } ?? .null
            ),
            ("within_days", .integer(plan.withinDays)),
            (
                "sources",
                .array(
                    zip(facts.sources, quality.sources).map { source, row in
                        .object([("source", .string(source.name))] + self.row(row, quality))
                    })
            ),
            ("all", .object(row(quality.total, quality))),
            (
                "areas",
                quality.areas.map { areas in
                    let shown = areas.rows(atMost: QualityAreas.shownAtMost)
                    return .object([
                        ("field", .string(areas.field)), ("suppress_below", .integer(areas.suppressBelow)),
                        ("left_out", .integer(areas.rows.count - shown.count)),
                        ("cut_at_top", .bool(areas.hasMoreTops(than: shown.count))),
                        ("withheld", .bool(areas.hasWithheld)),
                        (
                            "rows",
                            .array(
                                shown.map { area in
                                    .object(
                                        [
                                            ("level", .string(area.level.rawValue)), ("code", .string(area.code)),
                                            ("name", .string(area.name)), ("rest", .bool(area.isRest)),
                                        ] + row(area.row, quality))
                                })
                        ),
                    ])
                } ?? .null
            ),
        ])
    }

    private static func row(_ row: QualityRow, _ quality: QualityFacts) -> [(String, JSON)] {
        [
            ("colour", row.colour(quality.plan).map { .string($0.rawValue) } ?? .null),
            ("records", row.records.map(JSON.integer) ?? .null),
            ("persons", row.persons.map(JSON.integer) ?? .null),
            ("persons_with_errors", row.personsWithErrors.map(JSON.integer) ?? .null),
            (
                "records_by_grade",
                row.grades.isEmpty
                    ? .null : .object(zip(Grade.allCases, row.grades).map { ($0.rawValue, .integer($1)) })
            ),
            ("withheld", .array(Dimension.allCases.filter(row.isWithheld).map { .string($0.rawValue) })),
            (
                "rates",
                .object(
                    quality.dimensions.map { dimension in
                        guard let rate = row.rate(dimension), let share = rate.share else {
                            return (dimension.rawValue, .null)
                        }
                        return (
                            dimension.rawValue,
                            .object([
                                ("numerator", .integer(rate.part)), ("denominator", .integer(rate.whole)),
                                ("rate", .decimal(share, places: 6)),
                                (
                                    "colour",
                                    quality.plan.colour(rate, of: dimension).map { .string($0.rawValue) } ?? .null
                                ),
                            ])
                        )
                    })
            ),
        ]
    }

    private static func points(_ plan: QualityPlan) -> JSON {
        .object(
            [
                ("error", .integer(plan.errorPoints)), ("warning", .integer(plan.warningPoints)),
                ("info", .integer(plan.infoPoints)),
            ] + plan.pointsByCheck.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
    }

    private static func colours(_ plan: QualityPlan) -> JSON {
        func limits(_ limits: ColourLimits) -> [(String, JSON)] {
            [
                ("green", .decimal(limits.green, places: 4)), ("blue", .decimal(limits.blue, places: 4)),
                ("yellow", .decimal(limits.yellow, places: 4)),
            ]
        }
        return .object(
            limits(plan.standard)
                + Dimension.allCases.compactMap { dimension in
                    plan.byDimension[dimension].map { (dimension.rawValue, .object(limits($0))) }
                })
    }
}
