import CKernels

/// Every row with every column: the fastest way for a block of some sixteen texts and more, because the tables of a
/// group of columns serve all rows. The value of row r and column c stands at r × number of columns + c.
extension ColumnScan {
    /// Jaro-Winkler similarity.
    package mutating func jaroWinklerGrid(
        rows: UnsafeBufferPointer<UInt32>, columns: UnsafeBufferPointer<UInt32>,
        into scores: UnsafeMutableBufferPointer<Float>
    ) {
        let column = column
        grid(rows, columns, scores) { scratch, row, line in
            column.withKernelView {
                ck_jaro_winkler_grid(
                    scratch, $0, row, rows.count, line, columns.count, scores.baseAddress, columns.count)
            }
        } alone: {
            Float(column.jaroWinkler($0, $1))
        }
    }

    /// Optimal string alignment distance, 255 where it is greater than 254.
    package mutating func osaGrid(
        rows: UnsafeBufferPointer<UInt32>, columns: UnsafeBufferPointer<UInt32>,
        into distances: UnsafeMutableBufferPointer<UInt8>
    ) {
        editGrid(rows, columns, distances, transpositions: true)
    }

    /// Levenshtein's distance, 255 where it is greater than 254.
    package mutating func levenshteinGrid(
        rows: UnsafeBufferPointer<UInt32>, columns: UnsafeBufferPointer<UInt32>,
        into distances: UnsafeMutableBufferPointer<UInt8>
    ) {
        editGrid(rows, columns, distances, transpositions: false)
    }

    private func editGrid(
        _ rows: UnsafeBufferPointer<UInt32>, _ columns: UnsafeBufferPointer<UInt32>,
        _ distances: UnsafeMutableBufferPointer<UInt8>, transpositions: Bool
    ) {
        let column = column
        grid(rows, columns, distances) { scratch, row, line in
            column.withKernelView {
                ck_edit_distance_grid(
                    scratch, $0, transpositions ? 1 : 0, row, rows.count, line, columns.count, distances.baseAddress,
                    columns.count)
            }
        } alone: {
            let distance =
                transpositions ? column.osa($0, $1, atMost: 254) : column.levenshtein($0, $1, atMost: 254)
            return UInt8(distance ?? 255)
        }
    }

    /// Runs `kernel`, which says 0 when it wrote all, 1 when all but the pairs with a long text, 2 when nothing; the
    /// others are compared by themselves.
    private func grid<Value>(
        _ rows: UnsafeBufferPointer<UInt32>, _ columns: UnsafeBufferPointer<UInt32>,
        _ out: UnsafeMutableBufferPointer<Value>,
        kernel: (OpaquePointer, UnsafePointer<UInt32>, UnsafePointer<UInt32>) -> Int32,
        alone: (UInt32, UInt32) -> Value
    ) {
        precondition(out.count >= rows.count * columns.count, "a place for each pair")
        guard let row = rows.baseAddress, let line = columns.baseAddress, !rows.isEmpty, !columns.isEmpty else {
            return
        }
        let status = tables.map { kernel($0, row, line) } ?? 2
        if status == 0 { return }
        for (r, a) in rows.enumerated() {
            let longRow = column.length(a) > Self.longest
            for (c, b) in columns.enumerated() where status == 2 || longRow || column.length(b) > Self.longest {
                out[r &* columns.count &+ c] = alone(a, b)
            }
        }
    }
}
