extension SourceTable {
    /// Values that only the rows left out had are not in the pools any more.
    package func without(_ rows: Set<Int>) -> SourceTable {
        let kept = recordIDs.indices.filter { !rows.contains($0) }
        func picked(_ codes: [UInt32], _ pool: TextPool) -> (codes: [UInt32], pool: TextPool) {
            var texts = TextInterner(expecting: pool.count)
            var known = [UInt32?](repeating: nil, count: pool.count)
            let codes = kept.map { row -> UInt32 in
                let code = Int(codes[row])
                if let new = known[code] { return new }
                let new = pool.withUTF8(UInt32(code)) { texts.intern($0) }
                known[code] = new
                return new
            }
            return (codes, texts.pool)
        }
        let ids = picked(recordIDs, recordIDPool)
        let numbers = holders.isEmpty ? [] : kept.map { holder($0) }
        return SourceTable(
            profile: profile, file: file, recordIDs: ids.codes, recordIDPool: ids.pool, lines: kept.map { lines[$0] },
            offsets: kept.map { offsets[$0] },
            columns: columns.map { column in
                column.map {
                    let cells = picked($0.codes, $0.values)
                    return Column(header: $0.header, codes: cells.codes, values: cells.pool)
                }
            }, holders: Self.holders(numbers))
    }
}
