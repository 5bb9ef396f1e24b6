package import Importers
package import Records

extension RuleDraft {
    /// Drafts a rule book from files, each looked at from its beginning. `book` is where the draft will stand: paths are
    /// written relative to its folder. Throws a `Failure` when a file is no export that can be read.
    package static func draft(
        files: [String], for book: String = "rules.yaml", language: Language = .english
    ) throws -> String {
        try draft(
            files.map { sample(try Sniffer.sniff(path: $0, samples: sampleSize)) }, for: book, language: language)
    }

    /// What a draft would take the columns of a file for; parallel to `file.columns`. The file is looked at with `sampleSize`.
    package static func meanings(of file: SniffedFile) -> [ColumnMeaning] {
        var hasRecordID = false
        return sample(file).columns.map { column in
            if !hasRecordID, column.mayBeRecordID {
                hasRecordID = true
                return ColumnMeaning(
                    kind: .identifier,
                    reason: Text(en: "by its name; each record has its own", zh: "依列名；每条记录各不相同"),
                    isRecordID: true)
            }
            let guess = ColumnGuess(column)
            return ColumnMeaning(kind: guess.kind, reason: guess.reason, isRecordID: false)
        }
    }

    /// Enough distinct values to tell a code list from free text.
    package static let sampleSize = 200

    private static func sample(_ file: SniffedFile) -> FileSample {
        FileSample(
            path: file.path, format: file.format, recordPath: file.recordCandidates.first?.path,
            namespaces: file.namespaces,
            columns: file.columns.map { column in
                ColumnSample(
                    header: column.path, values: column.samples, filled: column.filled, distinct: column.distinct,
                    records: file.records)
            })
    }
}
