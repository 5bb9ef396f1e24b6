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
