package import Records

/// `changes.csv`: one row per cell of the master that differs from the record it stands for: before, after, and the rule
/// or decision that chose the value.
package enum ChangesFile {
    package static let name = "changes.csv"

    /// A source record's cell against the master's cell of its person.
    package struct Change: Sendable, Hashable {
        package let personID: String
        /// Row of the `RecordTable`.
        package let row: Int
        /// Index of the field.
        package let field: Int
        package let rule: String
        /// What stands in place of the record's own value.
        package let repair: Master.Repair?

        package init(personID: String, row: Int, field: Int, rule: String, repair: Master.Repair? = nil) {
            self.personID = personID
            self.row = row
            self.field = field
            self.rule = rule
            self.repair = repair
        }
    }

    /// - Parameter changes: calls its argument once per change, in the order of the file; nothing is kept.
    package static func write(
        _ records: RecordTable, to sink: inout FileSink,
        changes: (_ emit: (Change) throws -> Void) throws -> Void
    ) throws {
        try sink.header(["person_id", "source", "record_id", "field", "before", "after", "rule"])
        try records.withView { view in
            try changes { change in
                sink.cell(change.personID)
                sink.cell(view.source(change.row))
                sink.cell(utf8: view.recordID(change.row))
                sink.cell(records.schema.fields[change.field].name)
                sink.cell(utf8: view.raw(change.row, change.field))
                if let repair = change.repair {
                    sink.cell(repair.text)
                    sink.cell("\(change.rule), repaired by \(repair.check)")
                } else {
                    view.withShown(change.row, change.field) { sink.cell(utf8: $0) }
                    sink.cell(change.rule)
                }
                try sink.endRow()
            }
        }
    }
}
