extension PageParts {
    /// Horizontal bars of one scale; the table beside them has the numbers.
    func barChart(_ caption: Markup, _ bars: [(name: String, value: Int)]) -> Markup {
        guard let most = bars.map(\.value).max(), most > 0 else { return "" }
        let rows = bars.map { bar -> Markup in
            """
            <tr>\(rowHead("\(bar.name)"))\(tdNumber("\(bar.value)"))<td class="wide"><svg width="100%" height="10" aria-hidden="true"><rect class="level" width="\(number: Double(bar.value) / Double(most) * 100)%" height="10"/></svg></td></tr>
            """
        }
        return
            "<table class=\"levels bars\"><caption>\(caption)</caption><tbody>\n\(rows.joined("\n"))\n</tbody></table>\n"
    }
}
