import Records

extension SurvivorshipRule {
    package static let majority = SurvivorshipRule(
        "majority", Text(en: "the value that most records have", zh: "多数记录中的值")
    ) { rows, field, facts in
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
