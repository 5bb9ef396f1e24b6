import Records

extension SurvivorshipRule {
    /// Equal values, and an address with and without its province, count together. Of fields that travel together, a record
    /// speaks for another one when they agree where both say something. Fuller forms that contradict each other do not speak
    /// for what they have in common: one road and number in two towns is the address of neither.
    package static let majority = SurvivorshipRule(
        "majority", Text(en: "the value that most records have", zh: "多数记录中的值")
    ) { (rows: [UInt32], contest, facts) -> [UInt32] in
        let voters = contest.voters ?? rows
        let isPlain = contest.fields.allSatisfy { facts.records.schema.fields[$0].kind != .address }
        if contest.fields.count == 1 && isPlain || voters.count > RecordFacts.mostCompared {
            return commonest(rows, voters, contest.fields, facts)
        }
        return best(rows) { row in
            let row = UInt32(row)
            let agreeing = voters.filter { facts.agree(row, $0, contest.fields) }
            let fuller = agreeing.filter { facts.isFuller($0, than: row, contest.fields) }
            let isClear = fuller.allSatisfy { one in fuller.allSatisfy { facts.agree(one, $0, contest.fields) } }
            return isClear ? agreeing.count : agreeing.count - fuller.count
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
