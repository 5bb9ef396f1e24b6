import Records

/// Pieces of the sentences that findings are told in.
enum Wording {
    /// The cell as the office wrote it, in quotes and cut to 60 characters; the normalised value where there is no cell.
    static func cell(_ row: Int, _ field: Int, _ records: RecordTable) -> String {
        let raw = records.raw(row, field)
        return quoted(raw.isEmpty ? records.value(row, field) : raw)
    }

    static func cell(_ row: Int, _ field: Int, _ view: RecordView) -> Phrase {
        let raw = view.raw(row, field)
        let shown = raw.isEmpty ? view.columns[field][row] : raw
        return shown.count <= 60 ? "“\(shown)”" : Phrase(quoted(String(decoding: shown, as: UTF8.self)))
    }

    static func cell(_ finding: Finding, _ records: RecordTable) -> String {
        finding.field.map { cell(finding.row, $0, records) } ?? ""
    }

    static func field(_ finding: Finding, _ records: RecordTable) -> String {
        finding.field.map { records.schema.fields[$0].name } ?? ""
    }

    static func name(_ field: Int, _ records: RecordTable) -> String { records.schema.fields[field].name }

    static func quoted(_ text: String) -> String {
        text.utf8.count <= 60 || text.count <= 60 ? "“\(text)”" : "“\(text.prefix(59))…”"
    }

    /// `U+E000`
    static func code(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }

    static func suggestion(_ finding: Finding, _ say: Language) -> Phrase {
        finding.suggestion.isEmpty ? "" : Phrase(suggestion(finding)(say))
    }

    /// `; it should be “1985-03-07”`, or nothing without a suggestion.
    static func suggestion(_ finding: Finding) -> Text {
        finding.suggestion.isEmpty
            ? Text(en: "", zh: "")
            : Text(en: "; it should be \(quoted(finding.suggestion))", zh: "；应为\(quoted(finding.suggestion))")
    }
}
