import Records

extension Check {
    /// A value written unlike nearly all others of its column: A1234 among eight digits. Only where a column has one pattern or a
    /// few, so that an exception means something.
    static let unusualPattern = Check(
        "unusual-pattern", .error, .info,
        title: Text(en: "Unlike the other values of the column", zh: "与本列其他内容的格式不同"),
        limit: Limit(value: 2, unit: Text(en: "such values in 1,000 up to which they are rare", zh: "每千个不同值中的上限")),
        search: .table { facts in
            let limit = facts.limit(of: "unusual-pattern", otherwise: 2)
            let fields = facts.records.schema.fields
            return fields.indices.filter { [.identifier, .postcode].contains(fields[$0].kind) }.flatMap {
                field -> [(row: Int, hit: Hit)] in
                let column = facts.records.columns[field]
                guard let patterns = ValuePatterns(column.values, perThousand: limit) else { return [] }
                return column.codes.enumerated().compactMap { row, code in
                    guard patterns.isUnusual[Int(code)], column.isWellFormed[Int(code)] else { return nil }
                    return (row, Hit(field: field, detail: patterns.usual))
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let usual = Wording.quoted(finding.detail)
            return Text(
                en: "\(name) is \(cell); nearly all others are written like \(usual) (9 a digit, A a letter)",
                zh: "\(name) 为\(cell)；本列几乎都写成\(usual)的形式（9 为数字，A 为字母）")
        })
}

/// The patterns of a column's distinct values: digits as 9, letters as A, the rest as it is.
struct ValuePatterns {
    /// Per code.
    let isUnusual: [Bool]
    /// The most frequent pattern.
    let usual: String

    private static let leastValues = 200

    /// `nil` when the column is too small, or too colourful for anything to be unusual.
    init?(_ values: TextPool, perThousand: Int) {
        guard values.count > Self.leastValues else { return nil }
        var interner = TextInterner()
        var counts: [Int] = [0]
        var patterns: [UInt32] = []
        patterns.reserveCapacity(values.count)
        var buffer: [UInt8] = []
        values.withView { values in
            for code in 0..<UInt32(values.count) {
                buffer.removeAll(keepingCapacity: true)
                for byte in values[code].prefix(64) {
                    switch byte {
                    case 0x30...0x39: buffer.append(0x39)
                    case 0x41...0x5A, 0x61...0x7A: buffer.append(0x41)
                    default: buffer.append(byte)
                    }
                }
                let pattern = buffer.withUnsafeBufferPointer { interner.intern($0) }
                if Int(pattern) == counts.count { counts.append(0) }
                counts[Int(pattern)] += 1
                patterns.append(pattern)
            }
        }
        counts[0] = 0
        let all = counts.reduce(0, +)
        let most = all * perThousand / 1000
        let rare = counts.map { $0 > 0 && $0 <= max(1, most) }
        // What is rare has to be few together, and what is left a few patterns.
        let rareValues = zip(counts, rare).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        guard rareValues > 0, rareValues * 1000 <= all * perThousand * 2,
            counts.indices.count(where: { counts[$0] > 0 && !rare[$0] }) <= 6,
            let top = counts.indices.max(by: { counts[$0] < counts[$1] })
        else { return nil }
        isUnusual = patterns.map { rare[Int($0)] }
        usual = interner.pool[UInt32(top)]
    }
}
