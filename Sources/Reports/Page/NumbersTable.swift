import Records

extension PageParts {
    /// A table of the report with all its numbers; `detail` goes under a row, over the whole width.
    func table(_ table: ReportTable, kind: Markup = "", detail: (Int) -> Markup? = { _ in nil }) -> Markup {
        let head = table.columns.map { column -> Markup in
            column.isNumber ? thNumber("\(column.title(language))") : th("\(column.title(language))")
        }
        let headColumn = table.columns.firstIndex { !$0.isNumber } ?? 0
        var rows: [Markup] = []
        var foot = Markup()
        for (index, cells) in table.rows.enumerated() {
            let depth = index < table.depths.count ? table.depths[index] : 0
            let row = cells.enumerated().map { column, cell -> Markup in
                if column == headColumn, !table.columns[column].isNumber {
                    return depth > 0
                        ? "<th scope=\"row\" class=\"deep\(String(depth))\">\(shown(cell))</th>" : rowHead(shown(cell))
                }
                return self.cell(
                    cell, isNumber: table.columns[column].isNumber, column: table.columns[column].title(language))
            }
            if table.hasTotal, index == table.rows.count - 1 {
                foot = "<tfoot><tr>\(row)</tr></tfoot>"
            } else {
                rows.append("<tr>\(row)</tr>")
                if let detail = detail(index) {
                    rows.append("<tr class=\"detail\"><td colspan=\"\(String(cells.count))\">\(detail)</td></tr>")
                }
            }
        }
        let note: Markup = table.note.map { "<p class=\"note\">\($0(language))</p>\n" } ?? ""
        return """
            <div class="scroll" role="region" tabindex="0" aria-label="\(table.title(language))"><table id="t-\(table.id)" class="\(kind)">
            <caption><span>\(table.title(language))</span></caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(rows.joined("\n"))
            </tbody>\(foot)
            </table></div>
            \(note)
            """
    }

    /// The same, folded: the numbers of the chart above it.
    func folded(_ table: ReportTable?) -> Markup {
        guard let table else { return "" }
        return """
            <details><summary>\(table.title(language))\(say(": numbers", "：数值"))</summary>
            \(self.table(table, kind: "groups"))</details>

            """
    }

    /// - Parameter column: its title, which a screen too narrow for columns shows in the cell.
    private func cell(_ cell: ReportCell, isNumber: Bool, column: String) -> Markup {
        var classes = isNumber ? "n" : ""
        var aria: Markup = ""
        let inside: Markup
        switch cell {
        case .rate(let rate):
            inside = rateParts(rate)
            classes = rate.rate.share == nil ? "n none" : "n rate"
        case .withheld:
            inside = "*"
            classes = "n none"
            aria = " aria-label=\"\(say("withheld", "不公布"))\""
        case .none:
            inside = "–"
            classes = isNumber ? "n none" : "none"
        case .count(0):
            inside = "0"
            classes = isNumber ? "n none" : ""
        default: inside = shown(cell)
        }
        let kind: Markup = classes.isEmpty ? "" : " class=\"\(classes)\""
        return "<td\(kind)\(aria) data-column=\"\(column)\">\(inside)</td>"
    }

    /// What stands in a cell, or as the head of its row.
    func shown(_ cell: ReportCell) -> Markup {
        switch cell {
        case .name(let name): "\(data: name)"
        case .code(let text): code(text)
        case .colour(let colour): self.colour(colour)
        case .severity(let severity): self.severity(severity)
        case .stars(let stars):
            "<span class=\"stars\"><span aria-hidden=\"true\">\(ReportCell.stars(stars))</span> <small>\(String(stars))/5</small></span>"
        default: "\(cell.text(language))"
        }
    }

    /// The colour's name, with a mark of its own shape: it reads in black and white too.
    func colour(_ colour: Colour) -> Markup {
        "<span class=\"colour \(colour.rawValue)\">\(ColourWords.text(colour)(language))</span>"
    }

    /// The rate, what it is a rate of, its interval, how long it is as a bar, its colour by name, and what it was before.
    private func rateParts(_ rate: ReportRate) -> Markup {
        guard let share = rate.rate.share else { return "–" }
        let word = rate.colour.map(colour) ?? ""
        let change: Markup = rate.changeText.isEmpty ? "" : "<small class=\"move\">\(rate.changeText)</small>"
        let said = word + change
        let state: Markup = said.html.isEmpty ? "" : "<span class=\"state\">\(said)</span>"
        return """
            <span class="now">\(strip(rate))<b>\(percentText(rate.rate.share))</b></span>\(rate.colour == nil ? meter(share) : "")<small>\(rate.rate.part) / \(rate.rate.whole)</small><small class="ci">\(rate.intervalText)</small>\(state)
            """
    }

    func meter(_ share: Double) -> Markup {
        "<svg width=\"100%\" height=\"4\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" height=\"4\"/><rect class=\"level\" width=\"\(number: share * 100)%\" height=\"4\"/></svg>"
    }
}
