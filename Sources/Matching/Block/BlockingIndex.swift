import Records

/// The blocks of every key: rows sorted by key, and each row's keys side by side for telling which key finds a pair
/// first.
struct BlockingIndex: Sendable {
    /// One key: rows that have it, sorted by key value and row; a block is a run of equal values.
    struct Key: Sendable {
        let rows: [UInt32]
        /// `starts[b] ..< starts[b + 1]` is block b; only blocks of two and more.
        let blocks: [Range<Int>]
        /// Pairs the blocks hold, before links and earlier keys are looked at.
        let pairs: Int
    }

    let keys: [Key]
    /// Key values row by row: `values[row * keys.count + k]`, 0 where the row is not in key k.
    private let values: [UInt64]

    init(_ plan: MatchPlan, columns: MatchColumns, threads: Int) {
        let count = plan.keys.count
        let perKey = Parallel.map(count, threads: threads) { index in
            let values = Self.keyValues(plan.keys[index], columns)
            return (Self.key(values), values)
        }
        keys = perKey.map(\.0)
        var values = [UInt64](repeating: 0, count: columns.count * count)
        for (index, entry) in perKey.enumerated() {
            for row in 0..<columns.count { values[row * count + index] = entry.1[row] }
        }
        self.values = values
    }

    /// Whether a key before `key` brings the two rows together as well.
    @inline(__always)
    func isFoundEarlier(_ a: UInt32, _ b: UInt32, than key: Int) -> Bool {
        values.withUnsafeBufferPointer { values in
            let left = Int(a) * keys.count
            let right = Int(b) * keys.count
            for index in 0..<key where values[left + index] != 0 && values[left + index] == values[right + index] {
                return true
            }
            return false
        }
    }

    /// 64-bit value of a key per row. Parts are mixed by multiplication; two different keys share a value once in
    /// about 10¹⁹ pairs, and then only bring a comparison more.
    private static func keyValues(_ key: MatchPlan.Key, _ columns: MatchColumns) -> [UInt64] {
        var values = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: columns.count)
        for part in key.parts {
            let codes = partCodes(part, columns)
            for row in values.indices {
                let code = codes[row]
                if code == 0 || values[row] == 0 {
                    values[row] = 0
                } else {
                    let (high, low) = (values[row] ^ UInt64(code)).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
                    values[row] = max(1, high ^ low)
                }
            }
        }
        return values
    }

    /// Per row the code of a part of a key, 0 for none.
    static func partCodes(_ part: MatchPlan.Part, _ columns: MatchColumns) -> [UInt64] {
        let first = transformed(part.field, part.transform, columns)
        guard let partner = part.partner else {
            let codes = columns[part.field].codes
            return codes.map { UInt64(first.codes[Int($0)]) }
        }
        // Both fields in one dictionary, the smaller code first: the order of the two does not matter.
        let second = transformed(partner, part.transform, columns, after: first.interner)
        return (0..<columns.count).map { row in
            let x = UInt64(first.codes[Int(columns[part.field].codes[row])])
            let y = UInt64(second.codes[Int(columns[partner].codes[row])])
            return x == 0 || y == 0 ? 0 : min(x, y) << 32 | max(x, y)
        }
    }

    private static func transformed(
        _ field: Int, _ transform: String?, _ columns: MatchColumns, after interner: TextInterner = TextInterner()
    ) -> (codes: [UInt32], interner: TextInterner) {
        let values = columns[field].values
        var interner = interner
        let key = transform.flatMap(KeyTransform.named)
        let codes = (0..<values.count).map { code -> UInt32 in
            if code == 0 { return 0 }
            let text = values[UInt32(code)]
            guard let key else { return interner.intern(text) }
            return key.key(text).map { interner.intern($0) } ?? 0
        }
        return (codes, interner)
    }

    private static func key(_ values: [UInt64]) -> Key {
        var entries: [KeyedRow] = []
        entries.reserveCapacity(values.count)
        for (row, value) in values.enumerated() where value != 0 {
            entries.append(KeyedRow(key: value, row: UInt32(row)))
        }
        RadixSort.sort(&entries)
        var blocks: [Range<Int>] = []
        var pairs = 0
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            if end - start > 1 {
                blocks.append(start..<end)
                pairs += (end - start) * (end - start - 1) / 2
            }
            start = end
        }
        return Key(rows: entries.map(\.row), blocks: blocks, pairs: pairs)
    }
}
