/// The lines of a YAML text, to find a key's second occurrence, which the parser does not tell.
struct YAMLLines {
    private var lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    var text: String {
        var view = String.UnicodeScalarView()
        for (index, line) in lines.enumerated() {
            if index > 0 { view.append("\n") }
            view.append(contentsOf: line)
        }
        return String(view)
    }

    /// A key that the reader skips: the parser has already spoken of it.
    static func isBlanked(_ key: String) -> Bool {
        key.unicodeScalars.contains { blanks.contains($0.value) }
    }

    /// Private use characters, which no rule book needs.
    private static let blanks: ClosedRange<UInt32> = 0xE000...0xF8FF

    /// Overwrites the next occurrence of a key in the same mapping with a name of its own; gives its place, from 1.
    /// `nil` when it is not found: the mapping is written in an unusual way.
    mutating func blankRepetition(ofKeyAt line: Int, _ column: Int) -> (line: Int, column: Int)? {
        guard lines.indices.contains(line - 1), lines[line - 1].indices.contains(column - 1) else { return nil }
        let first = Array(lines[line - 1][(column - 1)...])
        guard let key = Self.key(first) else { return nil }
        let found = blockRepetition(of: key, line, column) ?? flowRepetition(of: key, line, column)
        guard let found else { return nil }
        let start = found.column - 1
        let used = lines.joined().filter { Self.blanks.contains($0.value) }.count
        let name = Unicode.Scalar(Self.blanks.lowerBound + UInt32(truncatingIfNeeded: used % 6000)) ?? "?"
        // The length stays, so that the places of what follows do.
        let isQuoted = key[0] == "\"" || key[0] == "'"
        for index in key.indices where !isQuoted || (index > 0 && index < key.count - 1) {
            lines[found.line - 1][start + index] = index <= 1 ? name : "_"
        }
        return found
    }

    /// The key as written, quotes included, when a colon follows.
    private static func key(_ text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
        guard let quote = text.first else { return nil }
        if quote == "\"" || quote == "'" {
            guard let end = text.dropFirst().firstIndex(of: quote), end > 1 else { return nil }
            return Array(text[...end])
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let key = text[..<colon].reversed().drop { $0 == " " || $0 == "\t" }
        return key.isEmpty ? nil : Array(key.reversed())
    }

    private func blockRepetition(of key: [Unicode.Scalar], _ line: Int, _ column: Int) -> (line: Int, column: Int)? {
        for index in lines.indices.dropFirst(line) {
            let text = lines[index]
            let indent = text.prefix { $0 == " " }.count
            if indent == text.count || text[indent] == "#" || indent >= column { continue }
            if indent < column - 1 { return nil }
            if Self.key(Array(text[indent...])) == key { return (index + 1, column) }
        }
        return nil
    }

    private func flowRepetition(of key: [Unicode.Scalar], _ line: Int, _ column: Int) -> (line: Int, column: Int)? {
        let text = lines[line - 1]
        var start = column - 1 + key.count
        while start + key.count < text.count {
            let before = text[start - 1]
            if before == " " || before == "," || before == "{",
                Array(text[start..<start + key.count]) == key, Self.key(Array(text[start...])) == key
            {
                return (line, start + 1)
            }
            start += 1
        }
        return nil
    }
}
