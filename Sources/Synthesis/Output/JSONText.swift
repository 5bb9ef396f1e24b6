/// A JSON value whose members keep their order.
indirect enum JSONText {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case list([JSONText])
    case object([(String, JSONText)])

    /// One blank of indent per level, a line feed at the end.
    var text: String {
        var out = ""
        write(to: &out, indent: 1)
        return out + "\n"
    }

    private func write(to out: inout String, indent: Int) {
        switch self {
        case .string(let text): Self.write(text, to: &out)
        case .integer(let value): out += "\(value)"
        case .number(let value): out += "\(value)"
        case .boolean(let value): out += value ? "true" : "false"
        case .list(let values):
            Self.block("[", "]", values, to: &out, indent) { value, out in
                value.write(to: &out, indent: indent + 1)
            }
        case .object(let members):
            Self.block("{", "}", members, to: &out, indent) { member, out in
                Self.write(member.0, to: &out)
                out += ": "
                member.1.write(to: &out, indent: indent + 1)
            }
        }
    }

    private static func block<Item>(
        _ open: String, _ close: String, _ items: [Item], to out: inout String, _ indent: Int,
        _ write: (Item, inout String) -> Void
    ) {
        out += open
        for (index, item) in items.enumerated() {
            out += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent)
            write(item, &out)
        }
        if !items.isEmpty { out += "\n" + String(repeating: " ", count: indent - 1) }
        out += close
    }

    private static func write(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\u{0}"..<"\u{20}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
