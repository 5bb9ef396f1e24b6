import Records

extension SurvivorshipRule {
    /// By characters (Unicode scalars), not bytes.
    package static let longest = SurvivorshipRule(
        "longest", Text(en: "the longest value", zh: "最长的值")
    ) { row, field, facts in
        let column = facts.records.columns[field]
        return column.values.withUTF8(column.codes[row]) { bytes in
            bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        }
    }
}
