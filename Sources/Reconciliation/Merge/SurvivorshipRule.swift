package import Records

/// A reason to prefer some of a person's values of one field to the others. Rules are chained: each narrows what the one
/// before it left, until one value is left.
package struct SurvivorshipRule: Sendable {
    /// As in the rule book.
    package let name: String
    package let summary: Text
    /// The rows to keep, at least one, in their order. At least two come in, ascending, all with a value in one of the
    /// contest's fields.
    package let narrow: @Sendable (_ rows: [UInt32], _ contest: Contest, _ facts: RecordFacts) -> [UInt32]

    package init(
        _ name: String, _ summary: Text,
        narrow: @escaping @Sendable (_ rows: [UInt32], _ contest: Contest, _ facts: RecordFacts) -> [UInt32]
    ) {
        self.name = name
        self.summary = summary
        self.narrow = narrow
    }

    /// A rule that keeps the rows with the highest score, summed over the fields.
    package init(
        _ name: String, _ summary: Text,
        best score: @escaping @Sendable (_ row: Int, _ field: Int, _ facts: RecordFacts) -> Int
    ) {
        self.init(name, summary) { rows, contest, facts in
            Self.best(rows) { row in contest.fields.reduce(0) { $0 + score(row, $1, facts) } }
        }
    }

    /// A rule that keeps the rows of the records with the highest score.
    package init(
        _ name: String, _ summary: Text,
        bestRecord score: @escaping @Sendable (_ row: Int, _ facts: RecordFacts) -> Int
    ) {
        self.init(name, summary) { rows, _, facts in Self.best(rows) { score($0, facts) } }
    }

    static func best(_ rows: [UInt32], _ score: (Int) -> Int) -> [UInt32] {
        let scores = rows.map { score(Int($0)) }
        guard let best = scores.max() else { return rows }
        return rows.indices.filter { scores[$0] == best }.map { rows[$0] }
    }

    package static let all: [SurvivorshipRule] = [
        .repaired, .derived, .valid, .undoubted, .majority, .trust, .latest, .longest, .fullest, .mostComplete,
        .mostPreciseDate, .referenceFirst,
    ]

    package static func named(_ name: String) -> SurvivorshipRule? {
        all.first { $0.name == name }
    }
}

/// How a cell of the master was settled: by a rule, or without one.
package struct Settlement: Sendable {
    /// As in `Master.rules`.
    package let name: String
    package let summary: Text

    package static let onlyValue = Settlement(
        name: "only value", summary: Text(en: "the only record with a value", zh: "只有一条记录有值"))
    package static let allAgree = Settlement(
        name: "all agree",
        summary: Text(
            en: "all values that count agree, repaired ones among them", zh: "所有计入的值（含已修复的）一致"))
    /// The rules left several values; not a reason, and to be looked at.
    package static let first = Settlement(
        name: "first",
        summary: Text(en: "no rule settled it; the first record's value stands", zh: "没有规则能够决定，取第一条记录的值"))

    /// Whatever the records and the rules say.
    package static let override = Settlement(
        name: "override", summary: Text(en: "a person set the value", zh: "由人工指定"))

    /// Of fields that travel together.
    package static let mostOfGroup = Settlement(
        name: "most of group",
        summary: Text(en: "the record with most of the fields that belong together", zh: "同组字段最齐全的记录"))
    /// Of a field that keeps all values.
    package static let allValues = Settlement(
        name: "all values", summary: Text(en: "all valid values are kept", zh: "保留所有有效值"))
    package static let presence = Settlement(
        name: "presence",
        summary: Text(
            en: "no record has a value; it follows from where the person has records",
            zh: "没有记录有值；由此人在哪些来源有记录得出"))

    package static let all: [Settlement] =
        [onlyValue, allAgree, first, override, mostOfGroup, allValues, presence]
        + SurvivorshipRule.all.map { Settlement(name: $0.name, summary: $0.summary) }
}
