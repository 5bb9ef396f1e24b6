import Records

/// JSON in the one form of RFC 8785: no blanks, keys in order of their UTF-16 units, texts escaped only where they must be,
/// numbers as ECMAScript writes them. Events hold texts and integers only.
package indirect enum CanonicalJSON: Sendable, Hashable {
    case object([String: CanonicalJSON])
    case array([CanonicalJSON])
    case text(String)
    /// Within ±2⁵³, the integers that every reader of JSON keeps.
    case integer(Int)
    /// Finite; what is not has no form in JSON and is written as `null`.
    case number(Double)
    case bool(Bool)
    case null

    /// UTF-8.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    func write(to bytes: inout [UInt8]) {
        switch self {
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let keys = members.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            for (place, key) in keys.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                members[key]?.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .text(let text):
            Self.write(text, to: &bytes)
        case .integer(let number):
            bytes.append(contentsOf: String(number).utf8)
        case .number(let number):
            bytes.append(contentsOf: Self.text(number).utf8)
        case .bool(let value):
            bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .null:
            bytes.append(contentsOf: "null".utf8)
        }
    }

    /// Number::toString of ECMAScript (RFC 8785 §3.2.2.3): the shortest digits that give the number back, with an exponent
    /// below 10⁻⁶ and from 10²¹ on. Swift finds the same digits and places the point differently.
    private static func text(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == 0 { return "0" }
        let sign = number < 0 ? "-" : ""
        let parts = number.magnitude.description.split(separator: "e")
        let halves = parts[0].split(separator: ".")
        let fraction = halves.count > 1 && halves[1] != "0" ? String(halves[1]) : ""
        let digits = String(halves[0]) + fraction
        let significant = digits.drop { $0 == "0" }
        // The number is 0.d₁d₂d₃… × 10^point.
        let point =
            halves[0].count - (digits.count - significant.count) + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        let kept = String(significant.reversed().drop { $0 == "0" }.reversed())
        let count = kept.count
        switch point {
        case count...21 where point > 0: return sign + kept + String(repeating: "0", count: point - count)
        case 1...21: return sign + kept.prefix(point) + "." + kept.dropFirst(point)
        case -5...0: return sign + "0." + String(repeating: "0", count: -point) + kept
        default:
            let exponent = (point > 0 ? "+" : "-") + String(abs(point - 1))
            return sign + kept.prefix(1) + (count > 1 ? "." + kept.dropFirst() : "") + "e" + exponent
        }
    }

    static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                Hex.append(byte, to: &bytes)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral number: Int) { self = .integer(number) }
    package init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }
    package init(dictionaryLiteral members: (String, CanonicalJSON)...) {
        self = .object(Dictionary(members) { $1 })
    }
}
