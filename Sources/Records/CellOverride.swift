/// What somebody said a cell of the master holds, whatever the records have. Never deleted, only withdrawn or superseded.
package struct CellOverride: Sendable, Hashable {
    /// Index of the field.
    package let field: Int
    /// Records of the person when it was said, of those that are still there: rows, ascending.
    package let rows: [UInt32]
    /// As it is to be shown; empty: the cell is to be empty.
    package let text: String
    package let by: String
    /// UTC, ISO 8601, to the second.
    package let at: String
    package let reason: String
    /// Number of the audit event that tells it; a higher one is later.
    package let event: Int

    package init(
        field: Int, rows: [UInt32], text: String, by: String, at: String, reason: String, event: Int
    ) {
        self.field = field
        self.rows = rows
        self.text = text
        self.by = by
        self.at = at
        self.reason = reason
        self.event = event
    }
}
