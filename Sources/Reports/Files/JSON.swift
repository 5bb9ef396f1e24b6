import Records

/// A JSON document with the keys in the order they were given and numbers with a fixed count of decimals, so that equal
/// values are equal bytes. RFC 8259, two blanks of indent, UTF-8.
package indirect enum JSON: Sendable {
    case object([(String, JSON)])
    case array([JSON])
    case string(String)
    case integer(Int)
    /// Not finite: written as `null`.
    case decimal(Double, places: Int)
    /// With as many digits as it takes to read the same number again. Not finite: written as `null`.
    case number(Double)
    case bool(Bool)
    case null

    package var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: 0)
        bytes.append(UInt8(ascii: "\n"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], indent: Int) {
        switch self {
        case .object(let members):
            Self.writeList(members, between: "{", "}", to: &bytes, indent: indent) { member, bytes in
                Self.writeString(member.0, to: &bytes)
                bytes += ": ".utf8
                member.1.write(to: &bytes, indent: indent + 1)
            }
        case .array(let items):
            Self.writeList(items, between: "[", "]", to: &bytes, indent: indent, onOneLine: items.allSatisfy(\.isShort))
            {
                $0.write(to: &$1, indent: indent + 1)
            }
        case .string(let text): Self.writeString(text, to: &bytes)
        case .integer(let number): bytes += String(number).utf8
        case .decimal(let number, let places): bytes += numberText(number, places).utf8
        case .number(let number): bytes += (number.isFinite ? "\(number)" : "null").utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .null: bytes += "null".utf8
        }
    }

    private var isShort: Bool {
        switch self {
        case .object, .array: false
        case .string(let text): text.utf8.count <= 40
        default: true
        }
    }

    private static func writeList<Item>(
        _ items: [Item], between open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout [UInt8], indent: Int,
        onOneLine: Bool = false, _ body: (Item, inout [UInt8]) -> Void
    ) {
        func newLine(_ depth: Int, _ bytes: inout [UInt8]) {
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
        }
        bytes.append(UInt8(ascii: open))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if !onOneLine { newLine(indent + 1, &bytes) } else if index > 0 { bytes.append(UInt8(ascii: " ")) }
            body(item, &bytes)
        }
        if !onOneLine, !items.isEmpty { newLine(indent, &bytes) }
        bytes.append(UInt8(ascii: close))
    }

    private static func writeString(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &bytes) }
    }

    /// A text in quotes, escaped only where RFC 8259 asks for it.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for (place, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            bytes.append(contentsOf: text[start..<place])
            start = place + 1
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
            case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
            case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
            default:
                bytes += "\\u00".utf8
                Hex.append(byte, to: &bytes)
            }
        }
        bytes.append(contentsOf: text[start...])
        bytes.append(UInt8(ascii: "\""))
    }
}

/// JSON has no word for what is not finite, nor for what `decimal` cannot write.
private func numberText(_ number: Double, _ places: Int) -> String {
    let text = decimal(number, places)
    return text.hasSuffix("nan") || text.hasSuffix("inf") ? "null" : text
}
