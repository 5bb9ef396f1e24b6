/// Named values of a query or a form, in order; a name may come more than once.
package struct Fields: Sendable, Hashable {
    package private(set) var pairs: [(name: String, value: String)] = []

    package init() {}

    package init(_ pairs: [(String, String)]) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    /// Reads `name=value&…` (application/x-www-form-urlencoded).
    ///
    /// - Returns: `nil` for what is no UTF-8, a broken escape, NUL, or more than 1,000 fields.
    package init?(urlEncoded text: some Sequence<UInt8>) {
        for field in Array(text).split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsBlank: true),
                let value = parts.count < 2 ? "" : PercentEncoding.decode(parts[1], plusIsBlank: true),
                pairs.count < 1_000
            else { return nil }
            pairs.append((name, value))
        }
    }

    /// The first of this name.
    package subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    package var isEmpty: Bool { pairs.isEmpty }

    package mutating func remove(_ name: String) { pairs.removeAll { $0.name == name } }

    package mutating func append(_ name: String, _ value: String) { pairs.append((name, value)) }

    package var urlEncoded: String {
        pairs.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }.joined(separator: "&")
    }

    package static func == (a: Fields, b: Fields) -> Bool { a.urlEncoded == b.urlEncoded }

    package func hash(into hasher: inout Hasher) { hasher.combine(urlEncoded) }
}

/// RFC 3986.
package enum PercentEncoding {
    /// - Returns: `nil` for a broken escape, NUL, or what is no UTF-8.
    package static func decode(_ bytes: some Sequence<UInt8>, plusIsBlank: Bool = false) -> String? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        return decoded.contains(0) ? nil : String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// For one segment of a path, or one name or value of a query.
    package static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": encoded.unicodeScalars.append(scalar)
            default: encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
