package import Records

/// `identity_changes.csv`: one row per record that stands for another person than in the run before, for tables outside
/// that follow the register.
package enum IdentityChangesFile {
    package static let name = "identity_changes.csv"

    /// - Parameter changes: row, kind (`merged`, `split`, `returned`, `moved`), and the persons as they are written out.
    package static func write(
        _ records: RecordTable, changes: [(row: Int, kind: String, from: String, to: String)], run: Int,
        to sink: inout FileSink
    ) throws {
        try sink.header(["run", "change", "from_person_id", "to_person_id", "source", "record_id"])
        for change in changes {
            let key = records.key(change.row)
            sink.cell(run)
            for text in [change.kind, change.from, change.to, key.source, key.recordID] { sink.cell(text) }
            try sink.endRow()
        }
    }
}
