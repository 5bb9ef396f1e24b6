/// How a cell of the master holds several values: one after the other with a separator between them. A value that has the
/// separator or a quotation mark in it stands in quotation marks, a quotation mark inside doubled, so that nothing is lost.
package struct ListNotation: Sendable, Hashable {
    /// One character that is no quotation mark.
    package let separator: Character

    package static let standard = ListNotation(separator: ";")

    package init(separator: Character) {
        self.separator = separator
    }

    package func text(_ values: [String]) -> String {
        values.map { value in
            guard value.contains(separator) || value.contains("\"") || value.isEmpty else { return value }
            return "\"" + value.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: String(separator))
    }

    /// The values of a text that `text` made; of any other one what is nearest.
    package func values(_ text: String) -> [String] {
        if text.isEmpty { return [] }
        var values: [String] = []
        var value = ""
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            if isQuoted, character == "\"" {
                if rest.first == "\"" { value.append(rest.removeFirst()) } else { isQuoted = false }
            } else if character == "\"", value.isEmpty, !isQuoted {
                isQuoted = true
            } else if character == separator, !isQuoted {
                values.append(value)
                value = ""
            } else {
                value.append(character)
            }
        }
        return values + [value]
    }
}
