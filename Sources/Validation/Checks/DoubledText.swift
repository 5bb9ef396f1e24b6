import Records
import Standards

extension Check {
    /// The same text twice in one cell: 张三张三, or an address typed after itself. Given names of two equal characters (丽丽) are none.
    static let doubledText = Check(
        "doubled-text", .error, .warning,
        title: Text(en: "The same text twice in a cell", zh: "内容重复填写"),
        explains: ["malformed-value", "bad-phone", "bad-resident-id", "unusual-pattern", "misplaced-value"],
        search: .table { facts in
            let fields = facts.records.schema.fields
            let group = fields.indices.first { fields[$0].kind == .ethnicGroup }
            return fields.indices.filter { DoubledText.kinds.contains(fields[$0].kind) }.flatMap {
                field -> [(row: Int, hit: Hit)] in
                let column = facts.records.columns[field]
                var halves: [UInt32: String] = [:]
                column.values.withView { values in
                    for code in 1..<UInt32(max(1, values.count)) {
                        halves[code] = DoubledText.half(of: values[code], fields[field].kind)
                    }
                }
                if halves.isEmpty { return [] }
                let rows = column.codes.indices.filter { halves[column.codes[$0]] != nil }
                var counts: [UInt32: Int] = [:]
                for row in rows { counts[column.codes[row], default: 0] += 1 }
                return rows.compactMap { row in
                    let code = column.codes[row]
                    guard let half = halves[code] else { return nil }
                    if fields[field].kind == .personName {
                        // A name that several records have is no slip; nor do other peoples' names follow the rule of surnames.
                        if counts[code, default: 0] > 3 { return nil }
                        let people = group.map { facts.records.value(row, $0) } ?? ""
                        if Script.hasHan(half), !people.isEmpty, people != DoubledText.hanPeople { return nil }
                    }
                    return (row, Hit(field: field, suggestion: half))
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell), the same text more than once\(Wording.suggestion(finding).en)",
                zh: "\(name) 为\(cell)，同一内容重复填写\(Wording.suggestion(finding).zh)")
        })
}

enum DoubledText {
    /// 汉族 in GB/T 3304.
    static let hanPeople = "01"

    static let kinds: Set<FieldKind> = [
        .personName, .surname, .givenName, .address, .street, .city, .residentID, .phone, .email,
    ]

    /// The text that stands there twice, with nothing or one blank between; `nil` when none does.
    static func half(of text: UnsafeBufferPointer<UInt8>, _ kind: FieldKind) -> String? {
        let least =
            switch kind {
            case .residentID: 15
            case .phone: 10
            case .address, .street, .city, .email: 12
            // Two Han characters, or five letters: Jojo, Wagga Wagga and Bora Bora are names.
            default: 6
            }
        let gap = text.count % 2
        let count = (text.count - gap) / 2
        guard count >= least, gap == 0 || text[count] == 0x20 else { return nil }
        guard text[..<count].elementsEqual(text[(count + gap)...]) else { return nil }
        // What stands there four times is written once.
        let part = UnsafeBufferPointer(rebasing: text[..<count])
        let half = Self.half(of: part, kind) ?? String(decoding: part, as: UTF8.self)
        // Doubled names are usual in Mongolian and Tibetan (那仁那仁, 索南索南): Chinese names begin with a common surname.
        if kind == .personName, text[0] >= 0x80 { return beginsWithCommonSurname(half) ? half : nil }
        return half
    }

    /// One person in a thousand at least.
    private static func beginsWithCommonSurname(_ name: String) -> Bool {
        let surnames = Surnames.shared
        let first = String(String.UnicodeScalarView(name.unicodeScalars.prefix(surnames.length(inName: name))))
        return surnames.weight(first) >= 10
    }
}
