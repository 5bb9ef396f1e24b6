/// One export as it came: every mapped cell as the office wrote it, and where each record stood.
///
/// Columns are parallel to the schema's fields. Cells are codes into the column's own pool of distinct texts.
package struct SourceTable: Sendable {
    /// A column of the export that a field of the registry is mapped to.
    package struct Column: Sendable {
        /// The office's own name for it: a CSV header or an XML path.
        package let header: String
        /// One code a record; 0 is an empty cell.
        package let codes: [UInt32]
        package let values: TextPool

        package init(header: String, codes: [UInt32], values: TextPool) {
            self.header = header
            self.codes = codes
            self.values = values
        }
    }

    package let profile: SourceProfile
    package let file: SourceFile
    /// One per record, in the order of the file.
    package let recordIDs: [UInt32]
    package let recordIDPool: TextPool
    /// Line on which the record begins, from 1.
    package let lines: [UInt32]
    /// Byte of the file at which the record begins, from 0.
    package let offsets: [UInt64]
    /// Parallel to the schema's fields; `nil` where the source does not have the field.
    package let columns: [Column?]
    /// Records whose id somebody else had before: which of its holders each is of, from 1. The others are of the first.
    package let holders: [Int: Int]
    /// Ids of records that are kept from this table, or were erased: they are missing nowhere, and nothing may name them.
    package private(set) var withheld: Set<String> = []

    package init(
        profile: SourceProfile, file: SourceFile, recordIDs: [UInt32], recordIDPool: TextPool, lines: [UInt32],
        offsets: [UInt64], columns: [Column?], holders: [Int: Int] = [:]
    ) {
        self.profile = profile
        self.file = file
        self.recordIDs = recordIDs
        self.recordIDPool = recordIDPool
        self.lines = lines
        self.offsets = offsets
        self.columns = columns
        self.holders = holders
    }

    package var count: Int { recordIDs.count }

    package func withholding(_ ids: Set<String>) -> SourceTable {
        var table = self
        table.withheld = ids
        return table
    }

    /// Of one number a record.
    package static func holders(_ numbers: [Int]) -> [Int: Int] {
        Dictionary(uniqueKeysWithValues: numbers.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) })
    }

    package func holder(_ record: Int) -> Int { holders.isEmpty ? 0 : holders[record] ?? 0 }

    /// The source's name in the rule book.
    package var source: String { profile.name }
}

/// What the rule book says of a source beside how to read it.
package struct SourceProfile: Sendable, Hashable {
    package enum Role: String, Sendable, CaseIterable {
        case register
        /// A case-file source that the register is checked against.
        case reference
    }

    package let name: String
    /// Priority for survivorship, higher wins.
    package let trust: Int
    package let role: Role
    /// The day the export describes, `YYYY-MM-DD`; dates after it lie in the future. `nil`: the day of the run.
    package let asOf: String?

    package init(name: String, trust: Int = 1, role: Role = .register, asOf: String? = nil) {
        self.name = name
        self.trust = trust
        self.role = role
        self.asOf = asOf
    }
}

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
