import Matching
import Records
import Validation

extension EarlierStates {
    /// Reads the field in the exports before, record by record.
    ///
    /// - Parameter before: parallel to the sources of `records`; `nil` where there was no export before.
    init(_ field: Int, of records: RecordTable, before: [SourceTable?]) {
        let normalizer = Normalizer(for: records.schema.fields[field])
        var states = TextInterner()
        var rows = [UInt32](repeating: 0, count: records.count)
        for (index, earlier) in before.enumerated() {
            guard let earlier, let column = earlier.columns[field] else { continue }
            let stateOf = (0..<column.values.count).map { code in
                states.intern(normalizer.normalize(column.values[UInt32(code)]).value)
            }
            // Earlier record by the code of its id.
            var recordOf = [Int](repeating: -1, count: earlier.recordIDPool.count)
            for (record, code) in earlier.recordIDs.enumerated() { recordOf[Int(code)] = record }
            var ids = TextInterner(first: earlier.recordIDPool.count, of: earlier.recordIDPool)
            let source = records.sources[index]
            source.recordIDPool.withView { texts in
                for (record, code) in source.recordIDs.enumerated() {
                    let known = Int(ids.intern(texts[code]))
                    guard known < recordOf.count, recordOf[known] >= 0,
                        earlier.holder(recordOf[known]) == source.holder(record)
                    else { continue }
                    rows[records.starts[index] + record] = stateOf[Int(column.codes[recordOf[known]])]
                }
            }
        }
        self.init(
            field: field, states: (0..<states.pool.count).map { states.pool[UInt32($0)] }, rows: rows)
    }
}
