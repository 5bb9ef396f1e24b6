package import Records

/// Makes the master: which record's value survives in each field of each person, and by which rule.
package enum Reconciler {
    /// The same for any number of threads, and whatever the order of records in their files.
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
        let chains = try RuleChains(plan, fields: records.schema.fields.count)
        let persons = Persons(assignment.persons)
        let facts = RecordFacts(
            records, findings: findings, accepted: accepted, repairing: chains.fields(with: .repaired),
            doubting: chains.fields(with: .undoubted), updated: plan.updated)
        let settled = Parallel.map(chains.units.count, threads: threads) { index -> [Master.Column] in
            let unit = chains.units[index]
            if unit.fields.count > 1 {
                return GroupSettling(unit.fields, unit.chain, persons: persons, facts: facts).columns()
            }
            let field = unit.fields[0]
            let settling = FieldSettling(field, unit.chain, persons: persons, facts: facts)
            return [settling.column(listed: plan.lists[field])]
        }
        var columns = [Master.Column?](repeating: nil, count: records.schema.fields.count)
        for (unit, made) in zip(chains.units, settled) {
            for (field, column) in zip(unit.fields, made) { columns[field] = column }
        }
        let derivation = Derivation(plan, fields: chains.fields(with: .derived), persons: persons, facts: facts)
        let overrides = Overrides(overrides, personOf: persons.personOf)
        // What people wrote first: a code follows from the address that the master has, not from the one it had.
        let finished = derivation.apply(
            to: overrides.apply(to: columns.compactMap(\.self), persons: persons, facts: facts), threads: threads)
        return Master(
            personIDs: persons.numbers.map(PersonID.text), members: persons.members, memberStarts: persons.starts,
            personOf: persons.personOf, rules: Settlement.all.map(\.name), columns: finished,
            grades: (grading ?? Grading(findings, in: records, plan: QualityPlan())).grades(
                persons: persons, columns: finished))
    }
}

/// The rules of a plan, looked up.
struct RuleChains: Sendable {
    /// A rule with its place in `Settlement.all`.
    struct Link: Sendable {
        let rule: SurvivorshipRule
        let index: UInt8
    }

    /// Fields that are settled together, mostly one.
    struct Unit: Sendable {
        let fields: [Int]
        let chain: [Link]
    }

    /// Every field is in one of them.
    let units: [Unit]

    init(_ plan: SurvivorshipPlan, fields: Int) throws {
        let standard = try plan.standard.map(Self.link)
        var units: [Unit] = []
        var isGrouped = [Bool](repeating: false, count: fields)
        for group in plan.groups {
            units.append(Unit(fields: group.fields, chain: try group.rules?.map(Self.link) ?? standard))
            for field in group.fields { isGrouped[field] = true }
        }
        for field in 0..<fields where !isGrouped[field] {
            units.append(Unit(fields: [field], chain: try plan.byField[field]?.map(Self.link) ?? standard))
        }
        self.units = units
    }

    func fields(with rule: SurvivorshipRule) -> Set<Int> {
        Set(units.lazy.filter { $0.chain.contains { $0.rule.name == rule.name } }.flatMap(\.fields))
    }

    private static func link(_ name: String) throws -> Link {
        guard let rule = SurvivorshipRule.named(name), let index = Settlement.index(name) else {
            let known = SurvivorshipRule.all.map(\.name).joined(separator: ", ")
            throw Failure(
                .badInput, code: "E-SUR-001",
                Text(
                    en: "there is no survivorship rule “\(name)”; known are \(known)",
                    zh: "没有名为“\(name)”的取值规则，可用的规则有：\(known)"))
        }
        return Link(rule: rule, index: index)
    }
}

extension Settlement {
    /// Place in `all`.
    static func index(_ name: String) -> UInt8? {
        all.firstIndex { $0.name == name }.map { UInt8($0) }
    }

    var index: UInt8 { Self.index(name) ?? 0 }
}
