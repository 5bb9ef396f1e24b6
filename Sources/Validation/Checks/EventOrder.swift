import Records
import Standards

extension Check {
    /// Dates of a person's way in the wrong order: visited before being registered, or registered or visited after death. Two
    /// dates that a condition of the rule book compares are left to it.
    static let eventOrder = Check(
        "event-order", .error, .error,
        title: Text(en: "Dates in the wrong order", zh: "日期先后颠倒"),
        search: .rows { facts in
            let pairs = EventPairs.all(facts)
            return pairs.map { earlier, later in
                let (first, second) = (facts.records.columns[earlier].codes, facts.records.columns[later].codes)
                let (firstDays, secondDays) = (facts.days[earlier], facts.days[later])
                let name = facts.records.schema.fields[earlier].name
                let isFirstPast = facts.roles.pastDates.contains(earlier)
                return { row in
                    let second = secondDays[Int(second[row])]
                    guard second >= PlausibleDays.first else { return nil }
                    let first = firstDays[Int(first[row])]
                    // What lies in the future or too far back is wrong by itself.
                    guard second < first, !(isFirstPast && first > facts.lastDay(row)) else { return nil }
                    guard !PlausibleDays.inventions.contains(second), !PlausibleDays.inventions.contains(first) else {
                        return nil
                    }
                    return Hit(field: later, topic: name)
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let field = finding.topic ?? ""
            let earlier = records.schema.index(of: field).map { Wording.cell(finding.row, $0, records) } ?? ""
            return Text(
                en: "\(name) is \(cell), before \(field) \(earlier); one of the two is wrong",
                zh: "\(name) 为\(cell)，早于 \(field) \(earlier)；两者必有一误")
        })
}

enum EventPairs {
    /// Fields of which the first cannot lie after the second.
    static func all(_ facts: Facts) -> [(earlier: Int, later: Int)] {
        let events = facts.roles.events
        var pairs: [(Int, Int)] = []
        for entered in events.entered {
            pairs += events.visited.map { (entered, $0) }
        }
        if let died = events.died { pairs += (events.entered + events.visited).map { ($0, died) } }
        let compared = facts.plan.conditions.map { condition in
            Set((try? WhereExpression(condition.expression, schema: facts.records.schema).fields) ?? [])
        }
        return pairs.filter { pair in !compared.contains([pair.0, pair.1]) }
    }
}
