import Records

extension SurvivorshipRule {
    /// By characters (Unicode scalars), not bytes.
    package static let longest = SurvivorshipRule(
        "longest", Text(en: "the longest value", zh: "最长的值")
    ) { row, field, facts in facts.value(row, field).unicodeScalars.count }
}
