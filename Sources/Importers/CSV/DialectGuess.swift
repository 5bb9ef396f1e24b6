import Records

/// How a CSV file is written: stated in the plan, or found from a bounded sample of its text.
struct DialectGuess {
    let delimiter: UInt8
    /// `nil`: the file has no quotes.
    let quote: UInt8?
    let hasHeader: Bool
    /// Which record of the file the header is, from 0; -1 when there is none. The records before it are no data.
    let headerIndex: Int
    /// Line of the header.
    let headerLine: Int?
    /// The header's cells without blanks around them; the numbers from 1 when there is no header.
    let headers: [String]
    /// What was found from the data.
    let guessed: [String]
    /// A delimiter that fits nearly as well: within 10 %.
    let runnerUp: UInt8?
    /// First rows of data, for previews.
    let rows: [[String]]
    /// Rows of text above the header.
    let titleRows: Int

    static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

    /// `names`: the columns the plan asks for; finding them is the best evidence there is. May be empty.
    init(
        _ text: [UInt8], isWhole: Bool, delimiter stated: String? = nil, quote statedQuote: String? = nil,
        hasHeader statedHeader: Bool? = nil, names: [String] = []
    ) throws {
        var guessed: [String] = []
        let separatorLine = Self.separatorLine(text)
        let quote: UInt8?
        if let statedQuote {
            quote = try Self.quoteByte(statedQuote)
        } else {
            quote = Self.guessQuote(text)
            guessed.append("quote")
        }
        func read(_ delimiter: UInt8) -> [CSVRows.Row] {
            Array(
                CSVRows.read(text, delimiter: delimiter, quote: quote, isWhole: isWhole, limit: 500)
                    .dropFirst(separatorLine == nil ? 0 : 1))
        }
        let best: (delimiter: UInt8, rows: [CSVRows.Row])
        if let byte = try stated.map(Self.delimiterByte) ?? separatorLine {
            best = (byte, read(byte))
            runnerUp = nil
        } else {
            guessed.append("delimiter")
            var ranked: [(byte: UInt8, rows: [CSVRows.Row], score: Double)] = []
            for byte in Self.candidates {
                let rows = read(byte)
                let score = Self.score(rows, names: names)
                let place = ranked.firstIndex { $0.score < score } ?? ranked.count
                ranked.insert((byte, rows, score), at: place)
            }
            best = (ranked[0].byte, ranked[0].rows)
            let isClose = ranked[0].score > 0 && ranked[1].score >= 0.9 * ranked[0].score
            runnerUp = isClose ? ranked[1].byte : nil
        }
        let rows = best.rows
        let header = HeaderGuess(rows.map(\.cells), blank: rows.map(\.isBlank), names: names, stated: statedHeader)
        if statedHeader == nil { guessed.append("header") }
        delimiter = best.delimiter
        self.quote = quote
        self.guessed = guessed.sorted()
        hasHeader = header.index != nil
        let skipped = separatorLine == nil ? 0 : 1
        headerIndex = header.index.map { $0 + skipped } ?? skipped - 1
        headerLine = header.index.map { rows[$0].line }
        titleRows = header.index.map { index in rows[..<index].count { !$0.isBlank } } ?? 0
        let width = rows.lazy.filter { !$0.isBlank }.map(\.cells.count).max() ?? 0
        headers = header.index.map { rows[$0].cells.map(trimmedHeader) } ?? (0..<width).map { String($0 + 1) }
        self.rows = rows.enumerated().filter { $0.offset > (header.index ?? -1) && !$0.element.isBlank }.map(
            \.element.cells)
    }

    /// Rows that have as many cells as the first, more than one; a little in favour of more columns; wanted names decide.
    private static func score(_ rows: [CSVRows.Row], names: [String]) -> Double {
        let rows = rows.filter { !$0.isBlank }
        guard !rows.isEmpty else { return 0 }
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.cells.count, default: 0] += 1 }
        guard let (width, share) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), width > 1 else {
            return 0
        }
        var score = Double(share) / Double(rows.count) * (1 - 1 / (2 * Double(width)))
        if rows[0].cells.count != width { score *= 0.5 }
        guard !names.isEmpty else { return score }
        let found =
            rows.prefix(HeaderGuess.searchDepth).map { row in
                let cells = Set(row.cells.map(trimmedHeader))
                return names.count { cells.contains($0) }
            }.max() ?? 0
        return score * (0.2 + Double(found) / Double(names.count))
    }

    /// The character named by a first line `sep=;`, as spreadsheets write it.
    private static func separatorLine(_ text: [UInt8]) -> UInt8? {
        var line = text.prefix(16).prefix { $0 != 0x0A && $0 != 0x0D }[...]
        if line.count > 2, line.first == 0x22, line.last == 0x22 { line = line.dropFirst().dropLast() }
        guard line.count == 5, line.prefix(4).map({ $0 | 0x20 }).elementsEqual(Array("sep=".utf8).map { $0 | 0x20 })
        else {
            return nil
        }
        return line.last.flatMap { isDelimiter($0) ? $0 : nil }
    }

    /// `"` unless cells begin and end with `'` and there is no `"` at all.
    private static func guessQuote(_ text: [UInt8]) -> UInt8 {
        guard !text.contains(0x22) else { return 0x22 }
        var opening = 0
        var closing = 0
        let edges = Set(candidates + [0x0A, 0x0D])
        for (index, byte) in text.enumerated() where byte == 0x27 {
            if index == 0 || edges.contains(text[index - 1]) { opening += 1 }
            if index + 1 == text.count || edges.contains(text[index + 1]) { closing += 1 }
        }
        return opening >= 3 && opening == closing ? 0x27 : 0x22
    }

    static func delimiterByte(_ text: String) throws -> UInt8 {
        let byte: UInt8? = text == "tab" || text == "\\t" ? 0x09 : text.utf8.count == 1 ? text.utf8.first : nil
        if let byte, isDelimiter(byte) { return byte }
        throw Failure(
            .badInput, code: "E-CSV-001",
            Text(en: "“\(text)” cannot be a delimiter.", zh: "“\(text)”不能作为分隔符。"),
            advice: Text(
                en: "A delimiter is one ASCII character such as , ; | or tab, and no letter, digit or quote.",
                zh: "分隔符须为一个 ASCII 字符，如 , ; | 或 tab，不能是字母、数字或引号。"))
    }

    private static func quoteByte(_ text: String) throws -> UInt8? {
        if text.isEmpty || text == "none" { return nil }
        if let byte = text.utf8.first, text.utf8.count == 1, byte == 0x22 || byte == 0x27 { return byte }
        throw Failure(
            .badInput, code: "E-CSV-001",
            Text(en: "“\(text)” cannot be a quote.", zh: "“\(text)”不能作为引号。"),
            advice: Text(en: "Use \" or ' or none.", zh: "请使用 \"、' 或 none。"))
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x1C...0x1F, 0x20, 0x21, 0x23...0x26, 0x28...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}

/// A header cell without a byte order mark and without blanks of any kind around it.
func trimmedHeader(_ cell: String) -> String {
    let scalars = cell.unicodeScalars
    let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{200B}" }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
}
