package import Records

/// The beginning of an export, as far as a draft of a rule book needs it.
package struct FileSample: Sendable {
    package let path: String
    package let format: SourceFile.Format
    /// XML: path of the element that repeats.
    package let recordPath: String?
    /// XML: prefix used in the columns' paths → namespace URI.
    package let namespaces: [String: String]
    package let columns: [ColumnSample]

    package init(
        path: String, format: SourceFile.Format, recordPath: String? = nil, namespaces: [String: String] = [:],
        columns: [ColumnSample]
    ) {
        self.path = path
        self.format = format
        self.recordPath = recordPath
        self.namespaces = namespaces
        self.columns = columns
    }
}

/// One column of an export, or one XML path under its record: its name and its first distinct values.
package struct ColumnSample: Sendable {
    /// As a rule book names it: CSV header (or number), or XML path.
    package let header: String
    /// Distinct values that say something, without blanks around them, in the order of the file.
    package let values: [String]
    /// Records with such a value among those looked at.
    package let filled: Int
    /// Part of the records looked at that have such a value, 0 to 1.
    package let filledShare: Double
    /// Every record looked at has a value and no two have the same.
    package let isKey: Bool

    /// - Parameters:
    ///   - values: distinct values as they stand in the file.
    ///   - filled: records with any value, of `records` looked at, and `distinct` of them.
    package init(header: String, values: [String], filled: Int, distinct: Int, records: Int) {
        self.header = header
        self.values = values.map(Self.trimmed).filter { !Self.placeholders.contains($0.lowercased()) }
        self.filled = filled
        filledShare = records > 0 ? Double(filled) / Double(records) : 0
        isKey = records > 0 && filled == records && distinct == filled
    }

    /// Named as offices name the number of a record, and different in every record.
    var mayBeRecordID: Bool { isKey && HeaderWord.recordID.contains(HeaderWord.fold(header)) }

    private static func trimmed(_ cell: String) -> String {
        String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static let placeholders: Set<String> = [
        "", "-", "--", "/", "0", "无", "不详", "未填", "未知", "暂无", "空", "null", "none", "n/a", "na", "nil", "unknown", "?",
    ]
}
