import Foundation
package import Records

extension MatchPlan {
    /// Of all that a model and its counts depend on beside the records, as 16 hex digits: fields, comparators, keys, links, and
    /// the line down to which pairs are kept. Lines and `never` rules may change above it.
    func fingerprint(_ schema: Schema) -> String {
        var hash = StableHash()
        for key in keys { hash.combine("key \(key.description(in: schema)) \(key.atMost.map(String.init) ?? "")") }
        for (comparison, comparator) in zip(comparisons, comparators) {
            hash.combine("field \(schema.fields[comparison.field].name) \(comparator.name)")
            hash.combine((comparison.role ?? comparator.role).rawValue)
            for level in comparator.ladder.levels { hash.combine(level) }
        }
        for word in [link.rawValue, model.rawValue, levels.rawValue, pairBudget.map(String.init) ?? ""] {
            hash.combine(word)
        }
        hash.combine("\(DecisionLines.lowest(decide))")
        return hash.hex
    }

    /// The plan as the run that counted the basis went about it: with the keys that it used, however many pairs they bring now.
    ///
    /// - Returns: `nil` when the basis was counted for another plan.
    func going(onFrom basis: MatchBasis, schema: Schema) -> MatchPlan? {
        guard basis.plan == fingerprint(schema) else { return nil }
        let known = candidates.map { (name: $0.description(in: schema), key: $0) }
        var used: [Key] = []
        for summary in basis.blocking where !summary.isLeftOut {
            guard let key = known.first(where: { $0.name == summary.key })?.key else { return nil }
            used.append(key)
        }
        return blockingOnly(on: used)
    }

    /// As the run that fitted a model went about it; `nil` when that is not known, or the plan was another one.
    package func going(onWith pinned: PinnedModel, schema: Schema) -> MatchPlan? {
        pinned.basis.flatMap { going(onFrom: $0, schema: schema) }
    }

    /// The keys, and all that a key over the budget may be refined to.
    private var candidates: [Key] {
        keys + keys.flatMap { key in keys.flatMap(\.parts).map { Key(key.parts + [$0]) } }
    }
}

extension MatchBasis {
    /// How far what is kept now lies from what was kept then; `nil`: the model still serves.
    func drift(records: Int, levels now: [[Int]], names: [String]) -> ModelDrift? {
        let growth = Double(max(records, self.records)) / Double(max(1, min(records, self.records)))
        if growth > ModelDrift.mostGrowth { return .size(before: self.records, now: records) }
        let worst = zip(names, zip(levels, now)).compactMap { name, pair -> (name: String, index: Double)? in
            Self.stability(pair.0, pair.1).map { (name, $0) }
        }.max { $0.index < $1.index }
        guard let worst, worst.index > ModelDrift.mostShift else { return nil }
        return .levels(field: worst.name, index: worst.index)
    }

    /// Population stability index of two counts of the same levels, missing ones left out: Σ (p − q) ln (p / q).
    private static func stability(_ before: [Int], _ now: [Int]) -> Double? {
        let (before, now) = (before.dropFirst(), now.dropFirst())
        let (sum, sumNow) = (before.reduce(0, +), now.reduce(0, +))
        guard before.count == now.count, min(sum, sumNow) >= ModelDrift.leastPairs else { return nil }
        return zip(before, now).reduce(0) { index, pair in
            // Half a pair on every level keeps an empty one from deciding all.
            let p = (Double(pair.0) + 0.5) / (Double(sum) + 0.5 * Double(before.count))
            let q = (Double(pair.1) + 0.5) / (Double(sumNow) + 0.5 * Double(before.count))
            return index + (p - q) * log(p / q)
        }
    }
}
