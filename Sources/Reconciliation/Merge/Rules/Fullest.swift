import Records
import Standards

extension SurvivorshipRule {
    /// Of values of which one is another without its head, as an address without its province is, only the fuller stays. Other
    /// values stay as they are. Of fields that travel together, a record goes when another one has the same or the fuller
    /// form in every field.
    package static let fullest = SurvivorshipRule(
        "fullest", Text(en: "the fuller form of the same value", zh: "同一值的较完整写法")
    ) { (rows: [UInt32], contest, facts) -> [UInt32] in
        let values = rows.map { row in contest.fields.map { facts.value(Int(row), $0) } }
        return rows.indices.filter { place in
            !values.contains { other in
                var isFuller = false
                for (long, short) in zip(other, values[place]) where long != short {
                    if !short.isEmpty, !AddressForm.isFuller(long, than: short) { return false }
                    if long.isEmpty { return false }
                    isFuller = true
                }
                return isFuller
            }
        }.map { rows[$0] }
    }
}
