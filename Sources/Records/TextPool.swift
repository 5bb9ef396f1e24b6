/// Distinct texts of a column, each known by a 32-bit code. Code 0 is the empty text, which means "missing".
///
/// The bytes lie end to end in one array; a million values cost a million offsets and no object.
package struct TextPool: Sendable {
    package fileprivate(set) var bytes: [UInt8] = []
    /// `ends[c]` is where value `c` ends; it begins where `c - 1` ends.
    fileprivate var ends: [Int] = [0]

    package init() {}

    /// Number of distinct values, the empty one included.
    package var count: Int { ends.count }

    package func range(of code: UInt32) -> Range<Int> {
        let index = Int(code)
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    package subscript(code: UInt32) -> String {
        String(decoding: bytes[range(of: code)], as: UTF8.self)
    }

    package func withUTF8<Result>(_ code: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = range(of: code)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }
}

/// Builds a `TextPool`: gives equal texts equal codes, in order of first appearance.
package struct TextInterner: Sendable {
    package private(set) var pool = TextPool()
    /// Open addressing, linear probing; a slot holds a code, 0 is free.
    private var slots: [UInt32]
    private var hashes: [UInt64] = [0]

    package init(expecting capacity: Int = 64) {
        var size = 128
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    package mutating func intern(_ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { intern($0) }
    }

    package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if text.isEmpty { return 0 }
        let hash = Self.hash(text)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let code = slots[slot]
            if hashes[Int(code)] == hash, holds(code, text) { return code }
            slot = (slot + 1) & (slots.count - 1)
        }
        let code = UInt32(pool.ends.count)
        pool.bytes.append(contentsOf: text)
        pool.ends.append(pool.bytes.count)
        hashes.append(hash)
        slots[slot] = code
        if hashes.count * 2 > slots.count { grow() }
        return code
    }

    private func holds(_ code: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        pool.withUTF8(code) { $0.elementsEqual(text) }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for code in 1..<hashes.count {
            var slot = Int(truncatingIfNeeded: hashes[code]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(code)
        }
    }

    /// Eight bytes a step, multiplied and folded (the manner of wyhash); never leaves the process.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
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
