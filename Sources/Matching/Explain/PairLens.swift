package import Records

/// What a finished run knows of pairs, to explain one of them without reading the other records: the levels that two records
/// reach stand in its list of pairs, and what a level is worth in its model.
package struct PairLens: Sendable {
    /// The compared fields with the names of their levels, `missing` first.
    package let fields: [PinnedModel.Field]
    private let plan: MatchPlan
    private let model: PinnedModel
    package let lines: (merge: Double?, review: Double)
    private let calibration: Calibration?
    private let table: ClassTable
    /// Per compared field, a bit for each level that says "equal" or "missing".
    private let equal: [UInt16]
    /// Per compared field, level by name.
    private let levels: [[String: UInt64]]

    /// - Parameters:
    ///   - model: of the run.
    ///   - lines: probabilities from which the run merged and put before people.
    ///   - calibration: how its probabilities are read; `nil`: as they are.
    package init(
        plan: MatchPlan, model: PinnedModel, lines: (merge: Double?, review: Double), calibration: Calibration? = nil
    ) {
        self.calibration = calibration
        table = ClassTable(model.plainClasses)
        self.plan = plan
        self.model = model
        self.lines = lines
        fields = model.fields
        levels = model.fields.map { field in
            Dictionary(field.levels.enumerated().map { ($1, UInt64($0)) }) { first, _ in first }
        }
        equal = model.fields.map { field in
            let exact = Comparator.named(field.comparator).map { ladder in
                ladder.ladder.exact.map { ladder.ladder.levels[$0] }
            }
            return field.levels.enumerated().reduce(1) { bits, level in
                exact?.contains(level.element) ?? (level.offset + 1 == field.levels.count)
                    ? bits | 1 << UInt16(level.offset) : bits
            }
        }
    }

    /// Four bits a compared field, from the names of the levels; a name that is not known counts as missing.
    package func pattern(_ names: [String]) -> UInt64 {
        zip(levels, names).enumerated().reduce(0) { pattern, field in
            pattern | (field.element.0[field.element.1] ?? 0) << UInt64(field.offset * 4)
        }
    }

    /// A bit a compared field: its values are there and not equal.
    package func differing(_ pattern: UInt64) -> UInt64 {
        equal.enumerated().reduce(0) { bits, field in
            let level = pattern >> UInt64(field.offset * 4) & 15
            return field.element >> level & 1 == 0 ? bits | 1 << UInt64(field.offset) : bits
        }
    }

    /// What the model itself says of a pattern, whatever calibration there is: the natural logarithm of the odds.
    package func modelLogit(_ pattern: UInt64) -> Double {
        var scratch = table.scratch
        return Calibration.logit(table.posterior(pattern, scratch: &scratch).match)
    }

    /// - Parameter records: the two, and no others.
    /// - Throws: `E-MATCH-001` when the model is of other rules.
    package func explanation(
        of records: RecordTable, pattern: UInt64, decision: Decision?, outcome: PairExplanation.Outcome, groupSize: Int
    ) throws -> PairExplanation {
        let context = MatchContext(records, plan: plan, threads: 1)
        let classes = try model.classes(for: context.plan, schema: records.schema)
        return PairExplanation(
            RowPair(0, 1), pattern: pattern, context: context, classes: classes,
            table: ClassTable(classes, calibration: calibration), lines: lines, decision: decision, outcome: outcome,
            groupSize: groupSize)
    }
}
