import Records

/// The parts of a plan's keys, each computed once for every distinct value however many keys it stands in.
struct KeyParts: Sendable {
    /// Per part and row the code of what two records have to share; 0 for none.
    private let codes: [MatchPlan.Part: [UInt64]]

    init(_ plan: MatchPlan, columns: MatchColumns, threads: Int) {
        var parts: [MatchPlan.Part] = []
        for part in plan.keys.flatMap(\.parts) where !parts.contains(part) { parts.append(part) }
        let distinct = parts
        let computed = Parallel.map(distinct.count, threads: threads) { Self.codes(of: distinct[$0], columns) }
        codes = Dictionary(zip(distinct, computed)) { first, _ in first }
    }

    subscript(part: MatchPlan.Part) -> [UInt64] {
        guard let codes = codes[part] else { preconditionFailure("a part of the plan the parts were made for") }
        return codes
    }

    private static func codes(of part: MatchPlan.Part, _ columns: MatchColumns) -> [UInt64] {
        let first = transformed(part.field, part.transform, columns)
        guard let partner = part.partner else {
            return columns[part.field].codes.map { UInt64(first.codes[Int($0)]) }
        }
        // Both fields in one dictionary, the smaller code first: the order of the two does not matter.
        let second = transformed(partner, part.transform, columns, after: first.interner)
        return (0..<columns.count).map { row in
            let x = UInt64(first.codes[Int(columns[part.field].codes[row])])
            let y = UInt64(second.codes[Int(columns[partner].codes[row])])
            return x == 0 || y == 0 ? 0 : min(x, y) << 32 | max(x, y)
        }
    }

    /// The code of the transformed text of each distinct value.
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
}
