import CKernels
import Records

/// What comparing begins with, row by row: one look at memory tells of a pair which fields are equal.
struct CodeRows: Sendable {
    /// The lanes of a row's line, one cache line: codes of the first eight compared fields, the pattern of the row with
    /// itself in two halves, and its names as `NameExchange` knows them.
    typealias Line = SIMD16<UInt32>
    private static let exact = 8
    private static let names = 10

    private let lines: [Line]
    /// Codes of the fields from the ninth on, for the few rule books that compare so many.
    private let more: [SIMD8<UInt32>]
    private let isWide: Bool

    /// - Parameters:
    ///   - exactPatterns: per row its pattern with itself.
    ///   - names: per row; empty where names are not compared.
    init(
        _ columns: [RecordTable.Column], exactPatterns: [UInt64], names: [NameExchange.Names], threads: Int
    ) {
        let rows = exactPatterns.count
        let codes = columns.map(\.codes)
        isWide = codes.count > 8
        let (first, rest) = (codes.prefix(8), codes.dropFirst(8).prefix(8))
        let piece = 1 << 16
        lines = Array(unsafeUninitializedCapacity: rows) { buffer, count in
            count = rows
            // Each thread writes lines of its own.
            nonisolated(unsafe) let lines = buffer
            _ = Parallel.map((rows + piece - 1) / piece, threads: threads) { index in
                for row in index * piece..<min(rows, (index + 1) * piece) {
                    var line = Line.zero
                    for (lane, codes) in first.enumerated() { line[lane] = codes[row] }
                    line[Self.exact] = UInt32(truncatingIfNeeded: exactPatterns[row])
                    line[Self.exact + 1] = UInt32(truncatingIfNeeded: exactPatterns[row] >> 32)
                    if !names.isEmpty {
                        for lane in 0..<4 { line[Self.names + lane] = names[row][lane] }
                    }
                    lines[row] = line
                }
            }
        }
        more =
            rest.isEmpty
            ? []
            : (0..<rows).map { row in
                var vector = SIMD8<UInt32>.zero
                for (lane, codes) in rest.enumerated() { vector[lane] = codes[row] }
                return vector
            }
    }

    /// A pair with what equal codes tell of it.
    @inline(__always)
    func open(_ pair: RowPair) -> OpenPair {
        let (a, b) = (lines[Int(pair.a)], lines[Int(pair.b)])
        var (equal, different) = Self.compare(a.lowHalf, b.lowHalf)
        var (moreLeft, moreRight) = (SIMD8<UInt32>.zero, SIMD8<UInt32>.zero)
        if isWide {
            (moreLeft, moreRight) = (more[Int(pair.a)], more[Int(pair.b)])
            let high = Self.compare(moreLeft, moreRight)
            equal |= high.equal << 8
            different |= high.different << 8
        }
        let exact = UInt64(a[Self.exact]) | UInt64(a[Self.exact + 1]) << 32
        var pattern: UInt64 = 0
        while equal != 0 {
            pattern |= exact & 15 << UInt64(truncatingIfNeeded: equal.trailingZeroBitCount &* 4)
            equal &= equal &- 1
        }
        return OpenPair(
            left: a.lowHalf, right: b.lowHalf, moreLeft: moreLeft, moreRight: moreRight, pattern: pattern, pair: pair,
            open: different)
    }

    /// Which lanes hold the same code in both, and which a different one; a code that is 0 in either is in neither.
    @inline(__always)
    private static func compare(_ a: SIMD8<UInt32>, _ b: SIMD8<UInt32>) -> (equal: UInt32, different: UInt32) {
        let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
        let zero = SIMD8<UInt32>.zero
        let present = bits.replacing(with: zero, where: (a .== zero) .| (b .== zero))
        let same = zero.replacing(with: present, where: a .== b)
        return (same.wrappedSum(), (present &- same).wrappedSum())
    }

    @inline(__always)
    func names(of row: UInt32) -> NameExchange.Names {
        let line = lines[Int(row)]
        return NameExchange.Names(
            line[Self.names], line[Self.names + 1], line[Self.names + 2], line[Self.names + 3])
    }

    /// Asks for a row's line some time before it is needed.
    @inline(__always)
    func prefetch(_ row: UInt32) {
        lines.withUnsafeBufferPointer { lines in
            if let base = lines.baseAddress { ck_prefetch(base + Int(row)) }
        }
    }
}
