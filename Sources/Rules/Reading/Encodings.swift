/// Encodings that a source may be declared to have, by IANA name in lower case.
enum Encodings {
    static let names = [
        "utf-8", "utf-16", "utf-16le", "utf-16be", "gb18030", "gbk", "gb2312", "big5", "big5-hkscs", "windows-1252",
        "iso-8859-1", "us-ascii",
    ]
}
