import Records

/// Settles one field of all persons.
struct FieldSettling {
    let field: Int
    let chain: [RuleChains.Link]
    let contest: Contest
    private let persons: Persons
    let facts: RecordFacts
    let codes: [UInt32]

    init(_ field: Int, _ chain: [RuleChains.Link], persons: Persons, facts: RecordFacts) {
        self.field = field
        self.chain = chain
        self.persons = persons
        self.facts = facts
        contest = Contest(fields: [field])
        codes = facts.codes(field)
    }

    /// - Parameter notation: of a field that keeps all values; `nil`: one survives.
    func column(listed notation: ListNotation? = nil) -> Master.Column {
        var rows = [UInt32](repeating: Master.noRow, count: persons.count)
        var rules = [UInt8](repeating: 0, count: persons.count)
        var rivals: [UInt32: UInt32] = [:]
        var lists: [UInt32: [Master.Listed]] = [:]
        let (onlyValue, allAgree) = (Settlement.onlyValue.index, Settlement.allAgree.index)
        let allValues = Settlement.allValues.index
        let valid = Settlement.index(SurvivorshipRule.valid.name) ?? 0
        var candidates: [UInt32] = []

        codes.withUnsafeBufferPointer { codes in
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
                    rows[person] = facts.spokesman(candidates, field)
                } else if notation != nil, let list = list(candidates) {
                    rules[person] = allValues
                    rows[person] = list[0].row
                    lists[UInt32(person)] = list
                } else if notation != nil, let row = onlyValid(candidates) {
                    rules[person] = valid
                    rows[person] = row
                } else {
                    let decided = decide(candidates)
                    rows[person] = decided.row
                    rules[person] = decided.rule
                    if let rival = decided.rival { rivals[UInt32(person)] = rival }
                }
            }
        }
        var replacements: [UInt32: Master.Replacement] = [:]
        for (person, row) in rows.enumerated() where row != Master.noRow {
            guard let repair = facts.repair(Int(row), field), lists[UInt32(person)] == nil else { continue }
            replacements[UInt32(person)] = repair
        }
        return Master.Column(
            rows: rows, rules: rules, replacements: replacements, lists: lists, notation: notation,
            rivals: rivals)
    }

    /// The surviving row of several with different values, and what settled it; a rival where nothing did.
    private func decide(_ rows: [UInt32]) -> (row: UInt32, rule: UInt8, rival: UInt32?) {
        var candidates = rows
        for link in chain {
            candidates = link.rule.narrow(candidates, contest, facts)
            let code = codes[Int(candidates[0])]
            if candidates.allSatisfy({ codes[Int($0)] == code }) {
                return (facts.spokesman(candidates, field), link.index, nil)
            }
        }
        let first = facts.firstByName(candidates)
        let others = candidates.filter { !facts.agree($0, first, contest.fields) }
        return (first, Settlement.first.index, others.isEmpty ? nil : facts.firstByName(others))
    }

    /// The record that stands for the only valid value.
    private func onlyValid(_ rows: [UInt32]) -> UInt32? {
        let valid = rows.filter { facts.isValid(Int($0), field) }
        guard let first = valid.first, valid.allSatisfy({ codes[Int($0)] == codes[Int(first)] }) else { return nil }
        return facts.spokesman(valid, field)
    }

    /// All distinct valid values, in the order in which they would survive without those before them; `nil` where there are
    /// fewer than two.
    private func list(_ rows: [UInt32]) -> [Master.Listed]? {
        var rest = rows.filter { facts.isValid(Int($0), field) }
        var list: [Master.Listed] = []
        while !rest.isEmpty {
            let code = codes[Int(rest[0])]
            let isLast = rest.allSatisfy { codes[Int($0)] == code }
            let row = isLast ? facts.spokesman(rest, field) : decide(rest).row
            list.append(Master.Listed(row: row, replacement: facts.repair(Int(row), field)))
            let taken = codes[Int(row)]
            rest.removeAll { codes[Int($0)] == taken }
        }
        return list.count > 1 ? list : nil
    }
}

extension RecordFacts {
    /// The record that stands for equal values: the first one that has the value itself and in which no check finds it wrong.
    func spokesman(_ rows: [UInt32], _ field: Int) -> UInt32 {
        rows.first { !flagged.contains(Int($0), field) && repair(Int($0), field) == nil }
            ?? rows.first { repair(Int($0), field) == nil } ?? rows[0]
    }
}
