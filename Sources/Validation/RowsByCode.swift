import Records

/// The rows of a column in the order of their codes.
struct RowsByCode: Sendable {
    /// `starts[c]` is where the rows of code `c` begin; one more entry closes the last.
    private let starts: [Int]
    private let rows: [UInt32]

    init(_ column: RecordTable.Column) {
        var starts = [Int](repeating: 0, count: column.values.count + 1)
        for code in column.codes { starts[Int(code) + 1] += 1 }
        for code in 1..<starts.count { starts[code] += starts[code - 1] }
        var rows = [UInt32](repeating: 0, count: column.codes.count)
        var next = starts
        for (row, code) in column.codes.enumerated() {
            rows[next[Int(code)]] = UInt32(row)
            next[Int(code)] += 1
        }
        self.starts = starts
        self.rows = rows
    }

    /// Rows with the value, ascending.
    func rows(of code: Int) -> [Int] { rows[starts[code]..<starts[code + 1]].map { Int($0) } }

    func count(of code: Int) -> Int { starts[code + 1] - starts[code] }

    /// Rows of each value that more than `limit` rows have; not of the missing one.
    func groups(over limit: Int) -> [[Int]] {
        (1..<max(1, starts.count - 1)).filter { count(of: $0) > limit }.map { rows(of: $0) }
    }
}
