/// Somebody's word on one cell of the master: it stands in place of what the records give.
package struct CellOverride: Sendable, Hashable {
    /// Index of the field in the schema.
    package let field: Int
    /// The person's records when it was said, those that are in the run; ascending.
    package let rows: [UInt32]
    /// As it is to be shown; empty: the cell is to be empty.
    package let text: String
    package let by: String
    package let at: String
    package let reason: String
    /// Sequence of the event that records it.
    package let event: Int

    package init(field: Int, rows: [UInt32], text: String, by: String, at: String, reason: String, event: Int) {
        self.field = field
        self.rows = rows
        self.text = text
        self.by = by
        self.at = at
        self.reason = reason
        self.event = event
    }
}
