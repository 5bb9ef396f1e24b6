import Records

/// The keys a run blocks on, with the number of pairs of each, known before anything is compared: those of the rule book,
/// but a key over the budget is refined with a part of another key, or left out when no part brings it within.
struct BlockingKeys: Sendable {
    /// A key that did not stay as it was written.
    struct Change: Sendable {
        let written: MatchPlan.Key
        /// `nil`: left out.
        let refined: MatchPlan.Key?
        let pairs: Int
        /// Pairs the refined key brings.
        let refinedPairs: Int
        let largestBlock: Int
    }

    let keys: [MatchPlan.Key]
    /// Parallel to `keys`.
    let runs: [Runs]
    let changes: [Change]
    /// Loose keys that bring more pairs a record than they are meant for.
    let tooLoose: [(key: MatchPlan.Key, pairs: Int, largestBlock: Int)]
    let budget: Int

    init(_ plan: MatchPlan, parts: KeyParts, rows: Int, threads: Int) {
        let budget = plan.pairBudget ?? max(200_000_000, rows * 200)
        let written = Parallel.map(plan.keys.count, threads: threads) { Runs(parts.values(of: plan.keys[$0].parts)) }
        var keys: [MatchPlan.Key] = []
        var runs: [Runs] = []
        var changes: [Change] = []
        var tooLoose: [(key: MatchPlan.Key, pairs: Int, largestBlock: Int)] = []
        for (key, found) in zip(plan.keys, written) {
            if let bound = key.atMost, found.pairs > bound * rows {
                tooLoose.append((key, found.pairs, found.largest?.count ?? 0))
                continue
            }
            if found.pairs <= budget {
                keys.append(key)
                runs.append(found)
                continue
            }
            let refined = Self.refine(
                key, plan: plan, beside: plan.keys + keys, parts: parts, budget: budget, threads: threads)
            if let refined {
                keys.append(refined.key)
                runs.append(refined.runs)
            }
            changes.append(
                Change(
                    written: key, refined: refined?.key, pairs: found.pairs, refinedPairs: refined?.runs.pairs ?? 0,
                    largestBlock: found.largest?.count ?? 0))
        }
        self.keys = keys
        self.runs = runs
        self.changes = changes
        self.tooLoose = tooLoose
        self.budget = budget
    }

    /// Of the keys with one part more, the one that brings most pairs within the budget: it loses least.
    private static func refine(
        _ key: MatchPlan.Key, plan: MatchPlan, beside others: [MatchPlan.Key], parts: KeyParts, budget: Int,
        threads: Int
    ) -> (key: MatchPlan.Key, runs: Runs)? {
        var candidates: [MatchPlan.Key] = []
        let known = Set(others.map { Set($0.parts) })
        let own = Set(key.parts.flatMap(\.fields))
        for part in plan.keys.flatMap(\.parts) where own.isDisjoint(with: part.fields) {
            let longer = MatchPlan.Key(key.parts + [part])
            if !candidates.contains(longer), !known.contains(Set(longer.parts)) { candidates.append(longer) }
        }
        let wanted = candidates
        let counted = Parallel.map(wanted.count, threads: threads) { Runs(parts.values(of: wanted[$0].parts)).pairs }
        let best = wanted.indices.filter { counted[$0] <= budget && counted[$0] > 0 }
            .max { (counted[$0], $1) < (counted[$1], $0) }
        return best.map { (wanted[$0], Runs(parts.values(of: wanted[$0].parts))) }
    }

    /// The keys that are not used, with the pairs they would have brought.
    func leftOut(_ schema: Schema) -> [BlockingSummary] {
        let refused = changes.filter { $0.refined == nil }.map { ($0.written, $0.pairs, $0.largestBlock) }
        return (refused + tooLoose).map { key, pairs, largest in
            BlockingSummary(
                key: key.description(in: schema), pairs: pairs, newPairs: 0, largestBlock: largest,
                isLeftOut: true)
        }
    }

    /// Loose keys that this register is too large for: no fault, but what was not done.
    func looseRemarks(_ schema: Schema) -> [Text] {
        tooLoose.map { key, pairs, _ in
            let name = key.description(in: schema)
            return Text(
                en: "Loose key \(name) is left out: it would bring \(pairs.grouped) pairs, more than at_most allows.",
                zh: "较宽的键 \(name) 未使用：会产生 \(pairs.grouped) 对，超过 at_most 的限制。")
        }
    }

    func warnings(_ records: RecordTable) -> [Text] {
        changes.map { change in
            let schema = records.schema
            let name = change.written.description(in: schema)
            let en = """
                Key \(name) would bring \(change.pairs.grouped) pairs, over the budget of \(budget.grouped); its largest \
                block has \(change.largestBlock.grouped) records.
                """
            let zh =
                "键 \(name) 会产生 \(change.pairs.grouped) 对，超出预算 \(budget.grouped) 对；最大的块有 \(change.largestBlock.grouped) 条记录。"
            guard let refined = change.refined?.description(in: schema) else {
                return Text(
                    en: "\(en) It was left out; add a part that is rarer, or raise pair_budget.",
                    zh: "\(zh)已略去该键；请为其添加更具区分力的部分，或调高 pair_budget。")
            }
            return Text(
                en: "\(en) \(refined) was used in its place, with \(change.refinedPairs.grouped) pairs.",
                zh: "\(zh)已改用 \(refined)，共 \(change.refinedPairs.grouped) 对。")
        }
    }
}
