import Records

extension PageParts {
    /// A rate in the runs before and in this one, as columns: full height is the best of them, and what lies under the worst is
    /// not shown. Beside the rate, which has the number; the last column is outlined.
    func strip(_ rate: ReportRate) -> Markup {
        let shares = rate.earlier.map { $0?.share } + [rate.rate.share]
        let known = shares.compactMap { $0 }
        guard known.count > 1, let low = known.min(), let high = known.max() else { return "" }
        var drawing = Markup()
        for (index, share) in shares.enumerated() {
            guard let share else { continue }
            // Differences under a hundredth are shown as small as they are.
            let height = 3 + 9 * (share - low) / max(high - low, 0.01)
            let isNow = index == shares.count - 1
            drawing +=
                "<rect class=\"\(isNow ? "strip-now" as Markup : "strip")\" x=\"\(number: Double(index) * 7)\" y=\"\(number: 12.5 - height)\" width=\"5\" height=\"\(number: height)\"/>"
        }
        let texts = shares.map { percentText($0) }.joined(separator: ", ")
        return """
            <svg class="past" width="\(number: Double(shares.count) * 7)" height="13" role="img" aria-label="\(say("runs up to this one", "历次运行")): \(texts)"><title>\(texts)</title>\(drawing)</svg>
            """
    }
}
