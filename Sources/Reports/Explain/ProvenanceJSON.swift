package import Records

/// `qingku explain PERSON --json`.
package enum ProvenanceJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    package static func document(_ person: PersonExplanation) -> JSON {
        .object([
            ("schema", .integer(schemaVersion)), ("person_id", .string(person.person)),
            (
                "retired",
                .array(
                    person.retirements.map {
                        .object([
                            ("person_id", .string($0.person)), ("run", .integer($0.run)), ("into", .string($0.into)),
                        ])
                    })
            ),
            (
                "run",
                .object([
                    ("number", .integer(person.run.id)), ("finished_at", .string(person.run.finishedAt)),
                    ("newest", .bool(person.run.isNewest)), ("tool", .string(person.run.tool)),
                    ("rules_sha256", .string(person.run.rules)),
                ])
            ), ("records", .array(person.members.map(member))),
            ("pairs", .array(person.joins.map { join($0, person) })),
            ("cells", .array(person.cells.map { cell($0, person) })),
            ("notes", .array(person.notes.map(text))),
        ])
    }

    private static func text(_ text: Text) -> JSON {
        .object([("en", .string(text.en)), ("zh", .string(text.zh))])
    }

    private static func name(_ member: Int, _ person: PersonExplanation) -> [(String, JSON)] {
        let key = person.members[member].key
        return [("source", .string(key.source)), ("record_id", .string(key.recordID))]
    }

    private static func member(_ member: PersonExplanation.Member) -> JSON {
        .object([
            ("source", .string(member.key.source)), ("record_id", .string(member.key.recordID)),
            ("batch", delivery(member.delivery)), ("line", .integer(member.line)),
            ("byte", .integer(Int(clamping: member.byteOffset))), ("path", member.path.map { .string($0) } ?? .null),
            ("unchanged_since", member.unchangedSince.map(delivery) ?? .null),
        ])
    }

    private static func delivery(_ delivery: PersonExplanation.Delivery) -> JSON {
        .object([
            ("number", .integer(delivery.batch)), ("file", .string(delivery.file)),
            ("format", .string(delivery.format.rawValue)), ("sha256", .string(delivery.sha256)),
            ("imported_at", .string(delivery.importedAt)), ("imported_by", .string(delivery.importedBy)),
            ("event", .integer(delivery.event)),
        ])
    }

    private static func join(_ join: PersonExplanation.Join, _ person: PersonExplanation) -> JSON {
        .object([
            ("a", .object(name(join.a, person))), ("b", .object(name(join.b, person))),
            (
                "score",
                join.score.map {
                    .object([
                        ("outcome", .string($0.outcome.rawValue)),
                        ("probability", .decimal($0.probability, places: 6)),
                        ("weight", .decimal($0.weight, places: 3)), ("key", .string($0.key)),
                    ])
                } ?? .null
            ),
            (
                "decision",
                join.decision.map {
                    .object([
                        ("decision", .string($0.decision.verdict.rawValue)), ("by", .string($0.decision.by)),
                        ("at", .string($0.decision.at)), ("reason", .string($0.decision.reason)),
                        ("event", .integer($0.event)),
                    ])
                } ?? .null
            ),
        ])
    }

    private static func cell(_ cell: CellProvenance, _ person: PersonExplanation) -> JSON {
        .object([
            ("field", .string(cell.field)), ("value", .string(cell.value)), ("basis", basis(cell.basis)),
            ("rule", .string(cell.rule)), ("summary", text(cell.summary)), ("conflict", .bool(cell.isConflict)),
            ("sources", .array(cell.sources.map { given($0, person) })),
            (
                "against",
                .array(
                    cell.against.map { other in
                        .object([
                            ("value", .string(other.value)), ("reason", reason(other.reason)),
                            ("sources", .array(other.given.map { given($0, person) })),
                        ])
                    })
            ),
        ])
    }

    private static func basis(_ basis: CellProvenance.Basis) -> JSON {
        switch basis {
        case .nothing: .object([("kind", .string("nothing"))])
        case .record: .object([("kind", .string("record"))])
        case .list: .object([("kind", .string("list"))])
        case .repair(let check, let title):
            .object([("kind", .string("repair")), ("check", .string(check)), ("title", text(title))])
        case .derived(let field, let value):
            .object([("kind", .string("derived")), ("from", .string(field)), ("from_value", .string(value))])
        case .presence(let source, let isPresent):
            .object([("kind", .string("presence")), ("source", .string(source)), ("present", .bool(isPresent))])
        case .override(let override, let former):
            .object([
                ("kind", .string("override")), ("by", .string(override.by)), ("at", .string(override.at)),
                ("reason", .string(override.reason)), ("event", .integer(override.event)),
                ("former", .string(former)),
            ])
        }
    }

    private static func reason(_ reason: CellProvenance.Against.Reason) -> JSON {
        switch reason {
        case .rule(let rule, let summary):
            .object([("kind", .string("rule")), ("rule", .string(rule)), ("summary", text(summary))])
        case .saysNothing: .object([("kind", .string("says-nothing"))])
        case .override: .object([("kind", .string("override"))])
        case .derived: .object([("kind", .string("derived"))])
        }
    }

    private static func given(_ given: CellProvenance.Given, _ person: PersonExplanation) -> JSON {
        .object(
            name(given.member, person) + [
                ("field", .string(given.field)), ("column", .string(given.header)), ("raw", .string(given.raw)),
                (
                    "steps",
                    .array(
                        given.steps.map { .object([("step", .string($0.name)), ("text", .string($0.text))]) })
                ), ("normalized", .string(given.normalized)), ("shown", .string(given.shown)),
                (
                    "repair",
                    given.repair.map { .object([("check", .string($0.check)), ("text", .string($0.text))]) } ?? .null
                ),
                (
                    "findings",
                    .array(
                        given.remarks.map {
                            .object([
                                ("id", .string($0.finding)), ("check", .string($0.check)),
                                ("severity", .string($0.severity.rawValue)), ("message", text($0.message)),
                                ("waived_by", $0.waivedBy.map { .string($0) } ?? .null),
                            ])
                        })
                ),
            ])
    }
}
