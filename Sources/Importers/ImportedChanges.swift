package import Records

/// An export that holds changes only (`export: changes`): records as they are now, and which of them are gone.
package struct ImportedChanges: Sendable {
    private let source: ImportedSource
    /// Rows of records that are gone.
    private let gone: [Int]

    package var file: SourceFile { source.table.file }

    /// - Throws: as `Importer.read`; a column of marks that is not there is an issue, as any other.
    package init(_ plan: SourcePlan, path: String, schema: Schema, threads: Int) throws {
        guard let deletion = plan.deletion else {
            source = try Importer.read(plan, path: path, schema: schema, threads: threads)
            gone = []
            return
        }
        // The marks are read as one field more, which the registry does not have.
        let mark = schema.fields.count
        let field = Field(name: "deleted: \(deletion.path)", kind: .text)
        let marked = try Importer.read(
            plan.mapping(SourcePlan.Mapping(field: mark, path: deletion.path)), path: path,
            schema: Schema(schema.fields + [field]), threads: threads)
        gone = marked.table.rows(of: deletion, in: mark)
        source = ImportedSource(table: marked.table.withoutLastColumn, issues: marked.issues)
    }

    /// The whole export that these changes make of the one before.
    ///
    /// - Parameter before: `nil` for the first one.
    package func whole(after before: SourceTable?) -> ImportedSource {
        let changed = before.map { source.table.changing($0) } ?? source.table
        if gone.isEmpty { return ImportedSource(table: changed, issues: source.issues) }
        // The rows of the changes come first.
        return ImportedSource(table: changed.without(Set(gone)), issues: source.issues + unknown(before))
    }

    /// What is gone and was never there: a mistake, or an export between that did not come.
    private func unknown(_ before: SourceTable?) -> [ImportIssue] {
        let known = Set(before.map { table in table.recordIDs.map { table.recordIDPool[$0] } } ?? [])
        return gone.compactMap { row in
            let id = source.table.recordIDPool[source.table.recordIDs[row]]
            if known.contains(id) { return nil }
            return ImportIssue(
                check: "unknown-deletion", severity: .warning, source: source.table.source,
                place: Place(file: file.path, line: Int(source.table.lines[row])), recordID: id,
                message: Text(
                    en: "Marked as deleted, but no export before had this record; has one been left out?",
                    zh: "标记为已删除，但此前的导出中没有该记录；是否漏了某次导出？"))
        }
    }
}

extension SourceTable {
    fileprivate func rows(of deletion: SourcePlan.Deletion, in field: Int) -> [Int] {
        guard let column = columns[field] else { return [] }
        let isMark = (0..<column.values.count).map { code in
            let text = column.values[UInt32(code)].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return deletion.marks.contains(text)
        }
        return column.codes.indices.filter { isMark[Int(column.codes[$0])] }
    }

    fileprivate var withoutLastColumn: SourceTable {
        SourceTable(
            profile: profile, file: file, recordIDs: recordIDs, recordIDPool: recordIDPool, lines: lines,
            offsets: offsets, columns: columns.dropLast(), holders: holders)
    }
}

extension SourcePlan {
    fileprivate func mapping(_ further: Mapping) -> SourcePlan {
        SourcePlan(
            profile: profile, path: path, format: format, encoding: encoding, delimiter: delimiter, quote: quote,
            hasHeader: hasHeader, isGuarded: isGuarded, recordID: recordID, recordPath: recordPath,
            namespaces: namespaces, mayLose: mayLose, holdsChangesOnly: holdsChangesOnly, deletion: deletion,
            mappings: mappings + [further])
    }
}
