package import Records

extension ReportCell {
    /// As Markdown and plain text have it; the page sets the same numbers apart.
    package func text(_ language: Language) -> String {
        switch self {
        case .words(let text): text(language)
        case .name(let text), .code(let text): text
        case .count(let count): grouped(count)
        case .change(let change): change == 0 ? "0" : signedText(change)
        case .number(let number, let places): decimal(number, places)
        case .share(let share): percentText(share)
        case .rate(let rate):
            percentText(rate.rate.share)
                + language(
                    en: " (\(grouped(rate.rate.part)) / \(grouped(rate.rate.whole)); \(rate.intervalText))",
                    zh: "（\(grouped(rate.rate.part)) / \(grouped(rate.rate.whole))；\(rate.intervalText)）")
                + (rate.colour.map { " " + ColourWords.text($0)(language) } ?? "")
                + (rate.changeText.isEmpty ? "" : " " + rate.changeText)
        case .colour(let colour): ColourWords.text(colour)(language)
        case .severity(let severity): SeverityWords.text(severity)(language)
        case .stars(let stars): Self.stars(stars) + " \(stars)/5"
        case .withheld: "*"
        case .none: "–"
        }
    }

    static func stars(_ count: Int) -> String {
        String(repeating: "★", count: count) + String(repeating: "☆", count: max(0, 5 - count))
    }
}

/// Colours by name, with a sign of their own shape: they read in black and white too.
enum ColourWords {
    static func text(_ colour: Colour) -> Text {
        switch colour {
        case .green: Text(en: "green", zh: "绿")
        case .blue: Text(en: "blue", zh: "蓝")
        case .yellow: Text(en: "yellow", zh: "黄")
        case .red: Text(en: "red", zh: "红")
        }
    }
}
