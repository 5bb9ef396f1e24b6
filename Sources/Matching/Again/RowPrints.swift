import Records

/// What decides how a row is compared, as one number a row: its record, the values of all fields that are compared or
/// blocked on, and how common they are. Two rows of two runs that have the same print are compared alike with any third row
/// that has not changed.
///
/// Two different rows have one print once in 1.8 · 10¹⁹ pairs: with 10,000 changed rows of a million, in one run of a billion.
struct RowPrints: Sendable {
    /// By row.
    let prints: [UInt64]
    /// Per compared field the level of each of its values with itself.
    let exactLevels: [[UInt8]]

    init(_ columns: MatchColumns, _ copies: Copies, records: RecordTable, plan: MatchPlan, threads: Int) {
        let comparators = plan.comparators
        let levels = Parallel.map(comparators.count, threads: threads) { index in
            comparators[index].ladder.exactLevels(of: columns[plan.comparisons[index].field])
        }
        exactLevels = levels
        let fields = Set(plan.comparisons.map(\.field) + plan.keys.flatMap(\.parts).flatMap(\.fields)).sorted()
        let hashes = Parallel.map(fields.count, threads: threads) { index in
            let field = fields[index]
            let compared = plan.comparisons.indices.filter { plan.comparisons[$0].field == field }
            let values = columns[field].values
            return values.withView { view in
                (0..<UInt32(values.count)).map { code in
                    compared.reduce(TextInterner.hash(view[code])) { Self.mix($0, UInt64(levels[$1][Int(code)])) }
                }
            }
        }
        let piece = 1 << 16
        let pieces = Parallel.map((columns.count + piece - 1) / piece, threads: threads) { number in
            let rows = number * piece..<min(columns.count, (number + 1) * piece)
            var prints = records.withView { view in
                rows.map { DrawOrder.record(source: view.source($0), id: view.recordID($0)) }
            }
            for (index, field) in fields.enumerated() {
                let codes = columns[field].codes
                for row in rows {
                    prints[row - rows.lowerBound] = Self.mix(
                        prints[row - rows.lowerBound], hashes[index][Int(codes[row])])
                }
            }
            return prints
        }
        var all = Array(joining: pieces)
        // A record that was a spare before and is none now was compared with nothing.
        for row in copies.spares { all[Int(row)] = Self.mix(all[Int(row)], 1) }
        prints = all
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let (high, low) = (hash ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: word ^ 0x8BB8_4B93_962E_ACC9)
        return (high ^ low) &+ 0x9E37_79B9_7F4A_7C15
    }
}
