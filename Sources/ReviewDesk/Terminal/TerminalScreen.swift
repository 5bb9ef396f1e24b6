package import Pipeline
package import Records
import Reports
import Workspace

/// A pair on a terminal: fields in rows, the two records in columns, as many columns wide as the terminal has.
package struct TerminalScreen: Sendable {
    package var columns: Int
    package var rows: Int
    package var language: Language
    /// Reverse video may be used; without it what differs stands between ‹ and ›.
    package var isStyled: Bool
    /// Without what the machine thinks of the pair.
    package var isBlind = false

    package init(columns: Int, rows: Int, language: Language, isStyled: Bool) {
        self.columns = max(40, columns)
        self.rows = max(12, rows)
        self.language = language
        self.isStyled = isStyled
    }

    /// - Parameters:
    ///   - isFolded: leave out fields that are equal.
    ///   - start: first line of the fields that is shown.
    /// - Returns: exactly `rows` lines.
    package func lines(_ shown: PairCase, message: String, isFolded: Bool, from start: Int = 0) -> [String] {
        let form = Shown(language: language, isRevealed: false)
        let words = { (key: String) in Catalogue.text(key, language) }
        let score =
            Percent.text(shown.explanation.probability) + " · " + words("reason-\(shown.pair.reason.rawValue)") + " · "
        let left =
            "\(words("pair")) \(shown.pair.id) · " + (isBlind ? "" : score) + words("state-\(shown.pair.state.name)")
        let right = "\(words("left")) \(shown.remaining)"
        var lines = [spread(left, right), rule]
        lines.append(
            row("", "", heading(shown.a, form), heading(shown.b, form), words("how")))
        let fields = self.fields(shown, form, isFolded: isFolded)
        let flags = shown.flags.filter { !isBlind || $0.isOfData }.map { "⚠ " + words("flag-\($0.rawValue)") }
        let space = max(1, rows - lines.count - min(flags.count, 2) - 3)
        let first = max(0, min(start, fields.count - space))
        lines += fields[first..<min(fields.count, first + space)]
        let hidden = fields.count - min(fields.count, first + space) + first
        while lines.count < rows - min(flags.count, 2) - 3 { lines.append("") }
        lines += flags.prefix(2).map { clipped($0, columns: columns) }
        lines.append(hidden > 0 ? spread(rule(columns - 10), "↑↓ +\(hidden)") : rule)
        lines.append(clipped(keys, columns: columns))
        lines.append(clipped(form.visible(message), columns: columns))
        return lines
    }

    /// Where there is nothing to decide.
    package func empty(_ message: String) -> [String] {
        var lines = [clipped(Catalogue.text("queue-empty", language), columns: columns), "", message]
        while lines.count < rows - 1 { lines.append("") }
        lines.append(
            clipped("Z \(Catalogue.text("undo", language))  Q \(Catalogue.text("close", language))", columns: columns))
        return lines
    }

    private var keys: String {
        let words = { (key: String) in Catalogue.text(key, language) }
        return "S \(words("answer-same"))  D \(words("answer-different"))  U \(words("answer-unsure"))  "
            + "Z \(words("undo"))  ? \(words("terminal-help"))"
    }

    /// All keys, in as many lines as the screen has.
    package func help(message: String) -> [String] {
        let keys = [
            ("S", "answer-same"), ("D", "answer-different"), ("U", "answer-unsure"), ("R", "terminal-key-why"),
            ("C", "terminal-key-comment"), ("Z", "terminal-key-undo"), ("← →", "terminal-key-move"),
            ("↑ ↓", "terminal-key-scroll"), ("E", "terminal-key-fold"), ("B", "terminal-key-blind"),
            ("Q", "close"),
        ]
        var lines = [clipped(Catalogue.text("terminal-help", language), columns: columns), rule]
        lines += keys.map { clipped(pad($0, 5) + Catalogue.text($1, language), columns: columns) }
        lines = Array(lines.prefix(rows - 2))
        while lines.count < rows - 2 { lines.append("") }
        return lines + [
            clipped(Catalogue.text("terminal-any-key", language), columns: columns), clipped(message, columns: columns),
        ]
    }

    private var rule: String { rule(columns) }

    private func rule(_ width: Int) -> String { String(repeating: "─", count: max(0, width)) }

    private func spread(_ left: String, _ right: String) -> String {
        let left = clipped(left, columns: columns - displayWidth(right) - 1)
        return left + String(repeating: " ", count: max(1, columns - displayWidth(left) - displayWidth(right))) + right
    }

    private func heading(_ record: DeskRecord, _ form: Shown) -> [Shown.Piece] {
        [Shown.Piece(text: form.visible("\(record.key.source) \(maskedRecordID(record.key.recordID))"), differs: false)]
    }

    private func fields(_ shown: PairCase, _ form: Shown, isFolded: Bool) -> [String] {
        let levels = Dictionary(shown.explanation.fields.map { ($0.field, $0.level) }) { first, _ in first }
        return zip(shown.a.cells, shown.b.cells).compactMap { a, b in
            if a.raw.isEmpty, b.raw.isEmpty { return nil }
            let isEqual = a.raw == b.raw
            if isEqual, isFolded { return nil }
            let sign =
                isEqual
                ? "=" : a.value == b.value && !a.value.isEmpty ? "≈" : a.raw.isEmpty || b.raw.isEmpty ? " " : "≠"
            let (left, right) =
                isEqual
                ? (
                    [Shown.Piece(text: form.value(a.raw, a.kind), differs: false)],
                    [Shown.Piece(text: form.value(b.raw, b.kind), differs: false)]
                )
                : form.compared(a.raw, b.raw, a.kind)
            return row(a.field, sign, left, right, levels[a.field].map { LevelWords.title($0, language) } ?? "")
        }
    }

    private func row(
        _ field: String, _ sign: String, _ a: [Shown.Piece], _ b: [Shown.Piece], _ level: String
    ) -> String {
        let (name, how) = (columns / 6, columns / 5)
        let cell = (columns - name - how - 6) / 2
        return pad(clipped(field, columns: name), name) + " " + pad(sign, 1) + " " + value(a, cell) + " "
            + value(b, cell) + " "
            + clipped(level, columns: how)
    }

    /// Where the difference would not be seen any more, what is before it gives way.
    private static func aroundDifference(_ pieces: [Shown.Piece], _ width: Int) -> [Shown.Piece] {
        let whole = pieces.reduce(0) { $0 + displayWidth($1.text) + ($1.differs ? 2 : 0) }
        guard whole > width, pieces.count > 1, let first = pieces.first, !first.differs,
            displayWidth(first.text) > width / 2
        else { return pieces }
        var kept = first.text
        while displayWidth(kept) > width / 2 - 1, !kept.isEmpty { kept.removeFirst() }
        return [Shown.Piece(text: "…" + kept, differs: false)] + pieces.dropFirst()
    }

    /// Pieces in so many columns, what differs marked.
    private func value(_ pieces: [Shown.Piece], _ width: Int) -> String {
        var (line, used) = ("", 0)
        for piece in Self.aroundDifference(pieces, width) {
            let room = width - used - (piece.differs && !isStyled ? 2 : 0)
            guard room > 0 else { break }
            let text = clipped(piece.text, columns: room)
            used += displayWidth(text) + (piece.differs && !isStyled ? 2 : 0)
            line += piece.differs ? isStyled ? "\u{1B}[7m\(text)\u{1B}[27m" : "‹\(text)›" : text
        }
        return line + String(repeating: " ", count: max(0, width - used))
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - displayWidth(text)))
    }
}
