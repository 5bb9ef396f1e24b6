import Records

extension SurvivorshipRule {
    /// Of values of which one is the end of another, as an address without its province is, only the longest stays. Other
    /// values stay as they are.
    package static let fullest = SurvivorshipRule(
        "fullest", Text(en: "the fuller form of the same value", zh: "同一值的较完整写法")
    ) { (rows: [UInt32], field, facts) -> [UInt32] in
        let values = rows.map { Array(facts.value(Int($0), field).utf8) }
        return rows.indices.filter { place in
            !values.contains { $0.count > values[place].count && $0.suffix(values[place].count) == values[place][...] }
        }.map { rows[$0] }
    }
}
