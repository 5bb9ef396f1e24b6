package import Records

/// Makes the master: which record's value survives in each field of each person, and by which rule.
package enum Reconciler {
    /// The same for any number of threads.
    ///
    /// - Parameters:
    ///   - findings: those that count.
    ///   - accepted: cells whose findings somebody has waived.
    ///   - overrides: the live ones; those that `Overrides` says hold stand whatever the rules say.
    ///   - grading: of the same findings; `nil`: by the points that hold where the rule book says nothing.
    /// - Throws: `E-SUR-001` when the plan names a rule that does not exist.
    package static func master(
        records: RecordTable, assignment: PersonAssignment, plan: SurvivorshipPlan, findings: [Finding],
        accepted: CellSet? = nil, overrides: [CellOverride] = [], grading: Grading? = nil, threads: Int = 1
    ) throws -> Master {
        let chains = try records.schema.fields.indices.map { field in
            try (plan.byField[field] ?? plan.standard).map(chainedRule)
        }
        let persons = Persons(assignment.persons)
        let repairing = chains.indices.filter { chains[$0].contains { $0.rule.name == SurvivorshipRule.repaired.name } }
        let facts = RecordFacts(records, findings: findings, accepted: accepted, repairing: Set(repairing))
        let settled = Parallel.map(records.schema.fields.count, threads: threads) { field in
            settle(field, chain: chains[field], persons: persons, facts: facts)
        }
        let columns = Overrides(overrides, personOf: persons.personOf).apply(
            to: settled, persons: persons, facts: facts)
        return Master(
            personIDs: persons.numbers.map(PersonID.text), members: persons.members, memberStarts: persons.starts,
            personOf: persons.personOf, rules: Settlement.all.map(\.name), columns: columns,
            grades: (grading ?? Grading(findings, in: records, plan: QualityPlan())).grades(
                persons: persons, columns: columns))
    }

    /// A rule with its place in `Settlement.all`.
    private struct ChainedRule {
        let rule: SurvivorshipRule
        let index: UInt8
    }

    private static func chainedRule(_ name: String) throws -> ChainedRule {
        guard let rule = SurvivorshipRule.named(name), let index = settlement(name) else {
            let known = SurvivorshipRule.all.map(\.name).joined(separator: ", ")
            throw Failure(
                .badInput, code: "E-SUR-001",
                Text(
                    en: "there is no survivorship rule “\(name)”; known are \(known)",
                    zh: "没有名为“\(name)”的取值规则，可用的规则有：\(known)"))
        }
        return ChainedRule(rule: rule, index: index)
    }

    static func settlement(_ name: String) -> UInt8? {
        Settlement.all.firstIndex { $0.name == name }.map { UInt8($0) }
    }

    private static func settle(
        _ field: Int, chain: [ChainedRule], persons: Persons, facts: RecordFacts
    ) -> Master.Column {
        var rows = [UInt32](repeating: Master.noRow, count: persons.count)
        var rules = [UInt8](repeating: 0, count: persons.count)
        let onlyValue = settlement(Settlement.onlyValue.name) ?? 0
        let allAgree = settlement(Settlement.allAgree.name) ?? 0
        var candidates: [UInt32] = []

        let effective = facts.codes(field)
        effective.withUnsafeBufferPointer { codes in
            persons.each { person, members in
                guard let first = members.first(where: { codes[Int($0)] != 0 }) else { return }
                var values = 0
                var isAgreed = true
                for row in members where codes[Int(row)] != 0 {
                    values += 1
                    if codes[Int(row)] != codes[Int(first)] { isAgreed = false }
                }
                rows[person] = first
                if values == 1 {
                    rules[person] = onlyValue
                    return
                }
                if isAgreed, !facts.flagged.contains(Int(first), field), facts.repair(Int(first), field) == nil {
                    rules[person] = allAgree
                    return
                }
                candidates.removeAll(keepingCapacity: true)
                for row in members where codes[Int(row)] != 0 { candidates.append(row) }
                if isAgreed {
                    rules[person] = allAgree
                    rows[person] = spokesman(candidates, field, facts)
                } else {
                    (rows[person], rules[person]) = decide(candidates, effective, field, chain, facts)
                }
            }
        }
        var replacements: [UInt32: Master.Replacement] = [:]
        for (person, row) in rows.enumerated() where row != Master.noRow {
            if let repair = facts.repair(Int(row), field) { replacements[UInt32(person)] = repair }
        }
        return Master.Column(rows: rows, rules: rules, replacements: replacements)
    }

    /// The surviving row of several with different values, and the place of what settled it in `Settlement.all`.
    private static func decide(
        _ rows: [UInt32], _ codes: [UInt32], _ field: Int, _ chain: [ChainedRule], _ facts: RecordFacts
    ) -> (UInt32, UInt8) {
        var candidates = rows
        for link in chain {
            candidates = link.rule.narrow(candidates, field, facts)
            let code = codes[Int(candidates[0])]
            if candidates.allSatisfy({ codes[Int($0)] == code }) {
                return (spokesman(candidates, field, facts), link.index)
            }
        }
        return (candidates[0], settlement(Settlement.first.name) ?? 0)
    }

    /// The record that stands for equal values: the first one that has the value itself and in which no check finds it wrong.
    private static func spokesman(_ rows: [UInt32], _ field: Int, _ facts: RecordFacts) -> UInt32 {
        rows.first { !facts.flagged.contains(Int($0), field) && facts.repair(Int($0), field) == nil }
            ?? rows.first { facts.repair(Int($0), field) == nil } ?? rows[0]
    }
}
