package import Records

/// `master.csv`: one row per person: `person_id`, the fields of the schema in its order, `records` (how many source
/// records the person has), `grade`.
package enum MasterFile {
    package static let name = "master.csv"

    package static func write(_ master: Master, _ records: RecordTable, to sink: inout FileSink) throws {
        try sink.header(["person_id"] + records.schema.fields.map(\.name) + ["records", "grade"])
        let fields = master.columns.indices
        try master.withView { cells in
            try records.withView { view in
                for person in 0..<master.count {
                    sink.cell(master.personIDs[person])
                    for field in fields {
                        let row = cells.row(person, field)
                        if let replacement = cells.replacement(person, field) {
                            sink.cell(replacement.text)
                        } else if cells.list(person, field) != nil {
                            sink.cell(master.value(person, field, in: records))
                        } else if row == Master.noRow {
                            sink.cell("")
                        } else {
                            view.withShown(Int(row), field) { sink.cell(utf8: $0) }
                        }
                    }
                    sink.cell(master.memberStarts[person + 1] - master.memberStarts[person])
                    sink.cell(master.grades[person].rawValue)
                    try sink.endRow()
                }
            }
        }
    }
}
