import CKernels
import Records

/// The blocks of every key, and beside each row the numbers of its blocks: two numbers that are equal say that a key
/// brings two rows together.
struct BlockingIndex: Sendable {
    let keys: [Runs]
    /// Vectors of a row, eight keys each.
    private let width: Int
    /// Row after row the numbers of its blocks, 0 for a key in whose blocks it is not.
    private let blocks: [SIMD8<UInt32>]

    init(_ keys: [Runs], rows: Int, threads: Int) {
        self.keys = keys
        let width = (keys.count + 7) / 8
        self.width = width
        blocks = Array(unsafeUninitializedCapacity: rows * width) { buffer, count in
            buffer.initialize(repeating: .zero)
            count = buffer.count
            // Each thread writes vectors of its own.
            nonisolated(unsafe) let blocks = buffer
            _ = Parallel.map(width, threads: threads) { vector in
                for lane in 0..<min(8, keys.count - vector * 8) {
                    let runs = keys[vector * 8 + lane]
                    for run in 0..<runs.count {
                        for place in runs[run] {
                            blocks[Int(runs.rows[place]) * width + vector][lane] = UInt32(run + 1)
                        }
                    }
                }
            }
        }
    }

    /// The first key that brings two rows together.
    func firstKey(_ a: UInt32, _ b: UInt32) -> Int? {
        let found = keys(a, b)
        return found == 0 ? nil : found.trailingZeroBitCount
    }

    /// Every key that brings two rows together; bit k is key k.
    @inline(__always)
    func keys(_ a: UInt32, _ b: UInt32) -> UInt64 {
        let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
        let zero = SIMD8<UInt32>.zero
        var keys: UInt64 = 0
        for vector in 0..<width {
            let own = blocks[Int(a) * width + vector]
            let found = zero.replacing(with: bits, where: (own .== blocks[Int(b) * width + vector]) .& (own .!= zero))
            keys |= UInt64(found.wrappedSum()) << UInt64(vector * 8)
        }
        return keys
    }

    @inline(__always)
    func prefetch(_ row: UInt32) {
        blocks.withUnsafeBufferPointer { blocks in
            guard let base = blocks.baseAddress else { return }
            for vector in stride(from: 0, to: width, by: 2) { ck_prefetch(base + Int(row) * width + vector) }
        }
    }

    /// The row's block in a key; 0 where it is in none.
    func block(of row: UInt32, key: Int) -> UInt32 {
        blocks[Int(row) * width + key / 8][key % 8]
    }

    /// One row's blocks in the keys before another, for asking many rows whether one of those keys finds them too.
    struct Earlier {
        fileprivate var blocks: [SIMD8<UInt32>]

        init(than key: Int) {
            blocks = [SIMD8<UInt32>](repeating: .zero, count: (key + 7) / 8)
        }
    }

    /// Turns `earlier` to row `a`.
    @inline(__always)
    func turn(_ earlier: inout Earlier, to a: UInt32, than key: Int) {
        let lanes = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7)
        let none = SIMD8<UInt32>(repeating: .max)
        let zero = SIMD8<UInt32>.zero
        for vector in earlier.blocks.indices {
            let own = blocks[Int(a) * width + vector]
            let late = lanes .>= SIMD8<UInt32>(repeating: UInt32(key - vector * 8))
            // A number that no row has stands for "in no block" and for the keys that are not earlier.
            earlier.blocks[vector] = own.replacing(with: none, where: (own .== zero) .| late)
        }
    }

    @inline(__always)
    func finds(_ earlier: borrowing Earlier, _ b: UInt32) -> Bool {
        let start = Int(b) &* width
        for vector in earlier.blocks.indices {
            let equal = unsafeBitCast(earlier.blocks[vector] .== blocks[start &+ vector], to: SIMD4<UInt64>.self)
            if equal[0] | equal[1] | equal[2] | equal[3] != 0 { return true }
        }
        return false
    }
}
