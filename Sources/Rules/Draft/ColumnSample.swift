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

/// One column of an export, or one XML path under its record: its name and some of its cells.
package struct ColumnSample: Sendable {
    /// As a rule book names it: CSV header (or number), or XML path.
    package let header: String
    /// Cells of the first records in their order, empty ones included.
    package let cells: [String]

    package init(header: String, cells: [String]) {
        self.header = header
        self.cells = cells
    }

    /// Cells that say something, without blanks around them.
    var values: [String] {
        cells.map(Self.trimmed).filter { !Self.placeholders.contains($0.lowercased()) }
    }

    /// Every record has a value and no two have the same.
    var isKey: Bool {
        let values = cells.map(Self.trimmed)
        return !values.isEmpty && !values.contains("") && Set(values).count == values.count
    }

    private static func trimmed(_ cell: String) -> String {
        String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static let placeholders: Set<String> = [
        "", "-", "--", "/", "0", "无", "不详", "未填", "未知", "暂无", "空", "null", "none", "n/a", "na", "nil", "unknown", "?",
    ]
}
