import Records

extension Check {
    /// Characters that were lost or garbled before this export was written: U+FFFD, 锟斤拷, UTF-8 read as Windows-1252 (Ã©), and
    /// question marks in names and addresses.
    static let damagedText = Check(
        "damaged-text", .error, .error,
        title: Text(en: "Garbled characters", zh: "乱码"), explains: ["malformed-value"],
        search: .rawCells(for: { _ in true }, having: [.question, .latin1, .han, .compatibility]) { cell, facts in
            // A question mark is no part of a name, and two of them of no address.
            let questions =
                switch facts.records.schema.fields[cell.field].kind {
                case .personName, .givenName, .surname: 1
                case .address, .street, .city: 2
                default: Int.max
                }
            return TextDamage.first(in: cell.bytes, questions: questions).map { Hit(detail: $0) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en:
                    "\(name) is \(cell): \(Wording.quoted(finding.detail)) is what a wrong conversion of encodings leaves; "
                    + "export it again from the original",
                zh: "\(name) 为\(cell)：\(Wording.quoted(finding.detail))是编码转换错误留下的乱码；请从原始数据重新导出")
        })
}

enum TextDamage {
    /// The first garbled piece of a text. `questions`: so many question marks side by side are what characters became that an
    /// encoding does not have.
    static func first(in bytes: UnsafeBufferPointer<UInt8>, questions: Int) -> String? {
        var marks = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x80 {
                marks = byte == 0x3F ? marks + 1 : 0
                if marks >= questions { return String(repeating: "?", count: marks) }
                continue
            }
            // The first two bytes rule out nearly every character.
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (byte, next) {
            case (0xEF, 0xBF), (0xE9, 0x94), (0xE7, 0x83), (0xE5, 0xB1), (0xC3, 0xA2), (0xC3, 0xAF):
                if let pattern = patterns.first(where: { bytes[index...].starts(with: $0) }) {
                    return String(decoding: pattern, as: UTF8.self)
                }
            default: break
            }
            if byte == 0xC3, let pair = mojibake(bytes, at: index) { return pair }
        }
        return nil
    }

    /// Change together with the bytes above: each begins with two of them.
    private static let patterns = ["\u{FFFD}", "锟斤拷", "烫烫烫", "屯屯屯", "â€", "ï¿½"].map { Array($0.utf8) }

    /// First bytes of UTF-8 that were read as Latin-1 or Windows-1252, with what the bytes after them became: `Ã` or `Â` and one,
    /// for accented Latin; `ä` to `é` and two, for Han.
    private static func mojibake(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> String? {
        guard index + 3 < bytes.count else { return nil }
        let lead = bytes[index + 1]
        if lead == 0x83 || lead == 0x82 {
            return bytes[index + 2] == 0xC2 ? String(decoding: bytes[index..<index + 4], as: UTF8.self) : nil
        }
        guard (0xA4...0xA9).contains(lead), let first = Follower(bytes[(index + 2)...]),
            let second = Follower(bytes[(index + 2 + first.length)...]), !(first.isPunctuation && second.isPunctuation)
        else { return nil }
        return String(decoding: bytes[index..<index + 2 + first.length + second.length], as: UTF8.self)
    }

    /// What a byte from 80 to BF becomes.
    private struct Follower {
        /// Of its UTF-8, in bytes.
        let length: Int
        /// It stands behind words of other languages too: a no-break space, a quotation mark, a dash.
        let isPunctuation: Bool

        init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
            guard let scalar = String(decoding: bytes.prefix(3), as: UTF8.self).unicodeScalars.first else { return nil }
            switch scalar.value {
            case 0xA0, 0xAB, 0xBB, 0x2013...0x201E, 0x2026, 0x2039, 0x203A: isPunctuation = true
            case 0x80...0xBF, 0x152, 0x153, 0x160, 0x161, 0x178, 0x17D, 0x17E, 0x192, 0x2C6, 0x2DC, 0x2020...0x2022,
                0x2030,
                0x20AC, 0x2122:
                isPunctuation = false
            default: return nil
            }
            length = String(scalar).utf8.count
        }
    }
}
