extension RecordTable {
    /// The value as the master shows it: the normalised form, but names, streets and towns in letters as the office
    /// spelt them, since normalising folds their case and accents for comparing. Blanks around and doubled blanks go.
    package func shown(_ row: Int, _ field: Int) -> String {
        guard isShownAsWritten(row, field) else { return value(row, field) }
        return raw(row, field).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether `shown` is the office's spelling and not the normalised form.
    package func isShownAsWritten(_ row: Int, _ field: Int) -> Bool {
        switch schema.fields[field].kind {
        case .personName, .givenName, .surname, .street, .city: break
        default: return false
        }
        let column = columns[field]
        return column.values.withUTF8(column.codes[row]) { ($0.first ?? 0xFF) < 0x80 }
    }
}
