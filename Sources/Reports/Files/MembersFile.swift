package import Records

/// `members.csv`: one row per source record and the person it belongs to, in the order of the exports.
package enum MembersFile {
    package static let name = "members.csv"

    package static func write(_ master: Master, _ records: RecordTable, to sink: inout FileSink) throws {
        try write(records, to: &sink) { master.personIDs[Int(master.personOf[$0])] }
    }

    /// For groups that have no master: the caller names the person of each row.
    package static func write(
        _ records: RecordTable, to sink: inout FileSink, personID: (Int) -> String
    ) throws {
        try sink.header(["source", "record_id", "person_id"])
        for (index, source) in records.sources.enumerated() {
            for record in 0..<source.count {
                sink.cell(source.source)
                source.recordIDPool.withUTF8(source.recordIDs[record]) { sink.cell(utf8: $0) }
                sink.cell(personID(records.starts[index] + record))
                try sink.endRow()
            }
        }
    }
}
