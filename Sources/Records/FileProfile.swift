/// What an export looks like before there is a rule book for it.
package struct FileProfile: Sendable {
    package let file: SourceFile
    package let records: Int
    package let columns: [ColumnProfile]
    /// About headers and the file as a whole.
    package let remarks: [Text]
    /// Trouble while reading: what it is, and how often.
    package let issues: [Issue]

    package struct Issue: Sendable, Hashable {
        package let title: Text
        package let severity: Severity
        package let count: Int
        /// Line of the first, from 1.
        package let line: Int?

        package init(title: Text, severity: Severity, count: Int, line: Int?) {
            self.title = title
            self.severity = severity
            self.count = count
            self.line = line
        }
    }

    package init(
        file: SourceFile, records: Int, columns: [ColumnProfile], remarks: [Text], issues: [Issue]
    ) {
        self.file = file
        self.records = records
        self.columns = columns
        self.remarks = remarks
        self.issues = issues
    }
}

/// What a column of an export may hold, as far as its name and its first values tell.
package struct ColumnMeaning: Sendable, Hashable {
    package let kind: FieldKind
    package let reason: Text
    /// The column that numbers the export's own records.
    package let isRecordID: Bool

    package init(kind: FieldKind, reason: Text, isRecordID: Bool) {
        self.kind = kind
        self.reason = reason
        self.isRecordID = isRecordID
    }
}

/// One column of an export: how far it is filled, with what, in which forms, and what is odd about it.
package struct ColumnProfile: Sendable {
    /// CSV header (or number from 1), or XML path.
    package let header: String
    package let meaning: ColumnMeaning
    /// Records with anything in the column.
    package let filled: Int
    package let distinct: Int
    /// Values that stand in one record only.
    package let singles: Int
    /// Characters of the shortest, the middle and the longest value; `nil` for an empty column.
    package let lengths: Lengths?
    /// The most frequent forms.
    package let patterns: [Pattern]
    package let patternCount: Int
    /// Runs of equal characters are written once with a `+`, because there are too many exact forms.
    package let patternsAreGeneral: Bool
    /// The most frequent values; empty where all values are different.
    package let values: [Value]
    package let oddities: [OddityFound]

    package struct Lengths: Sendable, Hashable {
        package let least: Int
        package let median: Int
        package let most: Int

        package init(least: Int, median: Int, most: Int) {
            self.least = least
            self.median = median
            self.most = most
        }
    }

    package struct Pattern: Sendable, Hashable {
        /// `9999-99-99`, `Aaaa`, `汉汉汉`
        package let form: String
        package let cells: Int

        package init(form: String, cells: Int) {
            self.form = form
            self.cells = cells
        }
    }

    package struct Value: Sendable, Hashable {
        /// As it stands in the file.
        package let text: String
        package let cells: Int

        package init(text: String, cells: Int) {
            self.text = text
            self.cells = cells
        }
    }

    /// Something about a column that a person should look at.
    package struct OddityFound: Sendable, Hashable {
        /// Stable: `blanks-at-ends`.
        package let id: String
        package let title: Text
        /// Cells concerned; 0 where it is about the column as a whole.
        package let cells: Int
        /// Up to three of the values concerned, with their forms.
        package let examples: [Example]

        package init(id: String, title: Text, cells: Int, examples: [Example]) {
            self.id = id
            self.title = title
            self.cells = cells
            self.examples = examples
        }
    }

    package struct Example: Sendable, Hashable {
        package let value: String
        package let form: String

        package init(value: String, form: String) {
            self.value = value
            self.form = form
        }
    }

    package init(
        header: String, meaning: ColumnMeaning, filled: Int, distinct: Int, singles: Int, lengths: Lengths?,
        patterns: [Pattern], patternCount: Int, patternsAreGeneral: Bool, values: [Value], oddities: [OddityFound]
    ) {
        self.header = header
        self.meaning = meaning
        self.filled = filled
        self.distinct = distinct
        self.singles = singles
        self.lengths = lengths
        self.patterns = patterns
        self.patternCount = patternCount
        self.patternsAreGeneral = patternsAreGeneral
        self.values = values
        self.oddities = oddities
    }
}
