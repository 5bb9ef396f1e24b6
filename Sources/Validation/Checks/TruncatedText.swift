import Records

extension Check {
    /// Texts cut where the column of an older program was full. Cut texts pile up at one length, which no text of that source
    /// passes; a pile that the lengths below it cannot explain is what is looked for.
    static let truncatedText = Check(
        "truncated-text", .error, .warning,
        title: Text(en: "Text cut at the width of a column", zh: "内容被截断"),
        search: .table { facts in
            let kinds: Set<FieldKind> = [.personName, .address, .street, .city, .text, .email]
            var hits: [(row: Int, hit: Hit)] = []
            for (source, start) in zip(facts.records.sources, facts.records.starts) {
                for field in facts.records.schema.fields.indices {
                    guard kinds.contains(facts.records.schema.fields[field].kind), let column = source.columns[field],
                        let cut = TextWidths(column).cut
                    else { continue }
                    for (index, code) in column.codes.enumerated() where cut.codes.contains(code) {
                        hits.append((start + index, Hit(field: field, detail: "\(cut.width) \(cut.measure.rawValue)")))
                    }
                }
            }
            return hits
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let parts = finding.detail.split(separator: " ").map(String.init)
            let width = parts.first ?? ""
            let isCharacters = parts.last == TextWidths.Measure.characters.rawValue
            return Text(
                en:
                    "\(name) is \(cell), \(width) \(isCharacters ? "characters" : "bytes") long, where many texts of this source "
                    + "end and none goes on; the rest is probably lost",
                zh: "\(name) 为\(cell)，长 \(width) 个\(isCharacters ? "字符" : "字节")；该来源许多内容止于此长度且没有更长的，后文可能丢失")
        })
}

/// How long the distinct texts of a column are.
struct TextWidths {
    enum Measure: String, CaseIterable {
        case characters
        /// Of UTF-8.
        case bytes
        /// Two for each character beyond ASCII, as in GBK.
        case doubleBytes = "double-bytes"
    }

    struct Cut {
        let measure: Measure
        let width: Int
        let codes: Set<UInt32>
    }

    /// The longest texts, when they are many more than those a little shorter lead to expect.
    let cut: Cut?

    /// Shorter columns hold names that end where they should.
    private static let leastWidth = 8
    private static let leastCount = 8

    init(_ column: SourceTable.Column) {
        var characters: [Int] = []
        var bytes: [Int] = []
        var doubles: [Int] = []
        let count = column.values.count
        guard count > 50 else {
            cut = nil
            return
        }
        characters.reserveCapacity(count)
        bytes.reserveCapacity(count)
        doubles.reserveCapacity(count)
        column.values.withView { values in
            for code in 0..<UInt32(count) {
                let text = values[code]
                var beyond = 0
                var continuing = 0
                for byte in text {
                    if byte >= 0xC0 { beyond += 1 } else if byte >= 0x80 { continuing += 1 }
                }
                bytes.append(text.count)
                characters.append(text.count - continuing)
                doubles.append(text.count - continuing + beyond)
            }
        }
        for (measure, lengths) in [
            (Measure.characters, characters), (.doubleBytes, doubles), (.bytes, bytes),
        ] {
            if let codes = Self.pile(lengths) {
                cut = Cut(measure: measure, width: lengths.max() ?? 0, codes: codes)
                return
            }
        }
        cut = nil
    }

    /// Codes of the texts of the greatest length; `nil` when they are no pile. In a measure that counts two or three for a character
    /// the last character may have left one or two units free.
    private static func pile(_ lengths: [Int]) -> Set<UInt32>? {
        let longest = lengths.max() ?? 0
        guard longest >= leastWidth else { return nil }
        var counts = [Int](repeating: 0, count: longest + 1)
        for length in lengths { counts[length] += 1 }
        let top = counts[longest]
        guard top >= leastCount else { return nil }
        // The fullest of the six lengths below; the tail of lengths falls, so this is more than would be expected at the end.
        let below = counts[max(1, longest - 6)..<longest]
        let expected = max(1, below.max() ?? 0)
        guard top >= 4 * expected else { return nil }
        // Columns in which all texts are as long have no tail at all.
        guard below.reduce(0, +) > 0, lengths.count > 3 * top else { return nil }
        return Set(lengths.indices.filter { lengths[$0] == longest }.map { UInt32($0) })
    }
}
