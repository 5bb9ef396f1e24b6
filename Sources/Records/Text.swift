/// A sentence for people in the two languages of the product. Facts go in by interpolation at the place that knows them.
package struct Text: Sendable, Hashable {
    package let en: String
    package let zh: String

    package init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    package func callAsFunction(_ language: Language) -> String {
        switch language {
        case .english: en
        case .chinese: zh
        }
    }
}

/// The languages messages, reports and findings are written in.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"
}
