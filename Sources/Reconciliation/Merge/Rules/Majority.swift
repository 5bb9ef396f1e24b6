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
            return commonest(rows, voters, contest.fields, facts)
        }
        return best(rows) { row in
            voters.reduce(0) { $0 + (facts.agree(UInt32(row), $1, contest.fields) ? 1 : 0) }
        }
    }

    /// The rows with the values that most of the voters have; a voter without any says nothing.
    private static func commonest(
        _ rows: [UInt32], _ voters: [UInt32], _ fields: [Int], _ facts: RecordFacts
    ) -> [UInt32] {
        let columns = fields.map { facts.codes($0) }
        func values(_ row: UInt32) -> [UInt32] { columns.map { $0[Int(row)] } }
        var votes: [[UInt32]: Int] = [:]
        for values in voters.lazy.map(values) where values.contains(where: { $0 != 0 }) {
            votes[values, default: 0] += 1
        }
        return best(rows) { votes[values(UInt32($0))] ?? 0 }
    }
}
