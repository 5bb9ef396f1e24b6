/// What is known of an imported file: enough to recognise it again and to explain how it was read.
package struct SourceFile: Sendable, Hashable {
    package enum Format: String, Sendable {
        case csv
        case xml
    }

    /// As given on the command line or in the rule book.
    package let path: String
    package let format: Format
    /// Hex, lower case.
    package let sha256: String
    package let size: Int
    /// IANA name, such as `utf-8` or `gb18030`.
    package let encoding: String
    /// CSV only.
    package let dialect: Dialect?
    /// The path of the repeating element, XML only.
    package let recordPath: String?

    package init(
        path: String, format: Format, sha256: String, size: Int, encoding: String, dialect: Dialect? = nil,
        recordPath: String? = nil
    ) {
        self.path = path
        self.format = format
        self.sha256 = sha256
        self.size = size
        self.encoding = encoding
        self.dialect = dialect
        self.recordPath = recordPath
    }
}

extension SourceFile {
    /// Without its folder.
    package var name: String { String(path.split(separator: "/").last ?? "") }
}
