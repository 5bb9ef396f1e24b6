import Records

/// The difference of two runs for machines.
package enum DifferenceJSON {
    /// - Parameter files: tables that were written beside it.
    package static func document(_ difference: RunDifference, files: [OutputFile] = []) -> JSON {
        .object([
            ("schema", .integer(1)),
            ("before", side(difference.before)),
            ("after", side(difference.after)),
            ("counts", counts(difference)),
            ("findings", findings(difference.findings)),
            ("persons", persons(difference.persons)),
            ("cells", cells(difference.cells)),
            (
                "corrections",
                .array(
                    difference.corrections.map { office in
                        .object(
                            [("source", .string(office.source))]
                                + FollowUpStatus.allCases.map { ($0.rawValue, .integer(office.counts[$0] ?? 0)) })
                    })
            ),
            ("drift", drift(difference.drift)),
            ("alarms", alarms(difference.alarms)),
            (
                "outputs",
                .array(
                    files.map {
                        .object([
                            ("file", .string($0.name)), ("rows", $0.rows.map(JSON.integer) ?? .null),
                            ("sha256", .string($0.sha256)),
                        ])
                    })
            ),
        ])
    }

    private static func side(_ side: RunDifference.Side) -> JSON {
        .object([
            ("run", .integer(side.run)), ("finished_at", .string(side.finishedAt)),
            ("rules_sha256", .string(side.rules)), ("tool", .string(side.tool)),
            (
                "inputs",
                .array(
                    side.account.inputs.map {
                        .object([
                            ("source", .string($0.source)), ("file", .string($0.file)),
                            ("records", .integer($0.records)),
                        ])
                    })
            ),
        ])
    }

    private static func counts(_ difference: RunDifference) -> JSON {
        .object(
            DifferenceCounts.all(difference).map { count in
                (count.name, .object([("before", .integer(count.before)), ("after", .integer(count.after))]))
            })
    }

    static func cells(_ cells: [CellShift]) -> JSON {
        func sum(_ path: KeyPath<CellShift, Int>) -> JSON { .integer(cells.reduce(0) { $0 + $1[keyPath: path] }) }
        return .object([
            ("changed", sum(\.changed)), ("filled", sum(\.filled)), ("emptied", sum(\.emptied)),
            (
                "by_field",
                .array(
                    cells.map {
                        .object([
                            ("field", .string($0.field)), ("changed", .integer($0.changed)),
                            ("filled", .integer($0.filled)), ("emptied", .integer($0.emptied)),
                        ])
                    })
            ),
        ])
    }

    static func alarms(_ alarms: [Alarm]) -> JSON {
        .array(
            alarms.map {
                .object([
                    ("alarm", .string($0.name)), ("measured", .decimal($0.measured, places: 4)),
                    ("limit", .decimal($0.limit, places: 4)), ("text", .string($0.text.en)),
                    ("text_zh", .string($0.text.zh)),
                ])
            })
    }

    static func findings(_ findings: [FindingShift]) -> JSON {
        func numbers(_ number: (KeyPath<FindingShift, Int>) -> Int) -> [(String, JSON)] {
            [
                ("new", .integer(number(\.new))), ("returned", .integer(number(\.returned))),
                ("open", .integer(number(\.open))), ("healed", .integer(number(\.healed))),
                ("vanished", .integer(number(\.vanished))),
            ]
        }
        return .object(
            numbers { path in findings.reduce(0) { $0 + $1[keyPath: path] } } + [
                (
                    "by_check",
                    .array(
                        findings.map { shift in
                            .object(
                                [
                                    ("check", .string(shift.check)), ("kind", .string(shift.kind.rawValue)),
                                    ("severity", .string(shift.severity.rawValue)), ("source", .string(shift.source)),
                                ] + numbers { shift[keyPath: $0] })
                        })
                )
            ])
    }

    private static func persons(_ persons: PersonShift) -> JSON {
        .object(
            [("kept", .integer(persons.kept))]
                + PersonShift.Change.allCases.map { ($0.rawValue, .integer(persons.count($0))) })
    }

    static func drift(_ drift: Drift) -> JSON {
        func moves(_ moves: [Drift.Move], places: Int) -> JSON {
            .array(moves.map { move($0, places: places) })
        }
        func move(_ move: Drift.Move, places: Int) -> JSON {
            .object([
                ("name", .string(move.name)),
                ("before", move.before.map { .decimal($0, places: places) } ?? .null),
                ("after", move.after.map { .decimal($0, places: places) } ?? .null),
            ])
        }
        return .object([
            ("volumes", moves(drift.volumes, places: 0)),
            ("completeness", moves(drift.completeness, places: 6)),
            ("quality", moves(drift.quality, places: 6)),
            ("blocking_distance", drift.blocking.map { .decimal($0, places: 6) } ?? .null),
            ("blocking_keys", moves(drift.keys, places: 6)),
            (
                "largest_weight_move",
                drift.weight.map {
                    .object([
                        ("field", .string($0.field)), ("level", .string($0.level)),
                        ("before", .decimal($0.before, places: 4)), ("after", .decimal($0.after, places: 4)),
                    ])
                } ?? .null
            ),
            ("group_size_distance", .decimal(drift.groups, places: 6)),
            ("largest_group", move(drift.largestGroup, places: 0)),
        ])
    }
}
