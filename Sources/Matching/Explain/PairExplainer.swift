import Foundation
package import Records

extension PairExplanation {
    /// Everything that is known of two rows.
    ///
    /// - Parameters:
    ///   - matches: the result of matching the same records with the same model and decisions.
    ///   - decisions: live ones.
    package init(
        _ first: Int, _ second: Int, context: MatchContext, fitted: FittedModel, matches: Matches,
        decisions: [Decision]
    ) {
        let pair = RowPair(UInt32(min(first, second)), UInt32(max(first, second)))
        let (a, b) = (Int(pair.a), Int(pair.b))
        let pattern = context.comparison.patterns(of: [pair])[0]
        var scratch = fitted.table.scratch
        let probability = fitted.table.posterior(pattern, scratch: &scratch).match
        let shown = matches.pairs.first { $0.a == pair.a && $0.b == pair.b }
        let isTogether = matches.groups[a] == matches.groups[b]
        let outcome: Outcome
        switch shown?.outcome {
        case .decidedSame: outcome = .decidedSame
        case .decidedDifferent: outcome = .decidedDifferent
        case .heldApart: outcome = .heldApart
        case .review: outcome = .review
        case .merged, nil:
            if isTogether {
                let line = matches.model.mergeLine ?? .infinity
                outcome = shown != nil && probability >= line ? .merged : .mergedThroughOthers
            } else {
                let isBrought = context.plan.keys.contains { key in
                    KeyVerdict(key, a, b, columns: context.columns, schema: context.records.schema).bringsTogether
                }
                outcome = context.walk.links(pair) && isBrought ? .apart : .notCompared
            }
        }
        self.init(
            pair, pattern: pattern, context: context, classes: fitted.classes, table: fitted.table,
            lines: (matches.model.mergeLine, matches.model.reviewLine),
            decision: decisions.last { Set([$0.a, $0.b]) == [context.records.key(a), context.records.key(b)] },
            outcome: outcome, groupSize: isTogether ? matches.groups.count { $0 == matches.groups[a] } : 0)
    }

    /// - Parameters:
    ///   - pattern: the levels that the two reach.
    ///   - lines: probabilities of the run.
    init(
        _ pair: RowPair, pattern: UInt64, context: MatchContext, classes: [ModelClass], table: ClassTable,
        lines: (merge: Double?, review: Double), decision: Decision?, outcome: Outcome, groupSize: Int
    ) {
        let (plan, records, schema) = (context.plan, context.records, context.records.schema)
        let (a, b) = (Int(pair.a), Int(pair.b))
        var scratch = table.scratch
        let weights = Weights(context.comparison.entries, pattern: pattern, classes: classes)
        let calibrated = table.calibration.map { calibration in
            Calibrated(
                decisions: calibration.decisions,
                weight: calibration.shift / log(2) + (calibration.slope - 1) * weights.fair.total)
        }
        self.init(
            a: records.key(a), b: records.key(b), prior: weights.fair.prior,
            fields: context.comparison.entries.enumerated().map { index, entry in
                func value(_ row: Int) -> String {
                    let column = context.columns[entry.field]
                    return column.values[column.codes[row]]
                }
                func isInferred(_ row: Int) -> Bool {
                    let own = records.columns[entry.field]
                    return !value(row).isEmpty && value(row) != own.values[own.codes[row]]
                }
                return FieldWeight(
                    field: schema.fields[entry.field].name,
                    level: entry.comparator.ladder.levels[Int(pattern >> UInt64(index * 4) & 15)], a: value(a),
                    b: value(b), rawA: records.raw(a, entry.field), rawB: records.raw(b, entry.field),
                    isInferredA: isInferred(a), isInferredB: isInferred(b), weight: weights.fields[index],
                    frequency: weights.frequencies[index])
            }, calibrated: calibrated, total: weights.fair.total + (calibrated?.weight ?? 0),
            probability: table.posterior(pattern, scratch: &scratch).match,
            mergeLine: lines.merge, reviewLine: lines.review,
            classes: Self.shares(pattern, classes, table, plan: plan, schema: schema),
            keys: plan.keys.map { KeyVerdict($0, a, b, columns: context.columns, schema: schema) },
            isLinked: context.walk.links(pair),
            never: plan.never.compactMap { NeverRule($0, a, b, records: records) },
            decision: decision, outcome: outcome, groupSize: groupSize,
            changes: Turning(
                context.comparison.entries.map(\.comparator.ladder), table: table, pattern: pattern,
                line: lines.merge ?? lines.review
            ).changes(names: context.comparison.entries.map { schema.fields[$0.field].name }))
    }

    /// Each field's share of the weight, and of that what the frequency of the agreed value is worth.
    private struct Weights {
        let fair: FairShares
        let fields: [Double]
        let frequencies: [Double?]

        init(_ entries: [PairComparison.Entry], pattern: UInt64, classes: [ModelClass]) {
            let present = entries.indices.filter { pattern >> UInt64($0 * 4) & 15 != 0 }
            let shares = classes.map { (share: max($0.share, ClassTable.shareFloor), isMatch: $0.isMatch) }
            func level(_ field: Int) -> Int { Int(pattern >> UInt64(field * 4) & 15) }
            func probabilities(_ field: Int, _ levels: ClosedRange<Int>) -> [Double] {
                classes.map { entry in levels.reduce(0) { $0 + max(entry.levels[field][$1], ClassTable.levelFloor) } }
            }
            let rows = present.map { probabilities($0, level($0)...level($0)) }
            fair = FairShares(shares, fields: rows)
            var fields = [Double](repeating: 0, count: entries.count)
            var frequencies = [Double?](repeating: nil, count: entries.count)
            for (place, field) in present.enumerated() {
                fields[field] = fair.shares[place]
                let exact = entries[field].comparator.ladder.exact
                if exact.count == 1 || !exact.contains(level(field)) { continue }
                // The same pair if it were only known that the values agree.
                var pooled = rows
                pooled[place] = probabilities(field, exact)
                frequencies[field] = fair.shares[place] - FairShares(shares, fields: pooled).shares[place]
            }
            self.fields = fields
            self.frequencies = frequencies
        }
    }

    private static func shares(
        _ pattern: UInt64, _ classes: [ModelClass], _ table: ClassTable, plan: MatchPlan, schema: Schema
    ) -> [ClassShare] {
        zip(classes, table.shares(of: pattern)).map { entry, share in
            ClassShare(name: entry.label(plan, schema), isMatch: entry.isMatch, share: share)
        }.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(\.element)
    }
}

extension PairExplanation.KeyVerdict {
    init(_ key: MatchPlan.Key, _ a: Int, _ b: Int, columns: MatchColumns, schema: Schema) {
        self.init(
            key: key.description(in: schema),
            parts: key.parts.map { part in
                let (left, right) = (part.texts(of: a, columns), part.texts(of: b, columns))
                return Part(
                    name: MatchPlan.Key([part]).description(in: schema), a: Self.shown(left), b: Self.shown(right),
                    agrees: !left.isEmpty && left == right)
            })
    }
}

extension PairExplanation.KeyVerdict {
    /// Keys of addresses have marks between their parts, also where a part is empty; people see one dash.
    private static func shown(_ texts: [String]) -> String {
        texts.map { text in
            text.split { $0 == "|" || $0 == "#" }.joined(separator: "-")
        }.joined(separator: " / ")
    }
}

extension MatchPlan.Part {
    /// What a row has to share with another one: one text, two for fields taken together, none when one is missing.
    fileprivate func texts(of row: Int, _ columns: MatchColumns) -> [String] {
        let transform = transform.flatMap(KeyTransform.named)
        let texts = [field, partner].compactMap { $0 }.compactMap { field -> String? in
            let column = columns[field]
            let value = column.values[column.codes[row]]
            if value.isEmpty { return nil }
            guard let transform else { return value }
            return transform.key(value).flatMap { $0.isEmpty ? nil : $0 }
        }
        return texts.count == (partner == nil ? 1 : 2) ? texts.sorted() : []
    }
}

extension PairExplanation.NeverRule {
    /// `nil` where the two do not break the rule.
    init?(_ rule: MatchPlan.Never, _ a: Int, _ b: Int, records: RecordTable) {
        let values = Grouping.identity(rule, records: records)
        guard values[a] != 0, values[b] != 0, values[a] != values[b] else { return nil }
        self.init(
            field: records.schema.fields[rule.field].name, condition: rule.condition.rawValue,
            a: records.value(a, rule.field), b: records.value(b, rule.field))
    }
}
