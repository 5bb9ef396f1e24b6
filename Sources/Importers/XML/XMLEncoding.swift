import Records

/// What is said about an XML file's encoding: by the rule book, the byte order mark or the declaration.
struct XMLEncoding {
    /// For `run.json`: IANA name, lower case.
    let name: String
    /// The encoding to read in, whatever the declaration says; `nil` leaves it to libxml2.
    let override: TextEncoding?
    /// Bytes to skip before an overridden encoding.
    let markLength: Int

    /// The rule book's word counts, then the byte order mark, then the declaration. GB 2312 and GBK are read as GB 18030, of
    /// which they are part: files declare the one and hold characters of the other.
    init(_ head: [UInt8], stated: String?, file: String) throws {
        let mark = EncodingGuess.byteOrderMark(head)
        if let stated {
            let encoding =
                TextEncoding.isUnorderedUTF16(stated)
                ? mark?.0 ?? Self.utf16(head) : try TextEncoding.named(stated, in: file)
            if let mark, mark.0 != encoding {
                throw Failure(
                    .badInput, code: "E-IMP-006",
                    Text(
                        en:
                            "The rule book says the encoding is \(stated), but the byte order mark says \(mark.0.name).",
                        zh: "规则文件写明编码为 \(stated)，但字节顺序标记表明是 \(mark.0.name)。"),
                    at: Place(file: file),
                    advice: Text(en: "Set `encoding: \(mark.0.name)`.", zh: "请改为 encoding: \(mark.0.name)。"))
            }
            (name, override, markLength) = (encoding.name, encoding, mark?.1 ?? 0)
        } else if let mark {
            (name, override, markLength) = (mark.0.name, nil, 0)
        } else if let declared = Self.declared(head) {
            let isChinese = TextEncoding.isChineseFamily(declared)
            (name, override, markLength) = (
                isChinese ? "gb18030" : declared.lowercased(), isChinese ? .gb18030 : nil, 0
            )
        } else {
            (name, override, markLength) = (Self.isUTF16(head) ? Self.utf16(head).name : "utf-8", nil, 0)
        }
    }

    static func looksLikeXML(_ head: [UInt8]) -> Bool {
        let text = head.prefix(256).filter { $0 != 0 }
        var start = text[...]
        while let mark = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]].first(where: { start.starts(with: $0) }) {
            start = start.dropFirst(mark.count)
        }
        start = start.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard start.first == UInt8(ascii: "<"), let next = start.dropFirst().first else { return false }
        return next == UInt8(ascii: "?") || next == UInt8(ascii: "!") || next >= 0x80 || (next | 0x20) >= 0x61
            || next == 0x5F
    }

    /// The encoding's name in the XML declaration.
    private static func declared(_ head: [UInt8]) -> String? {
        let start = String(decoding: head.prefix(300).filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
        guard start.hasPrefix("<?xml"), let end = start.firstRange(of: "?>") else { return nil }
        let declaration = start[..<end.lowerBound]
        guard let key = declaration.firstRange(of: "encoding") else { return nil }
        let value = declaration[key.upperBound...].drop { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        return String(value.dropFirst().prefix { $0 != quote })
    }

    private static func isUTF16(_ head: [UInt8]) -> Bool { head.count > 1 && (head[0] == 0) != (head[1] == 0) }

    private static func utf16(_ head: [UInt8]) -> TextEncoding { head.first == 0 ? .utf16BE : .utf16LE }
}
