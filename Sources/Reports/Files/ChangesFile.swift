package import Records

/// `changes.csv`: one row per cell of the master that differs from the record it stands for: before, after, and the rule
/// or decision that chose the value.
package enum ChangesFile {
    package static let name = "changes.csv"

    /// A source record's cell against the master's cell of its person.
    package struct Change: Sendable, Hashable {
        package let personID: String
        /// Row of the `RecordTable`; `nil` where no record of the person has a value.
        package let row: Int?
        /// Index of the field.
        package let field: Int
        package let rule: String
        /// What stands in place of the record's own value.
        package let replacement: Master.Replacement?

        package init(personID: String, row: Int?, field: Int, rule: String, replacement: Master.Replacement? = nil) {
            self.personID = personID
            self.row = row
            self.field = field
            self.rule = rule
            self.replacement = replacement
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
                sink.cell(change.row.map(view.source) ?? "")
                if let row = change.row { sink.cell(utf8: view.recordID(row)) } else { sink.cell("") }
                sink.cell(records.schema.fields[change.field].name)
                if let row = change.row { sink.cell(utf8: view.raw(row, change.field)) } else { sink.cell("") }
                if let replacement = change.replacement {
                    sink.cell(replacement.text)
                    sink.cell(rule(change.rule, replacement, records))
                } else if let row = change.row {
                    view.withShown(row, change.field) { sink.cell(utf8: $0) }
                    sink.cell(change.rule)
                }
                try sink.endRow()
            }
        }
    }

    /// The last column: the rule, and what stands in place of the record's own value.
    package static func rule(_ rule: String, _ replacement: Master.Replacement, _ records: RecordTable) -> String {
        switch replacement.cause {
        case .check(let check): "\(rule), repaired by \(check)"
        case .override(let override): "\(rule) by \(override.by), event \(override.event)"
        case .derived(let field): "\(rule) from \(records.schema.fields[field].name)"
        case .presence(let source): "\(rule) in \(source)"
        }
    }
}
