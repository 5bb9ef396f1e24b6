/// How a CSV file is written, and how sure the reader is of it.
package struct Dialect: Sendable, Hashable {
    package let delimiter: String
    package let quote: String
    package let hasHeader: Bool
    /// `crlf`, `lf`, `cr` or `mixed`.
    package let lineEnding: String
    package let hasByteOrderMark: Bool
    /// What was found from the data and not stated in the rule book: `encoding`, `delimiter`, …
    package let guessed: [String]
    /// The whole header line's cells, in the office's order: corrections go back in this layout.
    package let headers: [String]

    package init(
        delimiter: String, quote: String, hasHeader: Bool, lineEnding: String, hasByteOrderMark: Bool,
        guessed: [String], headers: [String]
    ) {
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.lineEnding = lineEnding
        self.hasByteOrderMark = hasByteOrderMark
        self.guessed = guessed
        self.headers = headers
    }
}
