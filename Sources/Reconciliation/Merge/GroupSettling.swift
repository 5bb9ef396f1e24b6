import Records

/// Settles fields that travel together: all cells of a person come from the record that wins on the group.
///
/// A record with fewer valid cells of the group than another one loses to it. Of the rest the rules choose by the cells taken
/// together. What the winner does not have is filled from records that agree with it in the other fields, or stays empty.
struct GroupSettling {
    let fields: [Int]
    let chain: [RuleChains.Link]
    private let persons: Persons
    let facts: RecordFacts
    private let takesFuller: Bool

    init(_ fields: [Int], _ chain: [RuleChains.Link], persons: Persons, facts: RecordFacts) {
        self.fields = fields
        self.chain = chain
        self.persons = persons
        self.facts = facts
        takesFuller = chain.contains { $0.rule.name == SurvivorshipRule.fullest.name }
    }

    /// Parallel to the fields.
    func columns() -> [Master.Column] {
        var rows = fields.map { _ in [UInt32](repeating: Master.noRow, count: persons.count) }
        var rules = fields.map { _ in [UInt8](repeating: 0, count: persons.count) }
        var rivals = fields.map { _ in [UInt32: UInt32]() }
        let onlyValue = Settlement.onlyValue.index
        let codes = fields.map { facts.codes($0) }
        var candidates: [UInt32] = []
        persons.each { person, members in
            candidates.removeAll(keepingCapacity: true)
            for row in members where codes.contains(where: { $0[Int(row)] != 0 }) { candidates.append(row) }
            guard !candidates.isEmpty else { return }
            if candidates.count == 1 {
                for place in fields.indices where codes[place][Int(candidates[0])] != 0 {
                    rows[place][person] = candidates[0]
                    rules[place][person] = onlyValue
                }
                return
            }
            let won = winners(candidates)
            let given = cells(won, of: candidates)
            for place in fields.indices {
                let row = given[place]
                rows[place][person] = row
                rules[place][person] = rule(won, place, row, candidates)
                if let rival = won.rival, row != Master.noRow, facts.code(rival, fields[place]) != 0,
                    facts.code(rival, fields[place]) != facts.code(row, fields[place])
                {
                    rivals[place][UInt32(person)] = rival
                }
            }
        }
        return fields.indices.map { place in
            var replacements: [UInt32: Master.Replacement] = [:]
            for (person, row) in rows[place].enumerated() where row != Master.noRow {
                if let repair = facts.repair(Int(row), fields[place]) { replacements[UInt32(person)] = repair }
            }
            return Master.Column(
                rows: rows[place], rules: rules[place], replacements: replacements, rivals: rivals[place])
        }
    }

    private struct Won {
        /// With the same cells.
        let rows: [UInt32]
        let rule: UInt8
        var rival: UInt32?
    }

    private func winners(_ rows: [UInt32]) -> Won {
        if isOne(rows) { return Won(rows: rows, rule: Settlement.allAgree.index) }
        var candidates = SurvivorshipRule.best(rows) { row in
            fields.reduce(0) { $0 + (facts.isValid(row, $1) ? 1 : 0) }
        }
        if candidates.count < rows.count, isOne(candidates) {
            return Won(rows: candidates, rule: Settlement.mostOfGroup.index)
        }
        let valid = rows.filter { row in
            fields.allSatisfy { facts.code(row, $0) == 0 || facts.isValid(Int(row), $0) }
        }
        let contest = Contest(fields: fields, voters: valid.isEmpty ? rows : valid)
        for link in chain {
            if candidates.count > 1 { candidates = link.rule.narrow(candidates, contest, facts) }
            if isOne(candidates) { return Won(rows: candidates, rule: link.index) }
        }
        let first = facts.firstByName(candidates)
        let others = candidates.filter { !facts.agree($0, first, fields) }
        return Won(
            rows: candidates.filter { facts.isSame($0, first, fields) }, rule: Settlement.first.index,
            rival: others.isEmpty ? nil : facts.firstByName(others))
    }

    func isOne(_ rows: [UInt32]) -> Bool {
        rows.allSatisfy { facts.isSame($0, rows[0], fields) }
    }

    /// The row that gives each field's cell; `noRow` for a gap.
    private func cells(_ won: Won, of rows: [UInt32]) -> [UInt32] {
        let others = rows.filter { row in !won.rows.contains(row) && facts.agree(row, won.rows[0], fields) }
        return fields.map { field in
            let filled = others.filter { facts.code($0, field) != 0 }
            if facts.code(won.rows[0], field) == 0 { return gap(filled, field) }
            let own = facts.spokesman(won.rows, field)
            guard takesFuller, facts.records.schema.fields[field].kind == .address else { return own }
            let forms = filled.filter {
                facts.isValid(Int($0), field) && facts.code($0, field) != facts.code(own, field)
            }
            if forms.isEmpty { return own }
            let fullest = SurvivorshipRule.fullest.narrow(
                ([own] + forms).sorted(), Contest(fields: [field]), facts)
            return fullest.contains(own) ? own : facts.spokesman(fullest, field)
        }
    }

    /// What the records that agree with the winner have in a field that it lacks, if they have one value.
    private func gap(_ rows: [UInt32], _ field: Int) -> UInt32 {
        var rows = rows
        if rows.isEmpty { return Master.noRow }
        let contest = Contest(fields: [field])
        for link in chain where rows.count > 1 && !facts.areEqual(rows, field) {
            rows = link.rule.narrow(rows, contest, facts)
        }
        return facts.areEqual(rows, field) ? facts.spokesman(rows, field) : facts.firstByName(rows)
    }

    /// What settled a cell: where there was nothing to choose, that.
    private func rule(_ won: Won, _ place: Int, _ row: UInt32, _ rows: [UInt32]) -> UInt8 {
        if row == Master.noRow { return 0 }
        let filled = rows.filter { facts.code($0, fields[place]) != 0 }
        if filled.count == 1 { return Settlement.onlyValue.index }
        return facts.areEqual(filled, fields[place]) ? Settlement.allAgree.index : won.rule
    }
}

extension RecordFacts {
    func areEqual(_ rows: [UInt32], _ field: Int) -> Bool {
        rows.allSatisfy { code($0, field) == code(rows[0], field) }
    }
}
