/// What came of telling somebody.
package struct Delivery: Sendable, Hashable {
    package enum Way: String, Sendable {
        case webhook
        case folder
        case sendmail
    }

    package let way: Way
    package let isDelivered: Bool
    /// Times it was tried.
    package let tries: Int
    /// `200`, `timeout`: a status or a word, nothing of what was answered.
    package let detail: String

    package init(_ way: Way, isDelivered: Bool, tries: Int, detail: String) {
        (self.way, self.isDelivered, self.tries, self.detail) = (way, isDelivered, tries, detail)
    }
}
