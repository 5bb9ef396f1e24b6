extension SourceTable {
    /// Values that only the rows left out had are not in the pools any more.
    package func without(_ rows: Set<Int>) -> SourceTable {
        let kept = recordIDs.indices.filter { !rows.contains($0) }
        let ids = recordIDPool.picked(kept.lazy.map { recordIDs[$0] })
        let numbers = holders.isEmpty ? [] : kept.map { holder($0) }
        return SourceTable(
            profile: profile, file: file, recordIDs: ids.codes, recordIDPool: ids.pool, lines: kept.map { lines[$0] },
            offsets: kept.map { offsets[$0] },
            columns: columns.map {
                $0.map { column in
                    let cells = column.values.picked(kept.lazy.map { column.codes[$0] })
                    return Column(header: column.header, codes: cells.codes, values: cells.pool)
                }
            }, holders: Self.holders(numbers))
    }
}
