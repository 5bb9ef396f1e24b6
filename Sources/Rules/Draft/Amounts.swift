/// A column of numbers, and whether they count or measure something or only name it.
struct Amounts {
    /// By the values alone: neither padded, nor all of one length as codes and numbers of telephones are, nor one a record.
    let areClear: Bool

    /// `nil` when more than one value in twenty is no number, or any of the usual ones has more digits than amounts have.
    init?(_ column: ColumnSample) {
        let numbers = column.values.filter(ValueForms.isNumber)
        let (count, total) = column.count(where: ValueForms.isNumber)
        guard !numbers.isEmpty, count * 20 >= total * 19 else { return nil }
        let digits = numbers.map { $0.prefix { $0 != "." }.filter(\.isNumber) }
        guard digits.allSatisfy({ $0.count <= 12 }) else { return nil }
        let isPadded = digits.contains { $0.count > 1 && $0.first == "0" }
        let isEven = Set(digits.map(\.count)).count == 1 && digits[0].count > 4
        let isMeasured = numbers.contains { $0.contains(".") }
        areClear =
            !isPadded && !HeaderWord.isNumbering(column.header) && (isMeasured || !isEven && !column.isKey)
    }
}
