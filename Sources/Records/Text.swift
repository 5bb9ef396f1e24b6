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
