import Records

extension Page {
    /// What each level of each field weighs, for or against two records being one person.
    func weightBars(_ matching: MatchingFacts) -> Markup {
        let largest = matching.comparisons.flatMap(\.weights).map(\.magnitude).filter(\.isFinite).max() ?? 1
        let fields = matching.comparisons.map { comparison -> Markup in
            let sensitive: Markup =
                facts.sensitiveFeatures.contains { $0.field == comparison.field }
                ? say(" <span class=\"tag\">sensitive</span>", " <span class=\"tag\">敏感</span>") : ""
            let rows = zip(comparison.levels, comparison.weights).reversed().map { level, weight -> Markup in
                let width = weight.isFinite ? min(1, weight.magnitude / max(largest, 0.001)) * 50 : 50
                let left = weight < 0 ? 50 - width : 50
                let side: Markup = weight < 0 ? "against" : "for"
                return """
                    <tr>\(rowHead("\(LevelWords.title(level, language))"))\(tdNumber("\(signedWeight(weight))"))<td class="wide"><svg width="100%" height="10" aria-hidden="true"><rect class="\(side)" x="\(number: left)%" width="\(number: width)%" height="10"/><line class="axis" x1="50%" x2="50%" y1="0" y2="10"/></svg></td></tr>
                    """
            }
            return """
                <table class="levels"><caption>\(fieldName(comparison.field))\(sensitive)</caption><tbody>
                \(rows.joined("\n"))
                </tbody></table>
                """
        }
        return """
            <h3>\(say("What the evidence weighs", "各项证据的权重"))</h3>
            <p class="note">\(say("Bars to the right speak for one person, bars to the left against it. A missing value says nothing.", "向右的条支持“同一人”，向左的条反对；缺失的值不说明任何问题。"))</p>
            <div class="fields">\(fields)</div>
            """
    }
}
