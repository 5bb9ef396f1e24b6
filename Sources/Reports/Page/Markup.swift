import Records

/// HTML that is safe by the way it is written: what stands in the literal is markup, what is interpolated is text and
/// gets escaped, unless it is `Markup` itself.
///
///     let cell: Markup = "<td>\(record.name)</td>"
package struct Markup: Sendable, ExpressibleByStringInterpolation {
    package private(set) var html: String

    package init(stringLiteral value: String) {
        html = value
    }

    package init(stringInterpolation: StringInterpolation) {
        html = stringInterpolation.html
    }

    package init() {
        html = ""
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + interpolationCount * 12)
        }

        package mutating func appendLiteral(_ literal: String) {
            html += literal
        }

        package mutating func appendInterpolation(_ markup: Markup) {
            html += markup.html
        }

        package mutating func appendInterpolation(_ parts: [Markup]) {
            for part in parts { html += part.html }
        }

        /// Words of the product and numbers it has written.
        package mutating func appendInterpolation(_ text: String) {
            html += escaped(text)
        }

        /// A count, with thousands separated.
        package mutating func appendInterpolation(_ count: Int) {
            html += grouped(count)
        }

        /// Text from a file or a rule book: isolated, so that its writing direction and any direction characters in it
        /// end with it.
        package mutating func appendInterpolation(data text: String) {
            html += "<bdi>" + escaped(text) + "</bdi>"
        }

        /// A number inside an attribute of a drawing, with two decimals.
        package mutating func appendInterpolation(number: Double) {
            html += decimal(number, 2)
        }
    }

    package static func + (left: Markup, right: Markup) -> Markup {
        var result = left
        result += right
        return result
    }

    package static func += (left: inout Markup, right: Markup) {
        left.html += right.html
    }
}

extension [Markup] {
    package func joined(_ separator: Markup = "") -> Markup {
        var result = Markup()
        for (index, part) in enumerated() {
            if index > 0 { result += separator }
            result += part
        }
        return result
    }
}

/// Text for element content and quoted attributes. Works on bytes: `"` followed by U+0308 is one `Character`, but the
/// quote would still end an attribute. Control characters, which HTML has no way to write, become their pictures (␀, ␛).
package func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "&"): result += "&amp;".utf8
        case UInt8(ascii: "<"): result += "&lt;".utf8
        case UInt8(ascii: ">"): result += "&gt;".utf8
        case UInt8(ascii: "\""): result += "&quot;".utf8
        case UInt8(ascii: "'"): result += "&#39;".utf8
        case 0x09, 0x0A, 0x0D: result.append(UInt8(ascii: " "))
        case 0x00...0x1F: result += [0xE2, 0x90, 0x80 + byte]
        case 0x7F: result += [0xE2, 0x90, 0xA1]
        default: result.append(byte)
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// A whole number with commas between thousands, which both languages of the product read alike.
package func grouped(_ number: Int) -> String { number.grouped }
