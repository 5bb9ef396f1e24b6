/// Rows that share a value, as runs of one sorted array. A row alone with its value is in no run.
struct Runs: Sendable {
    /// Run after run; the rows of a run ascend.
    let rows: [UInt32]
    /// `starts[r] ..< starts[r + 1]` is run r.
    private let starts: [UInt32]
    /// Pairs of rows within runs.
    let pairs: Int

    var count: Int { starts.count - 1 }

    subscript(run: Int) -> Range<Int> {
        Int(starts[run])..<Int(starts[run + 1])
    }

    var largest: Range<Int>? {
        (0..<count).map { self[$0] }.max { $0.count < $1.count }
    }

    /// A row's number takes the lower bits of a sorted word, its value the others.
    private static let rowBits = 31
    /// Lower bits of a value that do not count.
    static let ignoredBits = UInt64(rowBits)

    /// Groups rows by value; 0 is no value.
    ///
    /// Only the upper 33 bits of a value count, so the values have to be mixed well. Two different values share them
    /// once in 8.6 billion pairs of rows: such rows are then compared needlessly, and nothing is lost.
    ///
    /// - Parameter sample: other rows are left out.
    init(_ values: [UInt64], sample: RowSample = .all) {
        precondition(values.count < 1 << Self.rowBits, "row numbers have 31 bits")
        let rowMask: UInt64 = 1 << UInt64(Self.rowBits) - 1
        var words: [UInt64] = []
        words.reserveCapacity(values.count)
        for (row, value) in values.enumerated() where value != 0 && sample.contains(UInt32(row)) {
            words.append(value & ~rowMask | UInt64(row))
        }
        RadixSort.sort(&words)
        var rows: [UInt32] = []
        var starts: [UInt32] = [0]
        var pairs = 0
        var start = 0
        while start < words.count {
            let value = words[start] & ~rowMask
            var end = start + 1
            while end < words.count, words[end] & ~rowMask == value { end += 1 }
            if end - start > 1 {
                for place in start..<end { rows.append(UInt32(truncatingIfNeeded: words[place] & rowMask)) }
                starts.append(UInt32(rows.count))
                pairs += (end - start) * (end - start - 1) / 2
            }
            start = end
        }
        self.rows = rows
        self.starts = starts
        self.pairs = pairs
    }
}
