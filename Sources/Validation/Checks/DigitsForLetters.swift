import Records

extension Check {
    /// A digit in a name where a letter was meant: J0seph, Wil1iam. Suggested when the name with the letter is one that others of
    /// the column have.
    static let digitsForLetters = Check(
        "digits-for-letters", .error, .warning,
        title: Text(en: "Digits in place of letters", zh: "数字误作字母"),
        explains: ["malformed-value"],
        search: .table { facts in
            let fields = facts.records.schema.fields
            return facts.roles.names.filter { fields[$0].kind != .code }.flatMap { field -> [(row: Int, hit: Hit)] in
                let column = facts.records.columns[field]
                let repaired = LetterDigits.repaired(column)
                if repaired.isEmpty { return [] }
                return column.codes.enumerated().compactMap { row, code in
                    repaired[code].map { (row, Hit(field: field, suggestion: $0)) }
                }
            }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let known = Wording.suggestion(finding)
            return Text(
                en: "\(name) is \(cell), with a digit where a letter belongs\(known.en)",
                zh: "\(name) 为\(cell)，字母位置上有数字\(known.zh)")
        })
}

enum LetterDigits {
    /// Names with digits among Latin letters, by code, with the name that was meant: the only one of the column that fits; else
    /// an empty text.
    static func repaired(_ column: RecordTable.Column) -> [UInt32: String] {
        var candidates: [UInt32: [String]] = [:]
        column.values.withView { values in
            for code in 1..<UInt32(max(1, values.count)) {
                let text = values[code]
                guard text.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { continue }
                let digits = text.count { $0 >= 0x30 && $0 <= 0x39 }
                let letters = text.count { (0x61...0x7A).contains($0 | 0x20) }
                guard letters >= 2, digits <= 2, digits < letters,
                    text.allSatisfy({
                        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x20 || $0 == 0x2D
                    })
                else { continue }
                candidates[code] = forms(text)
            }
        }
        let wanted = Set(candidates.values.joined())
        if candidates.isEmpty { return [:] }
        var present: Set<String> = []
        column.values.withView { values in
            for code in 1..<UInt32(values.count) where candidates[code] == nil {
                let text = String(decoding: values[code], as: UTF8.self)
                if wanted.contains(text) { present.insert(text) }
            }
        }
        return candidates.mapValues { forms in
            let known = forms.filter { present.contains($0) }
            return known.count == 1 ? known[0] : ""
        }
    }

    /// With every way of putting letters for the digits.
    private static func forms(_ text: UnsafeBufferPointer<UInt8>) -> [String] {
        var forms: [[UInt8]] = [[]]
        for byte in text {
            let choices = letters[byte] ?? [byte]
            forms = forms.flatMap { form in choices.map { form + [$0] } }
        }
        return forms.map { String(decoding: $0, as: UTF8.self) }.filter {
            !$0.utf8.contains { (0x30...0x39).contains($0) }
        }
    }

    private static let letters: [UInt8: [UInt8]] = [
        0x30: Array("o".utf8), 0x31: Array("li".utf8), 0x32: Array("z".utf8), 0x33: Array("e".utf8),
        0x34: Array("a".utf8), 0x35: Array("s".utf8), 0x36: Array("bg".utf8), 0x37: Array("t".utf8),
        0x38: Array("b".utf8), 0x39: Array("g".utf8),
    ]
}
