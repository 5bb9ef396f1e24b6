/// Something wrong with a row or with the way a file is written, found while reading it. The run goes on.
package struct ImportIssue: Sendable, Hashable {
    /// Stable name: `ragged-row`, `bad-bytes`, `unterminated-quote`, `duplicate-record-id`, …
    package let check: String
    package let severity: Severity
    package let source: String
    package let place: Place
    /// Empty when the record has none, or when the issue is about the whole file.
    package let recordID: String
    /// Field of the registry, when the issue is about one cell.
    package let field: String?
    /// The raw text concerned, bytes that are no text shown as `\xNN`; at most 200 characters.
    package let raw: String
    package let message: Text

    package init(
        check: String, severity: Severity, source: String, place: Place, recordID: String = "", field: String? = nil,
        raw: String = "", message: Text
    ) {
        self.check = check
        self.severity = severity
        self.source = source
        self.place = place
        self.recordID = recordID
        self.field = field
        self.raw = raw
        self.message = message
    }
}

package enum Severity: String, Sendable, CaseIterable, Comparable, Codable {
    case info
    case warning
    case error

    package static func < (left: Severity, right: Severity) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}
