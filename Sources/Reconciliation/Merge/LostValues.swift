package import Records

/// Why values of a person's records do not stand in the master: which rule each record lost to, worked out by the rules
/// themselves. For looking at one person; `Reconciler` settles all of them without keeping this.
package struct LostValues {
    private let units: [RuleChains.Unit]
    private let plan: SurvivorshipPlan
    private let facts: RecordFacts
    private let persons: Persons

    /// The arguments of `Reconciler.master`.
    package init(
        records: RecordTable, assignment: PersonAssignment, plan: SurvivorshipPlan, findings: [Finding],
        accepted: CellSet?
    ) throws {
        let chains = try RuleChains(plan, fields: records.schema.fields.count)
        units = chains.units
        self.plan = plan
        persons = Persons(assignment.persons)
        facts = RecordFacts(
            records, findings: findings, accepted: accepted, repairing: chains.fields(with: .repaired),
            doubting: chains.fields(with: .undoubted), updated: plan.updated)
    }

    /// The value that the cell takes part with: repaired where a check knows better.
    package func value(_ row: UInt32, _ field: Int) -> String { facts.value(Int(row), field) }

    /// As the master would show it.
    package func shown(_ row: UInt32, _ field: Int) -> String {
        facts.repair(Int(row), field)?.text ?? facts.records.shown(Int(row), field)
    }

    package func repair(_ row: UInt32, _ field: Int) -> Master.Replacement? { facts.repair(Int(row), field) }

    package func isValid(_ row: UInt32, _ field: Int) -> Bool { facts.isValid(Int(row), field) }

    /// Row → name of the rule that it lost to, in `Settlement.all`; without rows that say what the survivor says, and rows
    /// that say nothing.
    ///
    /// - Parameters:
    ///   - members: all rows of the person, ascending.
    ///   - survivors: rows whose values stand as far as the records go, several in a cell that keeps all; none where the
    ///     record that won with a group says nothing.
    package func losses(_ field: Int, of members: [UInt32], to survivors: [UInt32]) -> [UInt32: String] {
        guard let unit = units.first(where: { $0.fields.contains(field) }) else { return [:] }
        let standing = Set(survivors.map { facts.code($0, field) })
        let rivals = members.filter { row in
            let code = facts.code(row, field)
            return code != 0 && !standing.contains(code)
        }
        if rivals.isEmpty { return [:] }
        let dropped: [UInt32: String]
        if unit.fields.count > 1 {
            dropped = GroupSettling(unit.fields, unit.chain, persons: persons, facts: facts).dropped(members)
        } else if survivors.count > 1 {
            dropped = Dictionary(uniqueKeysWithValues: rivals.map { ($0, SurvivorshipRule.valid.name) })
        } else {
            dropped = FieldSettling(field, unit.chain, persons: persons, facts: facts).dropped(members)
        }
        // A record that won with its group and not in this field has the shorter form of what stands.
        let isWinner = survivors.first.map { dropped[$0] == nil } ?? true
        return Dictionary(
            uniqueKeysWithValues: rivals.map { row in
                (row, dropped[row] ?? (isWinner ? Settlement.first.name : SurvivorshipRule.fullest.name))
            })
    }
}

extension FieldSettling {
    /// The rows that `decide` lets go on its way to one value, each with the rule.
    fileprivate func dropped(_ members: [UInt32]) -> [UInt32: String] {
        let rows = members.filter { codes[Int($0)] != 0 }
        return Dropping(rows, chain, contest, facts) { rows in
            rows.allSatisfy { codes[Int($0)] == codes[Int(rows[0])] }
        }.lost
    }
}

extension GroupSettling {
    /// The same for records that contend with all of their fields together.
    fileprivate func dropped(_ members: [UInt32]) -> [UInt32: String] {
        let rows = members.filter { row in fields.contains { facts.code(row, $0) != 0 } }
        if rows.isEmpty || isOne(rows) { return [:] }
        let best = SurvivorshipRule.best(rows) { row in
            fields.reduce(0) { $0 + (facts.isValid(row, $1) ? 1 : 0) }
        }
        let valid = rows.filter { row in
            fields.allSatisfy { facts.code(row, $0) == 0 || facts.isValid(Int(row), $0) }
        }
        let contest = Contest(fields: fields, voters: valid.isEmpty ? rows : valid)
        var lost = isOne(best) ? [:] : Dropping(best, chain, contest, facts, until: isOne).lost
        for row in rows where !best.contains(row) { lost[row] = Settlement.mostOfGroup.name }
        return lost
    }
}

/// A chain of rules at work on some rows, with what each took out.
private struct Dropping {
    private(set) var lost: [UInt32: String] = [:]

    init(
        _ rows: [UInt32], _ chain: [RuleChains.Link], _ contest: Contest, _ facts: RecordFacts,
        until isSettled: ([UInt32]) -> Bool
    ) {
        var candidates = rows
        for link in chain {
            guard candidates.count > 1 else { return }
            let left = link.rule.narrow(candidates, contest, facts)
            for row in candidates where !left.contains(row) { lost[row] = link.rule.name }
            candidates = left
            if isSettled(candidates) { return }
        }
    }
}
