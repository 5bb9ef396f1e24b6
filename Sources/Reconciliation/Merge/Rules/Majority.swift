import Records

extension SurvivorshipRule {
    /// Equal values, and an address and its end, count together. Of fields that travel together, a record speaks for another
    /// one when they agree where both say something.
    package static let majority = SurvivorshipRule(
        "majority", Text(en: "the value that most records have", zh: "多数记录中的值")
    ) { (rows: [UInt32], contest, facts) -> [UInt32] in
        let voters = contest.voters ?? rows
        let isPlain = contest.fields.allSatisfy { facts.records.schema.fields[$0].kind != .address }
        if contest.fields.count == 1 && isPlain || voters.count > RecordFacts.mostCompared {
            return commonest(rows, contest.fields[0], facts)
        }
        return best(rows) { row in
            voters.reduce(0) { $0 + (facts.agree(UInt32(row), $1, contest.fields) ? 1 : 0) }
        }
    }

    /// The rows with the value that most of them have.
    private static func commonest(_ rows: [UInt32], _ field: Int, _ facts: RecordFacts) -> [UInt32] {
        let codes = facts.codes(field)
        let sorted = rows.map { codes[Int($0)] }.sorted()
        var most = 0
        var winners: Set<UInt32> = []
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            if end - start > most {
                most = end - start
                winners = [sorted[start]]
            } else if end - start == most {
                winners.insert(sorted[start])
            }
            start = end
        }
        return rows.filter { winners.contains(codes[Int($0)]) }
    }
}
