package import Records

/// An export, as far as a draft of a rule book needs it.
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

/// One column of an export, or one XML path under its record: its name, its usual values, and some from all parts of it.
package struct ColumnSample: Sendable {
    /// A value and the records in which it stands.
    package struct Value: Sendable, Hashable {
        /// Without blanks around it.
        package let text: String
        package let records: Int

        package init(_ text: String, records: Int) {
            self.text = text
            self.records = records
        }
    }

    /// As a rule book names it: CSV header (or number), or XML path.
    package let header: String
    /// Distinct values that say something, from the whole file, in its order; all of them where there are no more than `limit`.
    package let values: [String]
    /// The most frequent of the values that say something, up to `limit`, the first of the file first among equals.
    package let frequent: [Value]
    /// Distinct values of the column.
    package let distinct: Int
    /// Records with any value.
    package let filled: Int
    /// Part of the records that have a value, 0 to 1.
    package let filledShare: Double
    /// Every record has a value of its own, but for one in a thousand.
    package let isKey: Bool

    /// Values that are kept of a column: enough to tell a code list from free text.
    package static let limit = 200

    /// - Parameters:
    ///   - values: from all parts of the file, as they stand in it.
    ///   - frequent: the most frequent ones, likewise.
    ///   - filled: records with any value, of `records`, and `distinct` of them.
    package init(header: String, values: [String], frequent: [Value], filled: Int, distinct: Int, records: Int) {
        self.header = header
        self.values = values.map(Self.trimmed).filter { !Self.isPlaceholder($0) }
        self.frequent = Self.joined(frequent)
        self.distinct = distinct
        self.filled = filled
        filledShare = records > 0 ? Double(filled) / Double(records) : 0
        isKey = records > 0 && (records - distinct) * 1000 <= records
    }

    package init(_ column: SourceTable.Column) {
        var counts = [Int](repeating: 0, count: column.values.count)
        for code in column.codes { counts[Int(code)] += 1 }
        let distinct = column.values.count - 1
        let codes = 1..<max(1, column.values.count)
        let step = max(1, (distinct + Self.limit - 1) / Self.limit)
        let repeated = codes.filter { counts[$0] > 1 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
        let frequent = repeated.prefix(Self.limit) + codes.lazy.filter { counts[$0] == 1 }.prefix(Self.limit)
        self.init(
            header: column.header,
            values: stride(from: 1, to: codes.upperBound, by: step).map { column.values[UInt32($0)] },
            frequent: frequent.prefix(Self.limit).map { Value(column.values[UInt32($0)], records: counts[$0]) },
            filled: column.codes.count - counts[0], distinct: distinct, records: column.codes.count)
    }

    /// How many of how many values are as asked. A value counts as often as it stands in the file where all are in sight: among
    /// few different ones each slip would weigh as much as what is right.
    func count(where fits: (String) -> Bool) -> (fitting: Int, of: Int) {
        guard distinct <= Self.limit, !frequent.isEmpty else { return (values.count(where: fits), values.count) }
        return frequent.reduce((0, 0)) { sum, value in
            (sum.0 + (fits(value.text) ? value.records : 0), sum.1 + value.records)
        }
    }

    /// Named as offices name the number of a record, and different in every record.
    var mayBeRecordID: Bool { isKey && HeaderWord.isRecordID(header) }

    /// Numbers of a record by their form, under a name that says nothing else: letters and digits in one word, different in
    /// every record of more than a few.
    var isNumbering: Bool {
        guard isKey, distinct >= 20, filledShare == 1, HeaderWord.of(header) == nil else { return false }
        return values.allSatisfy { value in
            value.utf8.count <= 24 && value.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
                && value.unicodeScalars.allSatisfy {
                    $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
                }
                && !ColumnGuess.isOfOwnForm(value)
        }
    }

    /// Values that differ only in the blanks around them are one.
    private static func joined(_ values: [Value]) -> [Value] {
        var order: [String] = []
        var records: [String: Int] = [:]
        for value in values {
            let text = trimmed(value.text)
            if isPlaceholder(text) { continue }
            if records[text] == nil { order.append(text) }
            records[text, default: 0] += value.records
        }
        return order.map { Value($0, records: records[$0] ?? 0) }
    }

    private static func trimmed(_ cell: String) -> String {
        String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isPlaceholder(_ text: String) -> Bool { placeholders.contains(text.lowercased()) }

    private static let placeholders: Set<String> = [
        "", "-", "--", "/", "0", "无", "不详", "未填", "未知", "暂无", "空", "null", "none", "n/a", "na", "nil", "unknown", "?",
    ]
}
