import Importers
package import Records

extension RuleDraft {
    /// Drafts a rule book from files, each looked at from its beginning. `book` is where the draft will stand: paths are
    /// written relative to its folder. Throws a `Failure` when a file is no export that can be read.
    package static func draft(
        files: [String], for book: String = "rules.yaml", language: Language = .english
    ) throws -> String {
        try draft(files.map(sample), for: book, language: language)
    }

    /// Enough distinct values to tell a code list from free text.
    private static let sampleSize = 200

    private static func sample(_ path: String) throws -> FileSample {
        let file = try Sniffer.sniff(path: path, samples: sampleSize)
        return FileSample(
            path: path, format: file.format, recordPath: file.recordCandidates.first?.path, namespaces: file.namespaces,
            columns: file.columns.map { column in
                ColumnSample(
                    header: column.path, values: column.samples, filled: column.filled, distinct: column.distinct,
                    records: file.records)
            })
    }
}
