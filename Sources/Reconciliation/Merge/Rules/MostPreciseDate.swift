import Records

extension SurvivorshipRule {
    /// A day is more precise than 1 January, which offices write for "some day of that year", that more than a month without
    /// a day, that more than a year alone, and that more than any other text. Leaves fields of other kinds as they are.
    package static let mostPreciseDate = SurvivorshipRule(
        "most_precise_date", Text(en: "the most precise date", zh: "最精确的日期")
    ) { row, field, facts in
        guard facts.records.schema.fields[field].kind == .date else { return 0 }
        let text = Array(facts.value(row, field).utf8)
        if facts.repair(row, field) != nil || facts.records.isWellFormed(row, field),
            RecordDates.packed(text[...]) != nil
        {
            return text.suffix(6).elementsEqual("-01-01".utf8) ? 3 : 4
        }
        func isNumber(_ part: ArraySlice<UInt8>) -> Bool { part.allSatisfy { (0x30...0x39).contains($0) } }
        if text.count == 7, text[4] == UInt8(ascii: "-"), isNumber(text[..<4]), isNumber(text[5...]) { return 2 }
        return text.count == 4 && isNumber(text[...]) ? 1 : 0
    }
}
