import Records

/// The parts of a plan's keys, each computed once for every distinct value however many keys it stands in.
struct KeyParts: Sendable {
    /// What two records have to share, by the code of their value in a column; 0 for none.
    private struct Part: Sendable {
        let codes: [UInt32]
        /// Hashes of what is shared, so that a key is the same in every run and in every part of a table.
        let shared: [UInt64]

        subscript(row: Int) -> UInt64 { shared[Int(codes[row])] }
    }

    /// One for a field, two for two fields taken together in any order.
    private let parts: [MatchPlan.Part: [Part]]
    private let rows: Int
    private let without: [UInt32]

    /// - Parameter without: rows that no key has a value for.
    init(_ plan: MatchPlan, columns: MatchColumns, without: [UInt32] = [], threads: Int) {
        var distinct: [MatchPlan.Part] = []
        for part in plan.keys.flatMap(\.parts) where !distinct.contains(part) { distinct.append(part) }
        let wanted = distinct
        let made = Parallel.map(wanted.count, threads: threads) { Self.make(wanted[$0], columns) }
        parts = Dictionary(zip(wanted, made)) { first, _ in first }
        rows = columns.count
        self.without = without
    }

    /// 64-bit value of a key per row, 0 where a part is missing.
    ///
    /// Parts are mixed by multiplication; two different keys share a value once in about 10¹⁹ pairs.
    func values(of key: [MatchPlan.Part]) -> [UInt64] {
        var values = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: rows)
        for part in key {
            guard let made = parts[part] else { preconditionFailure("a part of the plan the parts were made for") }
            for row in values.indices {
                let code: UInt64
                if made.count == 1 {
                    code = made[0][row]
                } else {
                    let (x, y) = (made[0][row], made[1][row])
                    code = x == 0 || y == 0 ? 0 : Self.mix(min(x, y), max(x, y))
                }
                values[row] = code == 0 || values[row] == 0 ? 0 : Self.mix(values[row], code)
            }
        }
        for row in without { values[Int(row)] = 0 }
        return values
    }

    @inline(__always)
    private static func mix(_ value: UInt64, _ code: UInt64) -> UInt64 {
        let (high, low) = (value ^ code).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return max(1, high ^ low)
    }

    private static func make(_ part: MatchPlan.Part, _ columns: MatchColumns) -> [Part] {
        let transform = part.transform.flatMap(KeyTransform.named)
        return part.fields.map { field in
            Part(codes: columns[field].codes, shared: hashes(of: columns[field].values, transform))
        }
    }

    /// The hash of the transformed text of each distinct value, 0 where there is none.
    private static func hashes(of values: TextPool, _ transform: KeyTransform?) -> [UInt64] {
        var key: [UInt8] = []
        return (0..<UInt32(values.count)).map { code in
            if code == 0 { return 0 }
            guard let transform else { return values.withUTF8(code, hash) }
            key.removeAll(keepingCapacity: true)
            if let quick = transform.quick, values.withUTF8(code, { quick($0, &key) }) {
                return key.withUnsafeBufferPointer(hash)
            }
            guard var text = transform.key(values[code]) else { return 0 }
            return text.withUTF8(hash)
        }
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        text.isEmpty ? 0 : max(1, TextInterner.hash(text))
    }
}
