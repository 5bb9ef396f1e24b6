/// Distinct texts of a column, each known by a 32-bit code. Code 0 is the empty text, which means "missing".
///
/// The bytes lie end to end in one array; a million values cost a million offsets and no object.
package struct TextPool: Sendable {
    package fileprivate(set) var bytes: [UInt8] = []
    /// `ends[c]` is where value `c` ends; it begins where `c - 1` ends.
    fileprivate var ends: [Int] = [0]

    package init() {}

    /// Some values of another pool, in this order; the first of them is its empty one.
    package init(_ codes: [UInt32], of other: TextPool) {
        precondition(codes.first == 0, "code 0 is the empty text")
        ends.reserveCapacity(codes.count)
        for code in codes.dropFirst() {
            bytes += other.bytes[other.range(of: code)]
            ends.append(bytes.count)
        }
    }

    /// The values that some codes name, each once in the order they come; the codes there, and what each value's was here.
    package func picked(_ codes: some Sequence<UInt32>) -> (codes: [UInt32], pool: TextPool, origins: [UInt32]) {
        var new = [UInt32](repeating: 0, count: count)
        var origins: [UInt32] = [0]
        let codes = codes.map { code -> UInt32 in
            if code != 0, new[Int(code)] == 0 {
                new[Int(code)] = UInt32(origins.count)
                origins.append(code)
            }
            return new[Int(code)]
        }
        return (codes, TextPool(origins, of: self), origins)
    }

    /// Number of distinct values, the empty one included.
    package var count: Int { ends.count }

    package func range(of code: UInt32) -> Range<Int> {
        let index = Int(code)
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    package subscript(code: UInt32) -> String {
        String(decoding: bytes[range(of: code)], as: UTF8.self)
    }

    /// Where the values lie, for loops over millions of them; valid within `body`.
    package func withView<Result>(_ body: (TextView) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            try ends.withUnsafeBufferPointer { try body(TextView(bytes: bytes, ends: $0)) }
        }
    }

    package func withUTF8<Result>(_ code: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = range(of: code)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }
}

/// The values of a `TextPool` as they lie in memory. Not to be kept.
package struct TextView {
    let bytes: UnsafeBufferPointer<UInt8>
    let ends: UnsafeBufferPointer<Int>

    package var count: Int { ends.count }

    package subscript(code: UInt32) -> UnsafeBufferPointer<UInt8> {
        let index = Int(code)
        let start = index == 0 ? 0 : ends[index - 1]
        return UnsafeBufferPointer(rebasing: bytes[start..<ends[index]])
    }

    func allSatisfy(_ isRight: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        ends.indices.allSatisfy { isRight(self[UInt32(truncatingIfNeeded: $0)]) }
    }
}

/// Builds a `TextPool`: gives equal texts equal codes, in order of first appearance.
package struct TextInterner: Sendable {
    package private(set) var pool = TextPool()
    /// Open addressing, linear probing. A slot holds the upper half of the text's hash and below it the code; 0 is free.
    /// A different text is nearly always told by its slot alone, without a look at the pool.
    private var slots: [UInt64]

    package init(expecting capacity: Int = 64) {
        var size = 128
        while size / 4 * 3 < capacity { size *= 2 }
        slots = Array(repeating: 0, count: size)
        pool.ends.reserveCapacity(capacity + 1)
    }

    /// Goes on from the first `count` texts of a pool, which keep their codes.
    package init(first count: Int, of known: TextPool, expecting capacity: Int = 64) {
        self.init(expecting: max(count, capacity))
        let texts = max(1, min(count, known.count))
        pool.bytes = Array(known.bytes[..<known.ends[texts - 1]])
        pool.ends = Array(known.ends[..<texts])
        self.count = texts
        Self.fill(&slots, with: pool)
    }

    /// Number of distinct texts so far, the empty one included: the code the next new text gets.
    package private(set) var count = 1

    package mutating func intern(_ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { intern($0) }
    }

    package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        text.isEmpty ? 0 : intern(text, hash: Self.hash(text))
    }

    /// Interns the texts in order and appends their codes: for millions of cells, a column at a time.
    package mutating func intern(_ texts: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>, into codes: inout [UInt32]) {
        // Most of the time goes into waiting for memory. Taking a group of texts through each step together lets the waits
        // overlap. A slot that was read early may have been filled since, but a code never changes its text.
        withUnsafeTemporaryAllocation(of: Candidate.self, capacity: Self.group) { candidates in
            var start = 0
            while start < texts.count {
                let size = min(Self.group, texts.count - start)
                for index in 0..<size {
                    let hash = Self.hash(texts[start + index])
                    let entry = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
                    candidates[index] = Candidate(hash: hash, entry: entry, range: 0..<0)
                }
                for index in 0..<size where candidates[index].isLikely {
                    candidates[index].range = pool.range(of: UInt32(truncatingIfNeeded: candidates[index].entry))
                }
                for index in 0..<size {
                    let text = texts[start + index]
                    let candidate = candidates[index]
                    if text.isEmpty {
                        codes.append(0)
                    } else if !candidate.range.isEmpty, stands(at: candidate.range, text) {
                        codes.append(UInt32(truncatingIfNeeded: candidate.entry))
                    } else {
                        codes.append(intern(text, hash: candidate.hash))
                    }
                }
                start += size
            }
        }
    }

    private struct Candidate {
        let hash: UInt64
        let entry: UInt64
        var range: Range<Int>

        var isLikely: Bool { entry != 0 && (entry ^ hash) >> 32 == 0 }
    }

    private static let group = 64

    private mutating func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32 {
        let tag = hash & 0xFFFF_FFFF_0000_0000
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = slots[slot]
            let code = UInt32(truncatingIfNeeded: entry)
            if entry & 0xFFFF_FFFF_0000_0000 == tag, holds(code, text) { return code }
            slot = (slot + 1) & mask
        }
        let code = UInt32(count)
        pool.bytes.append(contentsOf: text)
        pool.ends.append(pool.bytes.count)
        count += 1
        slots[slot] = tag | UInt64(code)
        if count > slots.count / 4 * 3 { grow() }
        return code
    }

    private func holds(_ code: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        stands(at: pool.range(of: code), text)
    }

    private func stands(at range: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == text.count else { return false }
        return pool.bytes.withUnsafeBytes { pool in
            let text = UnsafeRawBufferPointer(text)
            var index = 0
            while index + 8 <= text.count {
                let ours = pool.loadUnaligned(fromByteOffset: range.lowerBound + index, as: UInt64.self)
                if ours != text.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
                index += 8
            }
            while index < text.count {
                if pool[range.lowerBound + index] != text[index] { return false }
                index += 1
            }
            return true
        }
    }

    /// Hashes are made again from the texts, which lie in order: that is cheaper than keeping eight bytes a text.
    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        Self.fill(&larger, with: pool)
        slots = larger
    }

    /// Enters all texts into free slots.
    private static func fill(_ slots: inout [UInt64], with pool: TextPool) {
        let mask = slots.count - 1
        for code in 1..<UInt32(pool.count) {
            let hash = pool.withUTF8(code, hash)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(code)
        }
    }

    /// Eight bytes a step, multiplied and folded (the manner of wyhash); never leaves the process.
    package static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        func mix(_ word: UInt64) {
            let (high, low) = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
            hash = high ^ low
        }
        let raw = UnsafeRawBufferPointer(text)
        while index + 8 <= raw.count {
            mix(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var tail: UInt64 = 0
        while index < raw.count {
            tail = tail << 8 | UInt64(raw[index])
            index += 1
        }
        mix(tail)
        return hash ^ hash >> 29
    }
}
