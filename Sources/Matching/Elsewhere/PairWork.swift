import Records

/// A `PairJob` made ready: what the processes that make keys and compare pairs share.
package struct PairWork: Sendable {
    package let used: [Int]
    package let keys: Int
    let fields: Int
    let plan: MatchPlan
    let table: ClassTable
    let line: Double
    /// Key and block together, with the number of parts.
    private let splits: [BlockName: Int]
    /// Levels of each compared field.
    private let levels: [UInt64]

    /// - Returns: `nil` when the job speaks of what this version does not know.
    package init?(_ job: PairJob) {
        guard job.tool == Version.text, job.format == PairJob.format, let plan = job.plan,
            let table = job.table(for: plan), job.line >= 0, job.splits.allSatisfy({ $0.parts >= 2 })
        else { return nil }
        used = job.used
        keys = plan.keys.count
        fields = job.fields
        self.plan = plan
        self.table = table
        line = job.line
        levels = plan.comparators.map { UInt64($0.ladder.count) }
        splits = Dictionary(job.splits.map { (BlockName(key: $0.key, block: $0.block), $0.parts) }) { _, last in last }
    }

    /// A block in a job: the key, and the bits of its value that tell blocks apart.
    package struct BlockName: Hashable, Sendable {
        package let key: Int
        package let block: UInt64

        package init(key: Int, block: UInt64) {
            self.key = key
            self.block = block
        }
    }

    /// Whether every level of the pattern is one of its field: four bits a compared field, the first field lowest.
    package func isPattern(_ pattern: UInt64) -> Bool {
        var rest = pattern
        for levels in levels {
            if rest & 15 >= levels { return false }
            rest >>= 4
        }
        return rest == 0
    }

    /// Parts that the block is compared in; 1 for a whole one.
    package func parts(of block: BlockName) -> Int { splits[block] ?? 1 }

    /// Calls `body` with the place of each row in the batch and each block that it is in.
    ///
    /// - Parameter wanted: by place, the keys that are asked for; bit k is key k.
    package func forEachBlock(
        of rows: RowBatch, wanted: [UInt64], _ body: (Int, BlockName) throws -> Void
    ) rethrows {
        let columns = rows.columns(fields: fields)
        let parts = KeyParts(plan, columns: columns, threads: 1)
        let values = plan.keys.map { parts.values(of: $0.parts) }
        for row in 0..<columns.count {
            for (key, values) in values.enumerated() where wanted[row] >> UInt64(key) & 1 == 1 && values[row] != 0 {
                try body(row, BlockName(key: key, block: values[row] >> Runs.ignoredBits))
            }
        }
    }

    /// The part of its block that a row is in; depends on nothing but its number.
    package static func part(of row: UInt32, in parts: Int) -> Int {
        Int((UInt64(row &* 0x9E37_79B1) &* UInt64(parts)) >> 32)
    }
}
