package import Records

/// What came out of one file: its table, and what was wrong with its rows or with the way it is written.
package struct ImportedSource: Sendable {
    package let table: SourceTable
    /// By line; those about the whole file last.
    package let issues: [ImportIssue]

    package init(table: SourceTable, issues: [ImportIssue]) {
        self.table = table
        self.issues = issues
    }
}
