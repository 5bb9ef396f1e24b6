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
            var name = source.source
            try name.withUTF8 { name in
                try source.recordIDPool.withView { ids in
                    for record in 0..<source.count {
                        sink.cell(utf8: name)
                        sink.cell(utf8: ids[source.recordIDs[record]])
                        sink.cell(personID(records.starts[index] + record))
                        try sink.endRow()
                    }
                }
            }
        }
    }
}
