import Matching
import Records
import Validation

extension EarlierStates {
    /// Reads the field in the exports before, record by record.
    ///
    /// - Parameters:
    ///   - before: parallel to the sources of `records`; `nil` where there was no export before.
    ///   - standing: states that a record should not have left, as a finding says that still stands: a second export with the same
    ///     mistake does not mend it.
    init(_ field: Int, of records: RecordTable, before: [SourceTable?], standing: [RecordKey: String]) {
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
        for (row, state) in Self.rows(of: standing, in: records) { rows[row] = states.intern(state) }
        self.init(
            field: field, states: (0..<states.pool.count).map { states.pool[UInt32($0)] }, rows: rows)
    }

    private static func rows(of states: [RecordKey: String], in records: RecordTable) -> [(row: Int, state: String)] {
        if states.isEmpty { return [] }
        return records.sources.indices.flatMap { index -> [(row: Int, state: String)] in
            let source = records.sources[index]
            let own = states.filter { $0.key.source == source.source }
            if own.isEmpty { return [] }
            let ids = Set(own.keys.map(\.recordID))
            let isWanted = (0..<source.recordIDPool.count).map { ids.contains(source.recordIDPool[UInt32($0)]) }
            return source.recordIDs.enumerated().compactMap { record, code in
                guard isWanted[Int(code)] else { return nil }
                let row = records.starts[index] + record
                return own[records.key(row)].map { (row, $0) }
            }
        }
    }
}
