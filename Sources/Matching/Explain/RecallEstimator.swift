package import Records

extension BlockingRecallEstimate {
    /// Fewer matches than this say nothing of those that were missed.
    private static let fewest = 30.0
    /// What independent fields leave out; the estimate was within this on every complete rule book with a known truth.
    private static let modelError = 0.005

    /// Capture-recapture without labels: candidate pairs count with their probability of being a match.
    ///
    /// Keys are no independent catches, they share fields. So the fields are taken as the catches: how often each agrees
    /// in matches, in which way, is estimated from the matches found together with those that must have been missed, and
    /// that gives the share that no key finds (`FieldCapture`). Chao's lower bound on the missed (Chao 1987) from the
    /// matches that one and two keys find, and the same estimate with every field for itself, widen the bounds, beside
    /// two standard errors of a Poisson count and an allowance for what the model leaves out.
    ///
    /// - Parameter fitted: a model fitted to the same context.
    package init(_ context: MatchContext, fitted: FittedModel, threads: Int) {
        let plan = context.plan
        let parts = plan.distinctParts
        let met = MetPair.all(
            context, table: fitted.table, parts: parts, of: context.parts, threads: threads
        ).pairs
        self.init(met.map { Catch(weight: $0.posterior, keys: $0.keys, parts: $0.parts) }, plan: plan) {
            context.role(of: $0)
        }
    }

    /// A match, or what may be one, with everything that found it.
    struct Catch: Sendable {
        let weight: Double
        /// Bit k is key k.
        let keys: UInt64
        /// Bit p is part p of the plan's distinct parts.
        let parts: UInt64
    }

    init(_ catches: [Catch], plan: MatchPlan, role: (Int) -> MatchPlan.Role) {
        var keys = [(all: Double, only: Double)](repeating: (0, 0), count: plan.keys.count)
        var byKeys = [Double](repeating: 0, count: plan.keys.count)
        var total = 0.0
        for entry in catches {
            total += entry.weight
            byKeys[max(1, entry.keys.nonzeroBitCount) - 1] += entry.weight
            var rest = entry.keys
            while rest != 0 {
                let key = rest.trailingZeroBitCount
                rest &= rest - 1
                keys[key].all += entry.weight
                if entry.keys.nonzeroBitCount == 1 { keys[key].only += entry.weight }
            }
        }
        let rows = keys.map { Key(matches: $0.all, onlyMatches: $0.only) }
        guard total >= Self.fewest else {
            self.init(keys: rows, matches: total, byKeys: byKeys, recall: nil)
            return
        }
        let parts = plan.distinctParts
        let wanted = plan.keys.map { $0.mask(among: parts) }
        let patterns = FieldCapture.patterns(catches)
        let joint = FieldCapture(patterns, keys: wanted, groups: FieldCapture.groups(parts, role)).found
        let apart = FieldCapture(patterns, keys: wanted, groups: FieldCapture.groups(parts) { _ in .none }).found
        var estimates = [joint, apart]
        if byKeys.count > 1, byKeys[1] > 0 {
            estimates.append(total / (total + byKeys[0] * byKeys[0] / (2 * byKeys[1])))
        }
        let error = Self.modelError + 2 * (total / joint - total + 1).squareRoot() * joint / total
        let lowest = estimates.min() ?? joint
        let highest = estimates.max() ?? joint
        self.init(
            keys: rows, matches: total, byKeys: byKeys,
            recall: .init(value: joint, lower: max(0, lowest - error), upper: min(1, highest + error)))
    }
}

extension FieldCapture {
    /// Weights by pattern of parts, in the order of the patterns.
    static func patterns(_ catches: [BlockingRecallEstimate.Catch]) -> [(parts: UInt64, weight: Double)] {
        var weights: [UInt64: Double] = [:]
        for entry in catches { weights[entry.parts, default: 0] += entry.weight }
        return weights.sorted { $0.key < $1.key }.map { (parts: $0.key, weight: $0.value) }
    }

    /// Parts that agree together: those of one field, of two fields that may be exchanged, and of an address.
    static func groups(_ parts: [MatchPlan.Part], _ role: (Int) -> MatchPlan.Role) -> [UInt64] {
        var groups: [(fields: Set<Int>, mask: UInt64)] = []
        for (index, part) in parts.enumerated() {
            var fields = Set([part.field, part.partner].compactMap { $0 })
            // -1 stands for all fields of an address: people who move change them together.
            if fields.contains(where: { role($0) == .address }) { fields.insert(-1) }
            var mask: UInt64 = 1 << UInt64(index)
            for group in groups where !group.fields.isDisjoint(with: fields) {
                fields.formUnion(group.fields)
                mask |= group.mask
            }
            groups.removeAll { !$0.fields.isDisjoint(with: fields) }
            groups.append((fields, mask))
        }
        return groups.map(\.mask)
    }
}

extension MatchPlan.Key {
    /// The key's parts as bits of a list of parts that holds them all.
    func mask(among parts: [MatchPlan.Part]) -> UInt64 {
        self.parts.reduce(UInt64(0)) { mask, part in
            parts.firstIndex(of: part).map { mask | 1 << UInt64($0) } ?? mask
        }
    }
}

extension MatchContext {
    /// Who shares a field, as it is compared, or as its kind has it.
    func role(of field: Int) -> MatchPlan.Role {
        comparison.entries.first { $0.field == field }?.role
            ?? Comparator.standard(for: records.schema.fields[field].kind).role
    }
}
