import Records

/// Rows as they come in, with what the whole table decides of them: the columns of a small table.
package struct RowBatch: Sendable {
    /// By place.
    package private(set) var rows: [UInt32] = []
    fileprivate(set) var draws: [UInt64] = []
    /// Patterns of the rows with themselves: they show how common their values are.
    fileprivate(set) var exact: [UInt64] = []
    private var sources: [UInt16] = []
    private let used: [Int]
    private var values: [TextInterner]
    private var codes: [[UInt32]]

    package init(_ work: PairWork) {
        used = work.used
        values = work.used.map { _ in TextInterner() }
        codes = work.used.map { _ in [] }
    }

    package var count: Int { rows.count }

    /// - Parameters:
    ///   - row: number in the whole table.
    ///   - draw: its place in the order of the draw.
    ///   - exact: its pattern with itself, four bits a compared field.
    ///   - values: one for each used field; empty when missing.
    package mutating func append(
        row: UInt32, source: UInt16, draw: UInt64, exact: UInt64, values texts: [UnsafeBufferPointer<UInt8>]
    ) {
        precondition(texts.count == used.count, "a value for each used field")
        rows.append(row)
        sources.append(source)
        draws.append(draw)
        self.exact.append(exact)
        for (field, text) in texts.enumerated() { codes[field].append(values[field].intern(text)) }
    }

    /// - Parameter order: places of the rows in the table; `nil`: as they came.
    func columns(fields: Int, in order: [Int]? = nil) -> MatchColumns {
        func ordered<Value>(_ all: [Value]) -> [Value] { order.map { $0.map { all[$0] } } ?? all }
        let empty = RecordTable.Column(
            codes: [UInt32](repeating: 0, count: count), values: TextPool(), isWellFormed: [false])
        var columns = [RecordTable.Column](repeating: empty, count: fields)
        for (index, field) in used.enumerated() {
            let pool = values[index].pool
            columns[field] = RecordTable.Column(
                codes: ordered(codes[index]), values: pool, isWellFormed: [Bool](repeating: true, count: pool.count))
        }
        return MatchColumns(columns: columns, sources: ordered(sources), birthDate: nil)
    }
}
