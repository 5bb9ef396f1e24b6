package import Records

/// `qingku explain --json`.
package enum ExplanationJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    package static func document(_ pair: PairExplanation) -> JSON {
        .object([
            ("schema", .integer(schemaVersion)), ("a", record(pair.a)), ("b", record(pair.b)),
            ("outcome", .string(pair.outcome.rawValue)), ("group_size", .integer(pair.groupSize)),
            ("probability", .decimal(pair.probability, places: 9)),
            ("merge_line", pair.mergeLine.map { .decimal($0, places: 6) } ?? .null),
            ("review_line", .decimal(pair.reviewLine, places: 6)),
            ("prior", .decimal(pair.prior, places: 9)), ("fields", .array(pair.fields.map(field))),
            (
                "calibration",
                pair.calibrated.map {
                    .object([("decisions", .integer($0.decisions)), ("weight", .decimal($0.weight, places: 9))])
                } ?? .null
            ),
            ("total", .decimal(pair.total, places: 9)),
            (
                "classes",
                .array(
                    pair.classes.map {
                        .object([
                            ("name", .string($0.name)), ("is_match", .bool($0.isMatch)),
                            ("share", .decimal($0.share, places: 9)),
                        ])
                    })
            ), ("keys", .array(pair.keys.map(key))), ("linked", .bool(pair.isLinked)),
            (
                "never",
                .array(
                    pair.never.map {
                        .object([
                            ("field", .string($0.field)), ("condition", .string($0.condition)), ("a", .string($0.a)),
                            ("b", .string($0.b)),
                        ])
                    })
            ), ("decision", pair.decision.map(decision) ?? .null), ("changes", .array(pair.changes.map(change))),
        ])
    }

    private static func record(_ key: RecordKey) -> JSON {
        .object([("source", .string(key.source)), ("record_id", .string(key.recordID))])
    }

    private static func field(_ field: PairExplanation.FieldWeight) -> JSON {
        .object([
            ("field", .string(field.field)), ("level", .string(field.level)), ("a", .string(field.a)),
            ("b", .string(field.b)), ("raw_a", .string(field.rawA)), ("raw_b", .string(field.rawB)),
            ("inferred_a", .bool(field.isInferredA)), ("inferred_b", .bool(field.isInferredB)),
            ("weight", .decimal(field.weight, places: 9)),
            ("frequency", field.frequency.map { .decimal($0, places: 9) } ?? .null),
        ])
    }

    private static func key(_ key: PairExplanation.KeyVerdict) -> JSON {
        .object([
            ("key", .string(key.key)), ("brings_together", .bool(key.bringsTogether)),
            (
                "parts",
                .array(
                    key.parts.map {
                        .object([
                            ("part", .string($0.name)), ("a", .string($0.a)), ("b", .string($0.b)),
                            ("agrees", .bool($0.agrees)),
                        ])
                    })
            ),
        ])
    }

    private static func decision(_ decision: Decision) -> JSON {
        .object([
            ("decision", .string(decision.verdict.rawValue)), ("by", .string(decision.by)),
            ("reason", .string(decision.reason)), ("at", .string(decision.at)),
        ])
    }

    private static func change(_ change: PairExplanation.Change) -> JSON {
        .object([
            (
                "fields",
                .array(
                    change.fields.map {
                        .object([("field", .string($0.field)), ("from", .string($0.from)), ("to", .string($0.to))])
                    })
            ), ("probability", .decimal(change.probability, places: 9)),
        ])
    }
}
