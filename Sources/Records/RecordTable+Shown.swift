extension RecordTable {
    /// The value as the master shows it: the normalised form, but names, streets and towns in letters as the office
    /// spelt them, since normalising folds their case and accents for comparing. Blanks around and doubled blanks go.
    package func shown(_ row: Int, _ field: Int) -> String {
        guard isShownAsWritten(row, field) else { return value(row, field) }
        return raw(row, field).withoutGuard.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether `shown` is the office's spelling and not the normalised form.
    package func isShownAsWritten(_ row: Int, _ field: Int) -> Bool {
        guard schema.fields[field].kind.isShownAsSpelt else { return false }
        let column = columns[field]
        return column.values.withUTF8(column.codes[row]) { ($0.first ?? 0xFF) < 0x80 }
    }
}

extension String {
    /// Without the `'` that stands before what a spreadsheet would run or change, and no other.
    package var withoutGuard: String {
        guard utf8.first == 0x27, let next = unicodeScalars.dropFirst().first else { return self }
        switch next {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'": return String(unicodeScalars.dropFirst())
        case "0"..."9", ".":
            let rest = unicodeScalars.dropFirst()
            return rest.allSatisfy { ("0"..."9").contains($0) || " .,:/-+E%".unicodeScalars.contains($0) }
                ? String(rest) : self
        default: return self
        }
    }
}

extension FieldKind {
    /// Whether a value in letters is shown as the office spelt it.
    package var isShownAsSpelt: Bool {
        switch self {
        case .personName, .givenName, .surname, .street, .city: true
        default: false
        }
    }
}

/// Whether a text is shown as it is: no white space at its ends, and single plain blanks inside. May say no of a text that
/// would be shown unchanged all the same.
func hasSingleBlanks(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    // It may be a guard.
    if text.first == 0x27 { return false }
    var isAfterBlank = true
    for byte in text {
        switch byte {
        case 0x21...0x7E: isAfterBlank = false
        case 0x20:
            if isAfterBlank { return false }
            isAfterBlank = true
        // White space beyond ASCII begins with these; a combining mark may join a blank before it.
        case 0x00...0x1F, 0x7F, 0xC2, 0xE1...0xE3: return false
        default:
            if isAfterBlank { return false }
        }
    }
    return !isAfterBlank
}
