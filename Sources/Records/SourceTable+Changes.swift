extension SourceTable {
    /// The register after an export of changes: its records in their order, then those of the export before that it does not
    /// name. These stand on line 0, for they are not in its file.
    ///
    /// A record id that stands several times in either is matched by its turn.
    package func changing(_ before: SourceTable) -> SourceTable {
        var ids = TextInterner(
            first: recordIDPool.count, of: recordIDPool, expecting: recordIDPool.count + before.count)
        var turns: [UInt32: Int] = [:]
        for id in recordIDs { turns[id, default: 0] += 1 }
        var kept: [Int] = []
        var keptIDs: [UInt32] = []
        for row in before.recordIDs.indices {
            let id = before.recordIDPool.withUTF8(before.recordIDs[row]) { ids.intern($0) }
            if let left = turns[id], left > 0 {
                turns[id] = left - 1
                continue
            }
            kept.append(row)
            keptIDs.append(id)
        }
        let columns = zip(columns, before.columns).map { column, earlier -> Column? in
            // A column that the changes lack says nothing of the records they do not name.
            guard let column = column ?? earlier.map({ self.empty($0.header) }) else { return nil }
            var values = TextInterner(
                first: column.values.count, of: column.values,
                expecting: column.values.count + (earlier?.values.count ?? 0))
            var codes: [UInt32] = []
            if let earlier {
                for code in 0..<UInt32(earlier.values.count) {
                    codes.append(earlier.values.withUTF8(code) { values.intern($0) })
                }
            }
            return Column(
                header: column.header,
                codes: column.codes + kept.map { row in earlier.map { codes[Int($0.codes[row])] } ?? 0 },
                values: values.pool)
        }
        let absent = [Int](repeating: 0, count: kept.count)
        return SourceTable(
            profile: profile, file: file, recordIDs: recordIDs + keptIDs, recordIDPool: ids.pool,
            lines: lines + absent.map { UInt32($0) }, offsets: offsets + absent.map { UInt64($0) }, columns: columns)
    }

    private func empty(_ header: String) -> Column {
        Column(header: header, codes: [UInt32](repeating: 0, count: count), values: TextPool())
    }

    /// The same export under the name that its file had when it was taken in first.
    package func called(_ path: String) -> SourceTable {
        let file = SourceFile(
            path: path, format: file.format, sha256: file.sha256, size: file.size, encoding: file.encoding,
            dialect: file.dialect, recordPath: file.recordPath)
        return SourceTable(
            profile: profile, file: file, recordIDs: recordIDs, recordIDPool: recordIDPool, lines: lines,
            offsets: offsets, columns: columns, holders: holders)
    }

    /// The same export with other names for some of its records.
    ///
    /// - Parameter names: by row.
    package func called(_ names: [Int: String]) -> SourceTable {
        var ids = TextInterner(first: recordIDPool.count, of: recordIDPool)
        var codes = recordIDs
        for (row, name) in names.sorted(by: { $0.key < $1.key }) { codes[row] = ids.intern(name) }
        return SourceTable(
            profile: profile, file: file, recordIDs: codes, recordIDPool: ids.pool, lines: lines, offsets: offsets,
            columns: columns, holders: holders)
    }

    /// The same export, once it is known which of the holders of its id each record is of.
    package func held(by holders: [Int: Int]) -> SourceTable {
        SourceTable(
            profile: profile, file: file, recordIDs: recordIDs, recordIDPool: recordIDPool, lines: lines,
            offsets: offsets, columns: columns, holders: holders)
    }

    /// Some records of the export, in this order, with these fields alone.
    package func picked(_ records: [Int], fields: Set<Int>) -> SourceTable {
        let ids = recordIDPool.picked(records.lazy.map { recordIDs[$0] })
        return SourceTable(
            profile: profile, file: file, recordIDs: ids.codes, recordIDPool: ids.pool,
            lines: records.map { lines[$0] }, offsets: records.map { offsets[$0] },
            columns: columns.enumerated().map { field, column in
                guard fields.contains(field), let column else { return nil }
                let cells = column.values.picked(records.lazy.map { column.codes[$0] })
                return Column(header: column.header, codes: cells.codes, values: cells.pool)
            })
    }
}
