package import Importers
package import Records

/// An export read whole before there is a rule book for it, every column as text.
package struct UnruledExport: Sendable {
    /// What its beginning shows.
    package let sniffed: SniffedFile
    /// Its schema has a field for each column of `columns`.
    package let imported: ImportedSource
    /// Columns that can be named, in their order: those without a name, and second ones of a name, are left out.
    package let columns: [SourceTable.Column]
    let samples: [ColumnSample]

    /// - Parameter threads: do not change the result.
    /// - Throws: `Failure(.badInput)` when the file is no CSV or XML that can be read.
    package init(path: String, threads: Int) throws {
        let sniffed = try Sniffer.sniff(path: path)
        var names: Set<String> = []
        let named = sniffed.columns.map(\.path).filter { !$0.allSatisfy(\.isWhitespace) && names.insert($0).inserted }
        let plan = SourcePlan(
            profile: SourceProfile(name: ""), path: path, format: sniffed.format,
            hasHeader: sniffed.dialect?.hasHeader, recordPath: sniffed.recordCandidates.first?.path,
            namespaces: sniffed.namespaces,
            mappings: named.enumerated().map { .init(field: $0.offset, path: $0.element) })
        self.sniffed = sniffed
        imported = try Importer.read(
            plan, path: path, schema: Schema(named.map { Field(name: $0, kind: .text) }), threads: threads)
        let columns = imported.table.columns.compactMap(\.self)
        samples = Parallel.map(columns.count, threads: threads) { ColumnSample(columns[$0]) }
        self.columns = columns
    }

    /// What a draft takes the columns for; parallel to `columns`.
    package var meanings: [ColumnMeaning] {
        var hasRecordID = false
        return samples.map { column in
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

    var sample: FileSample {
        FileSample(
            path: sniffed.path, format: sniffed.format, recordPath: sniffed.recordCandidates.first?.path,
            namespaces: sniffed.namespaces, columns: samples)
    }
}
