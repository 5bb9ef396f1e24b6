/// Rows of cells as lines for a terminal, columns aligned also where Chinese characters are two wide.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ alignments: [Alignment]) {
        self.alignments = alignments
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells.map(\.singleLine))
    }

    /// Indented by two; no blanks at the ends of lines.
    var lines: [String] {
        let widths = alignments.indices.map { column in
            rows.map { column < $0.count ? displayWidth($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() where column < alignments.count {
                let blanks = String(repeating: " ", count: max(0, widths[column] - displayWidth(cell)))
                line += "  " + (alignments[column] == .left ? cell + blanks : blanks + cell)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}

/// A text cut to so many columns of a terminal.
package func clipped(_ text: String, columns: Int) -> String {
    if displayWidth(text) <= columns { return text }
    var cut = text
    while displayWidth(cut) > columns - 1, !cut.isEmpty { cut.removeLast() }
    return cut + "…"
}
