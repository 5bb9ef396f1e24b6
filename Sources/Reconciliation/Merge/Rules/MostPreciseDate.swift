import Records

extension SurvivorshipRule {
    /// A day is more precise than 1 January, which offices write for "some day of that year", and that more than a text
    /// that is no day. Leaves fields of other kinds as they are.
    package static let mostPreciseDate = SurvivorshipRule(
        "most_precise_date", Text(en: "the most precise date", zh: "最精确的日期")
    ) { row, field, facts in
        guard facts.records.schema.fields[field].kind == .date, facts.records.isWellFormed(row, field) else { return 0 }
        let column = facts.records.columns[field]
        let isNewYear = column.values.withUTF8(column.codes[row]) { $0.suffix(6).elementsEqual("-01-01".utf8) }
        return isNewYear ? 1 : 2
    }
}
