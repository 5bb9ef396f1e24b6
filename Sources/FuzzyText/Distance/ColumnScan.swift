import CKernels

/// One text of a column against many others, or many against many, in vector lanes. Owns the working memory, so it
/// belongs to one thread; make one for each thread and keep it.
///
/// Codes must be those of the column. Where a text is longer than 64 units, or memory for the tables is lacking, the
/// pair is compared by itself; the results are the same.
package struct ColumnScan: ~Copyable {
    package let column: PreparedColumn
    private let scratch: OpaquePointer?

    package init(_ column: PreparedColumn, _ instructions: InstructionSet = .best) {
        self.column = column
        scratch = ck_scratch_make(column.alphabet, min(instructions, .best).level)
    }

    deinit {
        ck_scratch_free(scratch)
    }

    /// Jaro-Winkler similarity of `pattern` with each of `codes`, into the first places of `scores`. With `steps`, 0
    /// where the lowest of them is not reached, which is often known without a comparison.
    package mutating func jaroWinkler(
        _ pattern: UInt32, against codes: UnsafeBufferPointer<UInt32>, from steps: JaroWinklerSteps? = nil,
        into scores: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(scores.count >= codes.count, "a place for each score")
        guard let candidates = codes.baseAddress, let out = scores.baseAddress else { return }
        let column = column
        func alone(_ code: UInt32) -> Float {
            guard let steps else { return Float(column.jaroWinkler(pattern, code)) }
            return Float(column.jaroWinkler(pattern, code, from: steps))
        }
        guard let scratch, column.length(pattern) <= Self.longest else {
            for (place, code) in codes.enumerated() { out[place] = alone(code) }
            return
        }
        column.withKernelView { view in
            if let steps {
                let floor = steps.bounds.first ?? .infinity
                steps.withNeed(length: column.length(pattern)) {
                    ck_jaro_winkler(scratch, view, pattern, candidates, codes.count, $0, floor, out)
                }
            } else {
                ck_jaro_winkler(scratch, view, pattern, candidates, codes.count, nil, 0, out)
            }
        }
        if column.hasLong {
            for (place, code) in codes.enumerated() where column.length(code) > Self.longest {
                out[place] = alone(code)
            }
        }
    }

    /// How many of `steps` the similarity of `pattern` with each of `codes` reaches, into the first places of `rungs`.
    package mutating func jaroWinklerRungs(
        _ pattern: UInt32, against codes: UnsafeBufferPointer<UInt32>, steps: JaroWinklerSteps,
        into rungs: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(rungs.count >= codes.count, "a place for each rung")
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.portion) { scores in
            var start = 0
            while start < codes.count {
                let end = min(start &+ Self.portion, codes.count)
                let part = UnsafeBufferPointer(rebasing: codes[start..<end])
                jaroWinkler(pattern, against: part, from: steps, into: scores)
                let room = UnsafeMutableBufferPointer(rebasing: rungs[start..<end])
                room.initialize(repeating: 0)
                for bound in steps.bounds {
                    for place in 0..<part.count { room[place] &+= scores[place] >= bound ? 1 : 0 }
                }
                start = end
            }
        }
    }

    /// Optimal string alignment distance of `pattern` and each of `codes`, or `limit + 1` where it is greater, into the
    /// first places of `distances`. A limit is from 0 to 254; under 64, most far pairs cost no comparison.
    package mutating func osa(
        _ pattern: UInt32, against codes: UnsafeBufferPointer<UInt32>, atMost limit: Int = 254,
        into distances: UnsafeMutableBufferPointer<UInt8>
    ) {
        edits(pattern, codes, transpositions: true, limit, distances)
    }

    /// The same with Levenshtein's distance.
    package mutating func levenshtein(
        _ pattern: UInt32, against codes: UnsafeBufferPointer<UInt32>, atMost limit: Int = 254,
        into distances: UnsafeMutableBufferPointer<UInt8>
    ) {
        edits(pattern, codes, transpositions: false, limit, distances)
    }

    private func edits(
        _ pattern: UInt32, _ codes: UnsafeBufferPointer<UInt32>, transpositions: Bool, _ limit: Int,
        _ distances: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(distances.count >= codes.count, "a place for each distance")
        guard let candidates = codes.baseAddress, let out = distances.baseAddress else { return }
        let column = column
        let limit = UInt8(max(0, min(limit, 254)))
        func alone(_ code: UInt32) -> UInt8 {
            let distance =
                transpositions
                ? column.osa(pattern, code, atMost: Int(limit)) : column.levenshtein(pattern, code, atMost: Int(limit))
            return UInt8(distance ?? Int(limit) + 1)
        }
        guard let scratch, column.length(pattern) <= Self.longest else {
            for (place, code) in codes.enumerated() { out[place] = alone(code) }
            return
        }
        column.withKernelView {
            ck_edit_distance(scratch, $0, transpositions ? 1 : 0, pattern, candidates, codes.count, limit, out)
        }
        if column.hasLong {
            for (place, code) in codes.enumerated() where column.length(code) > Self.longest {
                out[place] = alone(code)
            }
        }
    }

    static let longest = Int(CK_LONGEST)
    private static let portion = 256

    /// The tables of this thread, for the kernels; `nil` without memory.
    var tables: OpaquePointer? { scratch }
}

extension PreparedColumn {
    /// The column as the kernels see it.
    func withKernelView<Result>(_ body: (CKColumn) -> Result) -> Result {
        units.withUnsafeBufferPointer { units in
            heads.withUnsafeBufferPointer { body(CKColumn(units: units.baseAddress, heads: $0.baseAddress)) }
        }
    }
}
