package import Records

/// `sample.csv`: a random sample of the candidate pairs under the review line, of which nothing else is kept, stratum by
/// stratum in the order of the draw. `of` is the number of pairs of the stratum; then come the columns of `pairs.csv` without
/// decision and key.
package enum SampleFile {
    package static let name = "sample.csv"

    /// Columns before those of the compared fields.
    package static let leading = [
        "a_source", "a_record_id", "b_source", "b_record_id", "stratum", "of", "probability", "weight", "class",
    ]

    package static func write(_ matches: Matches, _ records: RecordTable, to sink: inout FileSink) throws {
        try sink.header(leading + matches.comparisons.map(\.field))
        let levels = matches.comparisons.map(\.levels)
        let classes = matches.model.classes.map(\.name)
        try records.withView { view in
            for pair in matches.letGo.pairs {
                for row in [Int(pair.a), Int(pair.b)] {
                    sink.cell(view.source(row))
                    sink.cell(utf8: view.recordID(row))
                }
                sink.cell(pair.stratum.rawValue)
                sink.cell(String(matches.letGo.totals[pair.stratum] ?? 0))
                sink.cell(pair.probability, places: 9)
                sink.cell(pair.weight, places: 3)
                sink.cell(Int(pair.likeliestClass) < classes.count ? classes[Int(pair.likeliestClass)] : "")
                for (index, names) in levels.enumerated() {
                    let level = Int(pair.levels >> UInt64(index * 4) & 15)
                    sink.cell(level < names.count ? names[level] : "")
                }
                try sink.endRow()
            }
        }
    }
}
