package import Records

/// `grades.csv`: one row per source record, in the order of the exports: `source,record_id,line,grade,points`.
package enum GradesFile {
    package static let name = "grades.csv"

    package static func write(
        _ records: RecordTable, plan: QualityPlan, to sink: inout FileSink, points: (Int) -> Int
    ) throws {
        try sink.header(["source", "record_id", "line", "grade", "points"])
        try records.withView { view in
            for row in 0..<records.count {
                let sum = points(row)
                sink.cell(view.source(row))
                sink.cell(utf8: view.recordID(row))
                sink.cell(view.line(row))
                sink.cell(plan.grade(points: sum).rawValue)
                sink.cell(sum)
                try sink.endRow()
            }
        }
    }
}
