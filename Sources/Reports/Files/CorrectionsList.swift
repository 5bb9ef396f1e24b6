package import Records

/// `corrections.csv`: the corrections of all offices in one table for programs, and for the next run, which looks up what
/// became of them. Values as they are; `…_value` are the normalised ones. Of a record to merge, `after` is the id of the one
/// that stays; of a record to add, `record_id` is empty, and `witness_source` and `witness_record_id` name the record of
/// another source that it is asked for.
package enum CorrectionsList {
    package static let name = "corrections.csv"
    private static let columns = [
        "source", "record_id", "line", "field", "action", "before", "after", "before_value", "after_value", "reason",
        "evidence", "finding", "witness_source", "witness_record_id",
    ]

    /// - Parameter corrections: calls its argument with each correction and the source it is for, source by source.
    package static func write(
        _ records: RecordTable, language: Language, to sink: inout FileSink,
        corrections: (_ emit: (_ source: Int, Correction) throws -> Void) throws -> Void
    ) throws {
        try sink.header(columns)
        let names = records.sources.map(\.source)
        try records.withView { view in
            try corrections { source, correction in
                let isAdded = correction.action == .add
                sink.cell(names[source])
                if isAdded {
                    sink.cell("")
                    sink.cell("")
                } else {
                    sink.cell(utf8: view.recordID(correction.row))
                    sink.cell(view.line(correction.row))
                }
                sink.cell(correction.field.map { records.schema.fields[$0].name } ?? "")
                sink.cell(correction.action.rawValue)
                sink.cell(correction.before)
                sink.cell(correction.after)
                sink.cell(correction.field.map { records.value(correction.row, $0) } ?? "")
                sink.cell(correction.value)
                sink.cell(correction.reason(language))
                sink.cell(correction.evidence(language))
                sink.cell(correction.findingID(in: view))
                sink.cell(isAdded ? view.source(correction.row) : "")
                if isAdded { sink.cell(utf8: view.recordID(correction.row)) } else { sink.cell("") }
                try sink.endRow()
            }
        }
    }

    /// The corrections of an earlier run, one at a time.
    ///
    /// - Parameters:
    ///   - path: of its `corrections.csv`.
    ///   - sha256: as the run wrote it; another file is refused with `E-OUT-012`, after its rows were given.
    package static func each(
        _ path: String, sha256: String, _ body: (GivenCorrection) throws -> Void
    ) throws {
        let table = try StoredTable(name: "corrections", path: path, sha256: sha256, fields: [])
        let places = columns.compactMap { name in table.columns.firstIndex { $0.name == name } }
        guard places.count == columns.count else {
            throw Failure(
                .badInput, code: "E-OUT-011",
                Text(en: "the file is not a list of corrections", zh: "该文件不是更正清单"), at: Place(file: path))
        }
        try table.eachRow { row in
            func cell(_ name: String) -> String { columns.firstIndex(of: name).map { row[places[$0]] } ?? "" }
            guard let action = Correction.Action(rawValue: cell("action")) else { return }
            try body(
                GivenCorrection(
                    source: cell("source"), recordID: cell("record_id"), field: cell("field"), action: action,
                    before: cell("before"), after: cell("after"), valueBefore: cell("before_value"),
                    valueAfter: cell("after_value"),
                    witness: action == .add
                        ? RecordKey(source: cell("witness_source"), recordID: cell("witness_record_id")) : nil,
                    finding: cell("finding")))
        }
    }
}
