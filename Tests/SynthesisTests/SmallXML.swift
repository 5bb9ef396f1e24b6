import Testing

/// Reads a root element of flat records, and nothing else; throws where tags do not nest.
enum SmallXML {
    struct Element {
        var attributes: [String: String] = [:]
        var children: [String: String] = [:]
    }

    static func elements(_ text: String) throws -> [Element] {
        var elements: [Element] = []
        var open: [String] = []
        var value = ""
        for piece in text.split(separator: "<", omittingEmptySubsequences: true) {
            let close = try #require(piece.firstIndex(of: ">"))
            let tag = String(piece[..<close])
            let following = String(piece[piece.index(after: close)...])
            if tag.hasPrefix("?") { continue }
            if tag.hasPrefix("/") {
                let last = open.popLast()
                let name = try #require(last)
                try #require(name == tag.dropFirst())
                if open.count == 2 { elements[elements.count - 1].children[name] = unescaped(value) }
            } else {
                let name = String(tag.prefix { $0 != " " && $0 != "/" })
                if tag.hasSuffix("/") {
                    elements[elements.count - 1].children[name] = ""
                } else {
                    open.append(name)
                    if open.count == 2 { elements.append(Element(attributes: attributes(tag))) }
                }
            }
            value = following
        }
        try #require(open.isEmpty)
        return elements
    }

    private static func attributes(_ tag: String) -> [String: String] {
        let parts = tag.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        var attributes: [String: String] = [:]
        for index in stride(from: 0, to: parts.count - 1, by: 2) {
            let name = parts[index].split(separator: " ").last.map { String($0.dropLast()) } ?? ""
            attributes[name] = parts[index + 1]
        }
        return attributes
    }

    private static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) { text, entity in
            text.split(separator: entity.0, omittingEmptySubsequences: false).joined(separator: entity.1)
        }
    }
}
