import Records

extension SurvivorshipRule {
    /// Prefers nothing itself: where it is in the chain, a division code that no record has in a valid form is taken from the
    /// person's address, and an address without its province is completed from the division it names.
    package static let derived = SurvivorshipRule(
        "derived",
        Text(en: "what follows from the person's other cells", zh: "由此人的其他单元格推出的值"),
        narrow: { rows, _, _ in rows })
}
