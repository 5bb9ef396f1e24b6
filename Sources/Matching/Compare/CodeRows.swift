import CKernels
import Records

/// The codes of the compared fields row by row, eight fields a vector: what one look at memory tells of a pair.
struct CodeRows: Sendable {
    /// `vectors[v][row]` holds the codes of fields 8v ..< 8v + 8.
    private let vectors: [[SIMD8<UInt32>]]

    init(_ columns: [RecordTable.Column], rows: Int, threads: Int) {
        vectors = Parallel.map((columns.count + 7) / 8, threads: threads) { vector in
            let codes = columns[vector * 8..<min(columns.count, vector * 8 + 8)].map(\.codes)
            return (0..<rows).map { row in
                var vector = SIMD8<UInt32>.zero
                for (lane, codes) in codes.enumerated() { vector[lane] = codes[row] }
                return vector
            }
        }
    }

    /// Which fields hold the same value in both rows, and which a different one; a field that is missing in either is
    /// in neither. Bit f is field f.
    @inline(__always)
    func compare(_ pair: RowPair) -> (equal: UInt32, different: UInt32) {
        let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
        let zero = SIMD8<UInt32>.zero
        var (equal, different): (UInt32, UInt32) = (0, 0)
        for vector in vectors.indices {
            let a = vectors[vector][Int(pair.a)]
            let b = vectors[vector][Int(pair.b)]
            let present = bits.replacing(with: zero, where: (a .== zero) .| (b .== zero))
            let same = zero.replacing(with: present, where: a .== b)
            equal |= same.wrappedSum() << UInt32(vector * 8)
            different |= (present &- same).wrappedSum() << UInt32(vector * 8)
        }
        return (equal, different)
    }

    @inline(__always)
    func prefetch(_ row: UInt32) {
        for vector in vectors {
            vector.withUnsafeBufferPointer { rows in
                if let base = rows.baseAddress { ck_prefetch(base + Int(row)) }
            }
        }
    }

    @inline(__always)
    func code(_ row: UInt32, _ field: Int) -> UInt32 {
        vectors[field >> 3][Int(row)][field & 7]
    }
}
