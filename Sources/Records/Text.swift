/// A sentence for people in the two languages of the product. Facts go in by interpolation at the place that knows them.
package struct Text: Sendable, Hashable, Codable {
    package let en: String
    package let zh: String

    package init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    /// Both languages of what can be told in one.
    package init(_ tell: (Language) -> String) {
        self.init(en: tell(.english), zh: tell(.chinese))
    }

    package func callAsFunction(_ language: Language) -> String {
        switch language {
        case .english: en
        case .chinese: zh
        }
    }
}

/// The languages messages, reports and findings are written in.
package enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case chinese = "zh"

    /// A sentence in this language; the other one is not made.
    package func callAsFunction(en: @autoclosure () -> String, zh: @autoclosure () -> String) -> String {
        switch self {
        case .english: en()
        case .chinese: zh()
        }
    }
}

extension Int {
    /// With a comma after every three digits, as both languages write counts.
    package var grouped: String {
        let digits = String(magnitude)
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
