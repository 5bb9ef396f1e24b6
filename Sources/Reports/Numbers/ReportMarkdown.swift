package import Records

/// A report as Markdown: headings, sentences, pipe tables (GitHub Flavored Markdown, section 4.10).
package enum ReportMarkdown {
    package static func text(_ numbers: ReportNumbers, _ language: Language) -> String {
        var lines = ["# " + escaped(numbers.title), "", numbers.kind(language) + "  ", escaped(numbers.purpose), ""]
        for item in numbers.origin {
            lines.append("- \(item.title(language)): \(cell(item.value, language))")
        }
        lines.append("")
        for section in numbers.sections {
            lines += ["## " + section.title(language), ""]
            if let lead = section.lead { lines += [escaped(lead(language)), ""] }
            for table in section.tables { lines += self.table(table, language) + [""] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(_ table: ReportTable, _ language: Language) -> [String] {
        func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        var lines = [
            "### " + escaped(table.title(language)), "", row(table.columns.map { escaped($0.title(language)) }),
            row(table.columns.map { $0.isNumber ? "---:" : "---" }),
        ]
        for (index, cells) in table.rows.enumerated() {
            var texts = cells.map { cell($0, language) }
            let depth = index < table.depths.count ? table.depths[index] : 0
            if depth > 0, let first = texts.first {
                texts[0] = String(repeating: "\u{2003}", count: depth) + first
            }
            lines.append(row(texts))
        }
        if let note = table.note { lines += ["", escaped(note(language))] }
        return lines
    }

    private static func cell(_ cell: ReportCell, _ language: Language) -> String {
        if case .code(let text) = cell { return code(text) }
        return escaped(cell.text(language))
    }

    /// In as many backticks as it takes; in a table a bar has to be escaped even there.
    private static func code(_ text: String) -> String {
        let safe = text.singleLine.replacing("|", with: "\\|")
        let fence = safe.contains("`") ? "``" : "`"
        return safe.isEmpty ? "" : fence + (safe.contains("`") ? " \(safe) " : safe) + fence
    }

    /// Punctuation that Markdown would read, as text; no line breaks. What looks like an element is none.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.singleLine.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~": result.append(contentsOf: ["\\", scalar])
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
