import FuzzyText
import Records
import Standards

extension Check {
    /// A cell that was read in the wrong encoding and saved again, while the rest of the file is right: 寮犱笁涓 was 张三…, ÀîËÄ was 李四,
    /// JosÃ© was José. Suggested when every byte can be turned back.
    static let misreadEncoding = Check(
        "misread-encoding", .error, .error,
        title: Text(en: "Text read in the wrong encoding", zh: "编码误读"),
        explains: [
            "damaged-text", "name-in-latin", "malformed-value", "rare-characters", "invisible-characters",
            "private-use-characters", "mixed-scripts", "bad-code", "bad-ethnic-group",
        ],
        search: .rawCells(for: { $0.kind != .number }, having: [.latin1, .han]) { cell, _ in
            MisreadText.repaired(cell.bytes).map { Hit(suggestion: $0.text, detail: $0.encoding) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let names = finding.detail.split(separator: ">").map(String.init)
            let (wrote, read) = (names.first ?? "", names.last ?? "")
            let known = Wording.suggestion(finding)
            return Text(
                en: "\(name) is \(cell): \(wrote) that was read as \(read)\(known.en)",
                zh: "\(name) 为\(cell)：原为 \(wrote) 编码，被误按 \(read) 读取\(known.zh)")
        })
}

enum MisreadText {
    /// The text as it was before, and `written>read` for the two encodings; `nil` when the text is no such case.
    static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: String, encoding: String)? {
        guard bytes.count >= 4, bytes.count <= 2000 else { return nil }
        var hasHan = false
        var upper = 0
        for byte in bytes {
            if byte >= 0xE4, byte <= 0xE9 { hasHan = true }
            // First bytes of U+0080 to U+00FF.
            if byte == 0xC2 || byte == 0xC3 { upper += 1 }
        }
        if hasHan { return mayBeUTF8ReadAsGBK(bytes) ? utf8ReadAsGBK(bytes) : nil }
        return upper >= 2 || upper == 1 && bytes.contains(0xE2) ? readAsLatin(bytes) : nil
    }

    /// In UTF-8 read as GBK three bytes make one and a half characters, so rare ones stand beside each other. Nearly every good
    /// text has no two neighbours that are both rare.
    private static func mayBeUTF8ReadAsGBK(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        HanFrequency.shared.withCommon { common in
            var wasRare = false
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                guard byte >= 0xE3, byte <= 0xE9, index + 2 < bytes.count else {
                    wasRare = false
                    index += 1
                    continue
                }
                let scalar =
                    Int(byte & 0x0F) << 12 | Int(bytes[index + 1] & 0x3F) << 6 | Int(bytes[index + 2] & 0x3F)
                let isRare = common[scalar >> 6] >> UInt64(scalar & 63) & 1 == 0
                if isRare, wasRare { return true }
                wasRare = isRare
                index += 3
            }
            return false
        }
    }

    private static func utf8ReadAsGBK(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: String, encoding: String)? {
        guard let gbk = LegacyEncoding.gbk else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let original = gbk.encode(text.unicodeScalars),
            let repaired = String(validating: original, as: UTF8.self),
            isChinese(repaired), rareShare(of: repaired) < rareShare(of: text)
        else { return nil }
        return (repaired, "UTF-8>GBK")
    }

    /// GBK or UTF-8 that was read as Windows-1252 or ISO 8859-1.
    private static func readAsLatin(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: String, encoding: String)? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let original = LegacyEncoding.windows1252(text.unicodeScalars) else { return nil }
        if let repaired = String(validating: original, as: UTF8.self) {
            return isLetters(repaired) ? (repaired, "UTF-8>Windows-1252") : nil
        }
        // Accented letters by themselves, as in Müller, are no pairs of bytes of GBK that make common characters.
        guard let repaired = LegacyEncoding.gbk?.decode(original), isChinese(repaired), rareShare(of: repaired) < 0.34,
            text.unicodeScalars.count(where: { $0.value >= 0x80 }) * 2 > text.unicodeScalars.count
        else { return nil }
        return (repaired, "GBK>Windows-1252")
    }

    /// At least two Han characters, and beside them nothing but ASCII and Chinese punctuation.
    private static func isChinese(_ text: String) -> Bool {
        var han = 0
        for scalar in text.unicodeScalars {
            if ChineseName.isHan(scalar.value) {
                han += 1
            } else if scalar.value >= 0x20 && scalar.value < 0x7F || (0x3000...0x303F).contains(scalar.value)
                || (0xFF00...0xFF5E).contains(scalar.value) || scalar.value == 0xB7
            {
                continue
            } else {
                return false
            }
        }
        return han >= 2
    }

    private static func isLetters(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !($0.value >= 0x7F && $0.value < 0xA0) && $0.value != 0xFFFD
        }
    }

    /// Share of Han characters that hardly occur in running text.
    private static func rareShare(of text: String) -> Double {
        let han = text.unicodeScalars.filter { ChineseName.isHan($0.value) }
        if han.isEmpty { return 1 }
        return Double(han.count { !HanFrequency.shared.isCommon($0.value) }) / Double(han.count)
    }
}
