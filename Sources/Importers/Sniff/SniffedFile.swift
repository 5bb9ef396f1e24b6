package import Records

/// What a file looks like from its first bytes alone: for drafting a rule book.
package struct SniffedFile: Sendable {
    package let path: String
    package let format: SourceFile.Format
    /// IANA name, lower case.
    package let encoding: String
    /// CSV only.
    package let dialect: Dialect?
    /// XML: elements that could be the records, the likeliest first. CSV: empty.
    package let recordCandidates: [RecordCandidate]
    /// CSV: the columns. XML: the paths under the likeliest record element.
    package let columns: [Column]
    /// XML: prefixes used in the paths above.
    package let namespaces: [String: String]
    /// Records looked at.
    package let records: Int
    package let issues: [ImportIssue]

    package struct RecordCandidate: Sendable, Hashable {
        /// `/export/clients/client`
        package let path: String
        /// How often it occurs in what was looked at.
        package let count: Int
    }

    package struct Column: Sendable, Hashable {
        /// CSV header (or number from 1), or XML path under the record.
        package let path: String
        /// The first distinct values, as they stand in the file, without empty ones.
        package let samples: [String]
        /// Records with something in the column.
        package let filled: Int
        /// Distinct values among these; equal to `filled` for a column that may be the record id.
        package let distinct: Int
    }
}

/// Looks at an export without a rule book.
package enum Sniffer {
    /// Format, encoding, dialect, columns or paths, and up to `samples` values of each, from the first 256 KiB.
    /// - Throws: `Failure(.badInput)` when the file is no CSV or XML that can be read.
    package static func sniff(path: String, samples: Int = 50) throws -> SniffedFile {
        try sniff(ByteSource(path: path), samples: samples)
    }

    /// The same from bytes in memory; `name` stands for the path.
    package static func sniff(bytes: [UInt8], name: String, samples: Int = 50) throws -> SniffedFile {
        try sniff(ByteSource(bytes, path: name), samples: samples)
    }

    private static func sniff(_ source: ByteSource, samples: Int) throws -> SniffedFile {
        try ForeignFile.refuse(source)
        let format = InputFormat.all.first { $0.recognises(source.head) } ?? .csv
        return try format.sniff(source, max(0, samples))
    }
}
