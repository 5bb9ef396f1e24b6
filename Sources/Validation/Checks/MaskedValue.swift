import FuzzyText
import Records

extension Check {
    /// Parts covered with stars for printing: `510112********2644`, 张**. The export was made for reading, not for this.
    static let maskedValue = Check(
        "masked-value", .omission, .warning,
        title: Text(en: "Value covered with stars", zh: "内容已脱敏"),
        explains: [
            "bad-resident-id", "bad-phone", "malformed-value", "bad-date", "name-in-latin", "unusual-pattern",
            "letters-for-digits",
        ],
        search: .rawCells(
            for: { $0.kind != .text && $0.kind != .number }, having: [.star, .punctuation, .compatibility]
        ) { cell, _ in
            MaskedText.isMasked(cell.bytes) ? Hit() : nil
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell): parts of it are covered; ask for an export with the whole values",
                zh: "\(name) 为\(cell)：部分内容被遮盖；请索取未脱敏的导出")
        })
}

enum MaskedText {
    /// Stars (also ＊, ●, █) beside letters or digits: two in a row, or one after a Han character. Stars alone are an empty cell.
    static func isMasked(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 200, bytes.contains(where: { $0 == 0x2A || $0 == 0xEF || $0 == 0xE2 }) else {
            return false
        }
        var stars = 0
        var longest = 0
        var run = 0
        var others = 0
        var hasHan = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x2A, 0xFF0A, 0x25CF, 0x2588:
                stars += 1
                run += 1
                longest = max(longest, run)
            default:
                run = 0
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { others += 1 }
                if ChineseName.isHan(scalar.value) { hasHan = true }
            }
        }
        return stars > 0 && others > 0 && (longest >= 2 || hasHan && others <= 4)
    }
}
