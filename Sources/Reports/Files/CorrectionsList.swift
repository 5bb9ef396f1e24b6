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
        func place(_ name: String) throws -> Int {
            if let place = table.columns.firstIndex(where: { $0.name == name }) { return place }
            throw Failure(
                .badInput, code: "E-OUT-011",
                Text(en: "the file is not a list of corrections", zh: "该文件不是更正清单"), at: Place(file: path))
        }
        let (source, recordID, field) = (try place("source"), try place("record_id"), try place("field"))
        let (action, finding) = (try place("action"), try place("finding"))
        let (before, after) = (try place("before"), try place("after"))
        let (valueBefore, valueAfter) = (try place("before_value"), try place("after_value"))
        let (witness, witnessID) = (try place("witness_source"), try place("witness_record_id"))
        try table.eachRow { row in
            guard let asked = Correction.Action(rawValue: row[action]) else { return }
            try body(
                GivenCorrection(
                    source: row[source], recordID: row[recordID], field: row[field], action: asked,
                    before: row[before], after: row[after], valueBefore: row[valueBefore],
                    valueAfter: row[valueAfter],
                    witness: asked == .add ? RecordKey(source: row[witness], recordID: row[witnessID]) : nil,
                    finding: row[finding]))
        }
    }
}
