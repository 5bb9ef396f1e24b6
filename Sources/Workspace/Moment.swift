/// As of when words of people count: now, after an event of the past, or as if something more were taken back.
package struct Moment: Sendable, Hashable {
    /// The newest event that is known; `nil`: all there are.
    package var after: Int?
    /// Events that are taken back, as if somebody had just said so.
    package var withdrawing: [Int]

    package init(after: Int? = nil, withdrawing: [Int] = []) {
        self.after = after
        self.withdrawing = withdrawing
    }

    package static let now = Moment()

    /// The newest event that is known, for a comparison.
    var last: Int { after ?? .max }
}
