import Importers
import Matching
import Profiling
package import Records
import Rules

/// A look at an export that no rule book describes yet: read whole, as a run would read it, and counted column by column.
package enum ProfileRun {
    /// - Parameters:
    ///   - top: how many of the most frequent forms and values are kept for a column.
    ///   - threads: do not change the result.
    /// - Throws: `Failure(.badInput)` when the file is no CSV or XML that can be read.
    package static func run(path: String, top: Int, threads: Int) throws -> FileProfile {
        let export = try UnruledExport(path: path, threads: threads)
        let meanings = export.meanings
        let profiles = Parallel.map(export.columns.count, threads: threads) { index in
            let meaning = meanings[index]
            return ColumnProfile(export.columns[index], meaning: meaning, top: top) { cell, kind in
                // A number of a record may be 0, as an amount may.
                Placeholder.stands(in: cell, meaning.isRecordID ? .number : kind)
            }
        }
        let (sniffed, imported) = (export.sniffed, export.imported)
        return FileProfile(
            file: imported.table.file, records: imported.table.count, columns: profiles,
            remarks: HeaderLook.remarks(sniffed.format == .csv ? sniffed.columns.map(\.path) : []),
            issues: issues(imported.issues))
    }

    private static func issues(_ issues: [ImportIssue]) -> [FileProfile.Issue] {
        // A duplicated header has its own remark.
        let groups = Dictionary(grouping: issues.filter { $0.check != "duplicate-header" }, by: \.check)
        return groups.keys.sorted().compactMap { check in
            guard let group = groups[check], let first = group.first else { return nil }
            return FileProfile.Issue(
                title: ImportCheck.title(check), severity: group.map(\.severity).max() ?? first.severity,
                count: group.count, line: group.compactMap(\.place.line).min())
        }.sorted { ($0.severity, $0.count) > ($1.severity, $1.count) }
    }
}
