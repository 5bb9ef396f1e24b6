import Records

extension Check {
    /// Characters that were lost or garbled before this export was written: U+FFFD, 锟斤拷, UTF-8 read as Windows-1252 (Ã©), and
    /// question marks in names.
    static let damagedText = Check(
        "damaged-text", .error, .error,
        title: Text(en: "Garbled characters", zh: "乱码"),
        search: .rawCells(for: { _ in true }) { cell, facts in
            let isName = facts.roles.names.contains(cell.field)
            return TextDamage.first(in: cell.bytes, isName: isName).map { Hit(detail: $0) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell): \(Wording.quoted(finding.detail)) is what a wrong conversion of encodings leaves; "
                    + "export it again from the original",
                zh: "\(name) 为\(cell)：\(Wording.quoted(finding.detail))是编码转换错误留下的乱码；请从原始数据重新导出")
        })
}

enum TextDamage {
    /// The first garbled piece of a text.
    static func first(in bytes: UnsafeBufferPointer<UInt8>, isName: Bool) -> String? {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x80 {
                if isName, byte == 0x3F { return "?" }
                continue
            }
            for pattern in patterns where pattern[0] == byte && bytes[index...].starts(with: pattern) {
                return String(decoding: pattern, as: UTF8.self)
            }
            if let pair = mojibake(bytes, at: index) { return pair }
        }
        return nil
    }

    private static let patterns = ["\u{FFFD}", "锟斤拷", "烫烫烫", "屯屯屯", "â€", "ï¿½"].map { Array($0.utf8) }

    /// `Ã` or `Â` or `å` to `é` (first bytes of UTF-8) followed by a character that a continuation byte becomes when it is read as
    /// Latin-1: U+0080 to U+00BF. `Ã` is a letter of Portuguese, but no letter follows it from that range.
    private static func mojibake(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> String? {
        guard bytes[index] == 0xC3, index + 3 < bytes.count, bytes[index + 2] == 0xC2 else { return nil }
        let lead = bytes[index + 1]
        // U+00C3 Ã, U+00C2 Â, U+00E4 to U+00E9: the first bytes of accented Latin and of Han characters.
        guard lead == 0x83 || lead == 0x82 || (0xA4...0xA9).contains(lead) else { return nil }
        return String(decoding: bytes[index..<index + 4], as: UTF8.self)
    }
}
