import Records

/// The blocks of every key, and beside each row the numbers of its blocks: two numbers that are equal say that a key
/// brings two rows together.
struct BlockingIndex: Sendable {
    let keys: [Runs]
    /// Eight keys a vector: `blocks[v][row]` holds the row's block in the keys 8v ..< 8v + 8, 0 where it is in none.
    private let blocks: [[SIMD8<UInt32>]]

    init(_ plan: MatchPlan, parts: KeyParts, rows: Int, threads: Int) {
        let keys = Parallel.map(plan.keys.count, threads: threads) { Runs(parts.values(of: plan.keys[$0].parts)) }
        self.init(keys, rows: rows, threads: threads)
    }

    init(_ keys: [Runs], rows: Int, threads: Int) {
        self.keys = keys
        blocks = Parallel.map((keys.count + 7) / 8, threads: threads) { vector in
            var blocks = [SIMD8<UInt32>](repeating: .zero, count: rows)
            for lane in 0..<min(8, keys.count - vector * 8) {
                let runs = keys[vector * 8 + lane]
                for run in 0..<runs.count {
                    for place in runs[run] { blocks[Int(runs.rows[place])][lane] = UInt32(run + 1) }
                }
            }
            return blocks
        }
    }

    /// The first key that brings two rows together.
    func firstKey(_ a: UInt32, _ b: UInt32) -> Int? {
        keys.indices.first { key in
            let block = blocks[key / 8][Int(a)][key % 8]
            return block != 0 && block == blocks[key / 8][Int(b)][key % 8]
        }
    }

    /// The row's block in a key; 0 where it is in none.
    func block(of row: UInt32, key: Int) -> UInt32 {
        blocks[key / 8][Int(row)][key % 8]
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
            let own = blocks[vector][Int(a)]
            let late = lanes .>= SIMD8<UInt32>(repeating: UInt32(key - vector * 8))
            // A number that no row has stands for "in no block" and for the keys that are not earlier.
            earlier.blocks[vector] = own.replacing(with: none, where: (own .== zero) .| late)
        }
    }

    @inline(__always)
    func finds(_ earlier: borrowing Earlier, _ b: UInt32) -> Bool {
        for vector in earlier.blocks.indices {
            let equal = unsafeBitCast(earlier.blocks[vector] .== blocks[vector][Int(b)], to: SIMD4<UInt64>.self)
            if equal[0] | equal[1] | equal[2] | equal[3] != 0 { return true }
        }
        return false
    }
}
