import Mustache

/// Makes any text safe in HTML, as content and in quoted attributes.
///
/// It works on bytes: an escaper that compares characters leaves `"` followed by a combining mark alone, because the two
/// are one character to Swift and two to a browser. Every template names it in its first line (`Templates.pragma`).
package struct Escaper: MustacheContentType {
    package init() {}

    package func escapeText(_ text: String) -> String {
        let bytes = text.utf8
        guard bytes.contains(where: { Self.isSpecial($0) }) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(bytes.count + 16)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): escaped += Array("&amp;".utf8)
            case UInt8(ascii: "<"): escaped += Array("&lt;".utf8)
            case UInt8(ascii: ">"): escaped += Array("&gt;".utf8)
            case UInt8(ascii: "\""): escaped += Array("&quot;".utf8)
            case UInt8(ascii: "'"): escaped += Array("&#39;".utf8)
            case UInt8(ascii: "`"): escaped += Array("&#96;".utf8)
            // NUL and other controls that HTML does not have; tab and line ends stay.
            case 0...8, 11, 12, 14...31, 127: escaped += Array("\u{FFFD}".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"), 0...8, 11, 12, 14...31, 127:
            true
        default: false
        }
    }
}
