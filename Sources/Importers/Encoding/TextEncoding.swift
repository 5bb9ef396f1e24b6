import Records

/// A character encoding that CSV exports come in.
struct TextEncoding: Sendable, Hashable {
    /// IANA name, lower case; what rule books and `run.json` say.
    let name: String
    /// What iconv calls it.
    let iconvName: String
    /// Bytes of one code unit: 2 for UTF-16.
    let unit: Int

    static let utf8 = TextEncoding(name: "utf-8", iconvName: "UTF-8", unit: 1)
    static let utf16LE = TextEncoding(name: "utf-16le", iconvName: "UTF-16LE", unit: 2)
    static let utf16BE = TextEncoding(name: "utf-16be", iconvName: "UTF-16BE", unit: 2)
    /// Also reads GBK and GB 2312, which it contains.
    static let gb18030 = TextEncoding(name: "gb18030", iconvName: "GB18030", unit: 1)
    static let big5 = TextEncoding(name: "big5", iconvName: "BIG5", unit: 1)
    static let windows1252 = TextEncoding(name: "windows-1252", iconvName: "CP1252", unit: 1)

    /// The encoding a rule book names. Names are compared without case, blanks, `-` and `_`. Other names go to iconv when
    /// it knows them and ASCII stays ASCII in them.
    static func named(_ name: String, in file: String? = nil) throws -> TextEncoding {
        let folded = fold(name)
        if let known = aliases[folded] { return known }
        if !folded.isEmpty, folded.count <= 40, name.utf8.allSatisfy(isNameByte), leavesASCIIAlone(name) {
            return TextEncoding(name: name.lowercased(), iconvName: name, unit: 1)
        }
        throw Failure(
            .badInput, code: "E-IMP-005",
            Text(en: "The encoding “\(name)” is not known.", zh: "不认识编码“\(name)”。"),
            at: file.map { Place(file: $0) },
            advice: Text(
                en: "Use utf-8, gb18030, gbk, big5, utf-16, windows-1252 or leave it out to have it found.",
                zh: "请使用 utf-8、gb18030、gbk、big5、utf-16、windows-1252，或不写而由程序识别。"))
    }

    /// `utf-16` without a byte order; settled by the byte order mark or the data.
    static func isUnorderedUTF16(_ name: String) -> Bool { ["utf16", "ucs2", "unicode"].contains(fold(name)) }

    /// Whether the name stands for an older edition or a part of GB 18030.
    static func isChineseFamily(_ name: String) -> Bool { aliases[fold(name)] == .gb18030 }

    private static func fold(_ name: String) -> String {
        name.lowercased().filter { !"-_ ".contains($0) }
    }

    private static let aliases: [String: TextEncoding] = [
        "utf8": .utf8, "utf8sig": .utf8, "utf8bom": .utf8, "ascii": .utf8, "usascii": .utf8, "cp65001": .utf8,
        "utf16le": .utf16LE, "utf16be": .utf16BE,
        "gb18030": .gb18030, "gbk": .gb18030, "xgbk": .gb18030, "gb2312": .gb18030, "gb231280": .gb18030,
        "euccn": .gb18030, "cp936": .gb18030, "ms936": .gb18030, "windows936": .gb18030,
        "big5": .big5, "cp950": .big5, "ms950": .big5, "windows950": .big5,
        "windows1252": .windows1252, "cp1252": .windows1252, "latin1": .windows1252, "iso88591": .windows1252,
    ]

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Delimiters, quotes and line ends are found as ASCII bytes, so an encoding must not use these for anything else.
    private static func leavesASCIIAlone(_ name: String) -> Bool {
        guard let converter = Iconv(from: name) else { return false }
        let ascii = Array(UInt8(1)...0x7E)
        let (text, stop) = converter.convert(ascii)
        return stop == nil && text == ascii
    }
}
