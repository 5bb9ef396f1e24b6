import Records

/// One number of a series of runs.
struct TrendSeries {
    let title: Text
    /// One per run, the earliest first; `nil` where it is not known.
    let values: [Double?]
    /// Of the newest, as it is written.
    let text: (Double) -> String

    /// Counts, and rates in percent, of a table whose rows are runs.
    static func all(of points: [RunPoint]) -> [TrendSeries] {
        func count(_ title: Text, _ path: KeyPath<RunPoint.Counts, Int>) -> TrendSeries {
            TrendSeries(title: title, values: points.map { Double($0.counts[keyPath: path]) }) { grouped(whole($0)) }
        }
        func perThousand(_ title: Text, _ path: KeyPath<RunPoint.Counts, Int>) -> TrendSeries {
            TrendSeries(
                title: title,
                values: points.map { point in
                    point.counts.records > 0
                        ? Double(point.counts[keyPath: path]) * 1_000 / Double(point.counts.records) : nil
                }
            ) { decimal($0, 1) }
        }
        let counts = [
            count(Text(en: "Records", zh: "记录"), \.records), count(Text(en: "Persons", zh: "人数"), \.persons),
            perThousand(Text(en: "Wrong values per 1,000 records", zh: "每千条记录的错误"), \.errors),
            perThousand(Text(en: "Missing values per 1,000 records", zh: "每千条记录的缺漏"), \.omissions),
            count(Text(en: "Pairs to decide", zh: "待判定记录对"), \.pairsToReview),
        ]
        let rates = (DimensionWords.scorecard + [.soundness]).compactMap { dimension -> TrendSeries? in
            let values = points.map { $0.all?.rate(dimension)?.share }
            guard values.contains(where: { $0 != nil }) else { return nil }
            return TrendSeries(title: DimensionWords.title(dimension), values: values) { percentText($0) }
        }
        return counts + rates
    }
}

extension PageParts {
    /// A small chart for each number, beside each other; the table below them has all their numbers.
    func trendCharts(_ points: [RunPoint]) -> Markup {
        if points.count < 2 { return "" }
        let charts = TrendSeries.all(of: points).map {
            trendChart($0, from: points[0].asOf, to: points[points.count - 1].asOf)
        }
        return "<div class=\"trends\">\(charts)</div>\n"
    }

    private func trendChart(_ series: TrendSeries, from: String, to: String) -> Markup {
        let known = series.values.compactMap { $0 }
        guard let low = known.min(), let high = known.max(), let first = known.first, let last = known.last else {
            return ""
        }
        let count = series.values.count
        let points = series.values.enumerated().map { index, value in
            value.map {
                (
                    x: 0.03 + 0.94 * Double(index) / Double(max(1, count - 1)),
                    y: high > low ? ($0 - low) / (high - low) : 0.5
                )
            }
        }
        let title = series.title(language)
        let told = say(
            "\(title): \(series.text(first)) on \(day(from)), \(series.text(last)) on \(day(to)); lowest \(series.text(low)), highest \(series.text(high))",
            "\(title)：\(day(from)) 为 \(series.text(first))，\(day(to)) 为 \(series.text(last))；最低 \(series.text(low))，最高 \(series.text(high))"
        )
        return """
            <figure class="trend"><figcaption>\(title) <b>\(series.text(last))</b></figcaption>
            <svg width="100%" height="52" role="img" aria-label="\(told)"><line class="grid" x1="0" x2="100%" y1="46" y2="46"/><line class="grid" x1="0" x2="100%" y1="6" y2="6"/>\(LineDrawing(points: points, style: "trend-line").markup(top: 6, base: 46))</svg>
            <p class="ends"><span>\(series.text(first))</span><span>\(say("\(series.text(low)) to \(series.text(high))", "\(series.text(low)) 至 \(series.text(high))"))</span></p></figure>
            """
    }
}
