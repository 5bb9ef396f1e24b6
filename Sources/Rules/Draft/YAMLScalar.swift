/// A text as a YAML scalar that reads back as itself.
enum YAMLScalar {
    static func write(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// Plain only where no YAML version sees anything but a text.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"]
        guard let first = text.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else {
            return isPath(text)
        }
        if words.contains(text.lowercased()) || text.hasSuffix(" ") { return false }
        return text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || " _-./0123456789".unicodeScalars.contains($0)
        }
    }

    /// `../inputs/a.csv`, `/export/client`
    private static func isPath(_ text: String) -> Bool {
        guard text.hasPrefix("/") || text.hasPrefix("../") else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "_-./0123456789".unicodeScalars.contains($0)
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                let isPrintable =
                    scalar.value >= 0x20 && scalar.properties.generalCategory != .control
                    && ![0x2028, 0x2029, 0xFEFF].contains(scalar.value)
                if isPrintable {
                    result.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                }
            }
        }
        return result + "\""
    }
}
